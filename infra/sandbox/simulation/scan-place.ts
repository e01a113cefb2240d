import type { ScanKind } from './course.ts';

/** A place where a parcel is picked up, scanned or delivered. */
export interface Place {
  readonly city: string;
  readonly region?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
  /** ISO 3166 alpha-2. */
  readonly country: string;
}

/** The route of a parcel. */
export interface Route {
  readonly from: Place;
  readonly to: Place;
  /** Whether the parcel crosses a customs border. */
  readonly crossesBorder: boolean;
}

/** The city where parcels usually leave or enter a country, by country. */
const gateways: Record<string, string> = {
  AU: 'Sydney',
  BE: 'Liège',
  BR: 'São Paulo',
  CA: 'Toronto',
  CN: 'Shenzhen',
  DE: 'Frankfurt am Main',
  ES: 'Madrid',
  FR: 'Roissy',
  GB: 'Langley',
  HK: 'Hong Kong',
  IN: 'Mumbai',
  IT: 'Milano',
  JP: 'Tokyo',
  KR: 'Incheon',
  MX: 'Ciudad de México',
  NL: 'Amsterdam',
  PL: 'Warszawa',
  SE: 'Stockholm',
  SG: 'Singapore',
  US: 'Chicago',
};

const placesOf: Readonly<Record<ScanKind, 'origin' | 'exit' | 'entry' | 'destination'>> = {
  accepted: 'origin',
  departed: 'exit',
  exported: 'exit',
  arrived: 'entry',
  imported: 'entry',
  cleared: 'entry',
  held: 'entry',
  lost: 'entry',
  damaged: 'entry',
  'at-depot': 'destination',
  'out-for-delivery': 'destination',
  attempted: 'destination',
  delivered: 'destination',
  refused: 'destination',
  returned: 'origin',
};

/** The place of a scan of this kind. A gateway has only a city and a country. */
export function placeOfScan(kind: ScanKind, { from, to }: Route): Place {
  const stage = placesOf[kind];
  if (stage === 'origin') return from;
  if (stage === 'destination') return to;
  const { city, country } = stage === 'exit' ? from : to;
  return { city: gateways[country] ?? city, country };
}
