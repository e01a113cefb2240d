/** The converted measure types that TARIC and the UK tariff share. */
export const measureTypes: Readonly<
  Record<
    string,
    'third-country-duty' | 'preference' | 'authorised-use' | 'anti-dumping' | 'countervailing' | undefined
  >
> = {
  '103': 'third-country-duty',
  '142': 'preference',
  /** A preference for goods under authorised use: consumers' parcels have no authorisation. */
  '145': 'authorised-use',
  '551': 'anti-dumping',
  '552': 'anti-dumping',
  '553': 'countervailing',
  '554': 'countervailing',
};

/**
 * The digits of a code of ten that say something: its pairs of zeros at the end are taken off, for a measure holds
 * for everything below its code. `least` digits stay.
 */
export function prefixOf(code: string, least: number): string {
  let digits = code;
  while (digits.length > least && digits.endsWith('00')) digits = digits.slice(0, -2);
  return digits;
}

/** Why a preference is left out whose agreement has no name: a proof of origin could not name it either. */
export const unnamedOrigin = 'preferences of an origin that no agreement is named for (see --agreement)';
