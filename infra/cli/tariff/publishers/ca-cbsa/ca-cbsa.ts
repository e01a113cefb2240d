import type { PublishedRate, ScheduleHeader } from '../../../../../shared/duties/schedules/schedule.ts';
import { readTable, type TableRow } from '../../../files/read-table.ts';
import { fileText } from '../../file-text.ts';
import { isUnreadable } from '../../rates/express-rate.ts';
import { goodsText } from '../goods-text.ts';
import type { PublishedFile, Publisher, ReadLines } from '../publisher.ts';
import { withSmallKeys } from '../small-keys.ts';
import { readCanadianRate, readTreatments, type TreatmentRate } from './canadian-rate.ts';

const COLUMNS = {
  item: ['Tariff Item', 'tariff_item'],
  description: ['Description of Goods', 'description'],
  mfn: ['MFN Tariff', 'mfn_tariff'],
  preferential: ['Applicable Preferential Tariffs', 'preferential_tariffs'],
} as const;

type Column = keyof typeof COLUMNS;

/** The columns of the table of tariff items (TPHS) in the database that the agency publishes beside the pages. */
const DATABASE_COLUMNS = { item: ['TARIFF'], description: ['DESC1'], mfn: ['MFN'] } as const;

type Agreements = NonNullable<ScheduleHeader['agreements']>;

const of = (agreement: string, ...origins: Agreements[string]['origins']): Agreements[string] => ({
  agreement,
  origins,
});

/** The agreements by tariff treatment. Treatments of developing countries are not among them. */
const TREATMENTS: Agreements = {
  UST: of('usmca', 'US'),
  MXT: of('usmca', 'MX'),
  CIAT: of('ca-il-fta', 'IL'),
  CT: of('ca-cl-fta', 'CL'),
  CRT: of('ca-cr-fta', 'CR'),
  IT: of('ca-efta-fta', 'IS'),
  NT: of('ca-efta-fta', 'NO'),
  SLT: of('ca-efta-fta', 'CH', 'LI'),
  PT: of('ca-pe-fta', 'PE'),
  COLT: of('ca-co-fta', 'CO'),
  JT: of('ca-jo-fta', 'JO'),
  PAT: of('ca-pa-fta', 'PA'),
  HNT: of('ca-hn-fta', 'HN'),
  KRT: of('ca-kr-fta', 'KR'),
  UAT: of('ca-ua-fta', 'UA'),
  UKT: of('ca-gb-tca', 'GB'),
  CPUKT: of('cptpp', 'GB'),
  CPTPT: of('cptpp', 'AU', 'BN', 'CL', 'JP', 'MX', 'MY', 'NZ', 'PE', 'SG', 'VN'),
  CEUT: of(
    'ceta',
    'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV',
    'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
  ), // biome-ignore format: a list of countries
};

/**
 * The Customs Tariff of Canada as the Canada Border Services Agency publishes it: the pages of its chapters
 * (`https://www.cbsa-asfc.gc.ca/trade-commerce/tariff-tarif/2026/html/02/ch61-eng.html`), or a table (CSV) with their
 * columns, or the table of tariff items of its database. Lines have eight digits; the statistical suffixes below them
 * have the same rate.
 */
export const caCbsa: Publisher = {
  name: 'ca-cbsa',
  tariff: 'ca',
  title:
    'Canada Border Services Agency, Customs Tariff: pages of chapters (HTML), or a table of their cells (CSV)',
  header: {
    hs: 'HS2022',
    law: 'Customs Tariff (S.C. 1997, c. 36) Schedule, most-favoured-nation tariff',
    provenance: 'published',
    confidence: 'high',
    agreements: withSmallKeys(TREATMENTS),
  },
  read: (files) => canadianLines(files.flatMap(rowsOf)),
};

interface Row extends Pick<TableRow<Column>['cells'], 'item' | 'description' | 'mfn'> {
  readonly treatments: readonly TreatmentRate[];
}

function rowsOf(file: PublishedFile): Row[] {
  const text = fileText(file);
  if (/<table/i.test(text)) return pageRows(text);
  if (/^\W*TARIFF\W/.test(text)) return databaseRows({ name: file.name, text });
  return readTable<Column>({ name: file.name, text }, COLUMNS).map(({ cells }) => ({
    ...cells,
    treatments: readTreatments(cells.preferential),
  }));
}

function pageRows(html: string): Row[] {
  return [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/gi)].flatMap(([, row = '']) => {
    const cells = [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/gi)].map(([, cell = '']) => textOf(cell));
    const [item = '', , description = '', , mfn = '', preferential = ''] = cells;
    return cells.length === PAGE_CELLS
      ? [{ item, description, mfn, treatments: readTreatments(preferential) }]
      : [];
  });
}

function databaseRows(file: { readonly name: string; readonly text: string }): Row[] {
  const treatments = Object.keys(TREATMENTS).filter((name) => new RegExp(`\\b${name}\\b`).test(file.text));
  const columns = { ...DATABASE_COLUMNS, ...Object.fromEntries(treatments.map((name) => [name, [name]])) };
  return readTable<string>(file, columns).map(({ cells }) => ({
    item: cells.item ?? '',
    description: cells.description ?? '',
    mfn: cells.mfn ?? '',
    treatments: treatments.map((treatment) => ({ treatment, text: cells[treatment] ?? '' })),
  }));
}

/** Tariff item, statistical suffix, description, unit, MFN tariff, preferential tariffs. */
const PAGE_CELLS = 6;

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\u00A0/g, ' ')
    .replace(/&cent;/g, '¢')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

function canadianLines(rows: readonly Row[]): ReadLines {
  const lines = new Map<string, ReadLines['lines'][number]>();
  const unparsed: ReadLines['unparsed'][number][] = [];
  for (const { item, description, mfn, treatments } of rows) {
    const code = item.replace(/\D/g, '');
    if (code.length !== ITEM_DIGITS || mfn === '' || lines.has(code)) continue;
    const rate = readCanadianRate(mfn);
    if (isUnreadable(rate)) unparsed.push({ code, text: mfn, reason: rate.unreadable });
    lines.set(code, {
      code,
      goods: goodsText(description.split(/ - |: - /).map((part) => part.replace(/^[-\s]+/, '').trim())),
      text: mfn,
      rate: isUnreadable(rate) ? undefined : rate,
      preferences: preferencesOf(treatments),
    });
  }
  return { lines: [...lines.values()], unparsed, read: rows.length };
}

const ITEM_DIGITS = 8;

function preferencesOf(treatments: readonly TreatmentRate[]): Record<string, PublishedRate> {
  const found = treatments.flatMap(({ treatment, text }): [string, PublishedRate][] => {
    const rate = TREATMENTS[treatment] === undefined ? undefined : readCanadianRate(text);
    return rate === undefined || isUnreadable(rate) ? [] : [[treatment.toLowerCase(), { text, rate }]];
  });
  return Object.fromEntries(found);
}
