import type { PublishedRate, ScheduleHeader } from '../../../../../shared/duties/schedules/schedule.ts';
import { readTable, type TableRow } from '../../../files/read-table.ts';
import { isUnreadable } from '../../rates/express-rate.ts';
import { goodsUnder } from '../goods-under.ts';
import type { Publisher, ReadLines } from '../publisher.ts';
import { readSouthAfricanRate } from './south-african-rate.ts';

/** The columns of the schedule in their order, with the names of its heading and shorter ones. */
const COLUMNS = {
  code: ['code', 'Heading / Subheading'],
  description: ['description', 'Article Description'],
  general: ['general', 'General'],
  europe: ['eu_uk', 'EU / UK'],
  efta: ['efta', 'EFTA'],
  sadc: ['sadc', 'SADC'],
  mercosur: ['mercosur', 'MERCOSUR'],
} as const;

type Column = keyof typeof COLUMNS;

const AGREEMENTS: NonNullable<ScheduleHeader['agreements']> = {
  'eu-sadc-epa': {
    agreement: 'eu-sadc-epa',
    origins: [
      'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV',
      'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
    ], // biome-ignore format: a list of countries
  },
  'gb-sacum-epa': { agreement: 'gb-sacum-epa', origins: ['GB'] },
  'efta-sacu-fta': { agreement: 'efta-sacu-fta', origins: ['CH', 'IS', 'LI', 'NO'] },
  'sadc-trade-protocol': {
    agreement: 'sadc-trade-protocol',
    origins: ['MG', 'MU', 'MW', 'MZ', 'SC', 'TZ', 'ZM', 'ZW'],
  },
  'mercosur-sacu-pta': { agreement: 'mercosur-sacu-pta', origins: ['AR', 'BR', 'PY', 'UY'] },
};

const PREFERENCE_COLUMNS: Readonly<Record<string, Column>> = {
  'eu-sadc-epa': 'europe',
  'gb-sacum-epa': 'europe',
  'efta-sacu-fta': 'efta',
  'sadc-trade-protocol': 'sadc',
  'mercosur-sacu-pta': 'mercosur',
};

/**
 * Schedule 1 Part 1 of the Customs and Excise Act of South Africa (ordinary customs duty), which SARS publishes as a
 * document of pages; its table as a CSV file with the columns of the document. Excise is in other parts of the
 * schedule.
 */
export const zaSars: Publisher = {
  name: 'za-sars',
  tariff: 'za',
  title: 'South African Revenue Service, Schedule 1 Part 1: the table of the document (CSV)',
  header: {
    hs: 'HS2022',
    law: 'Customs and Excise Act 91 of 1964 Sch. 1 Part 1, ordinary customs duty, general rate',
    provenance: 'published',
    confidence: 'high',
    agreements: AGREEMENTS,
  },
  read: (files) => {
    const rows = files.flatMap(({ name, bytes }) =>
      readTable<Column>({ name, text: new TextDecoder().decode(bytes) }, COLUMNS),
    );
    return southAfricanLines(rows);
  },
};

/** A row without a general rate is a heading of the rows after it. */
function southAfricanLines(rows: readonly TableRow<Column>[]): ReadLines {
  const goods = goodsUnder(rows.map(({ cells }) => ({ code: digits(cells.code), text: cells.description })));
  const read = rows.flatMap(({ cells }, at) => {
    if (cells.general === '') return [];
    const code = digits(cells.code);
    const rate = readSouthAfricanRate(cells.general);
    const line = {
      code,
      goods: goods[at] ?? cells.description,
      text: cells.general,
      rate: isUnreadable(rate) ? undefined : rate,
      preferences: preferencesOf(cells),
    };
    return [
      { line, unparsed: isUnreadable(rate) ? [{ code, text: cells.general, reason: rate.unreadable }] : [] },
    ];
  });
  return {
    lines: read.map(({ line }) => line),
    unparsed: read.flatMap(({ unparsed }) => unparsed),
    read: rows.length,
  };
}

/** The rates of agreements that differ from the general rate and can be computed. */
function preferencesOf(cells: TableRow<Column>['cells']): Record<string, PublishedRate> {
  const found = Object.entries(PREFERENCE_COLUMNS).flatMap(([key, column]): [string, PublishedRate][] => {
    const text = cells[column];
    if (text === '' || text === cells.general) return [];
    const rate = readSouthAfricanRate(text);
    return isUnreadable(rate) ? [] : [[key, { text, rate }]];
  });
  return Object.fromEntries(found);
}

const digits = (code: string): string => code.replace(/\D/g, '');
