import type { PublishedRate, ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import type { TableRow } from '../../../files/read-table.ts';
import { plain, unreadable } from '../../rates/express-rate.ts';
import { readTableFile } from '../../read-table-file.ts';
import type { Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { withSmallKeys } from '../small-keys.ts';
import { KOREAN_AGREEMENTS } from './korean-agreements.ts';

const COLUMNS = {
  code: ['품목번호', 'hs'],
  kind: ['관세율구분'],
  rate: ['관세율'],
  perUnit: ['단위당세액'],
  use: ['용도세율구분'],
  from: ['적용개시일'],
  to: ['적용만료일'],
} as const;

type Column = keyof typeof COLUMNS;
type Row = TableRow<Column>['cells'];

/** The basic rate and the rate of the WTO schedule. */
const BASIC = 'A';
const WTO = 'C';
const OTHER_RATES = 'a rate by quota or an adjusted one stands beside the basic rate';

/**
 * The tariff by code of the Korea Customs Service (관세청 품목번호별 관세율표, data.go.kr 15051179), a workbook or a CSV
 * file with one row for each code and kind of rate. The rate for goods of the members of the WTO is the lower of the
 * basic rate (A) and that of the WTO schedule (C). Rates for a declared use are not read.
 */
export const krKcs: Publisher = {
  name: 'kr-kcs',
  tariff: 'kr',
  title:
    'Korea Customs Service, tariff by code (관세청 품목번호별 관세율표, data.go.kr 15051179), XLSX or CSV',
  header: {
    hs: 'HS2022',
    law: 'Customs Act of Korea, Annex (customs tariff), Art. 50: the lower of the basic rate and that of the WTO schedule',
    provenance: 'published',
    confidence: 'high',
    agreements: withSmallKeys(KOREAN_AGREEMENTS),
  },
  read: (files, on) =>
    koreanLines(
      files.flatMap((file) => readTableFile<Column>(file, COLUMNS)),
      on,
    ),
};

function koreanLines(rows: readonly TableRow<Column>[], on: CalendarDate): ReadLines {
  const day = on.replaceAll('-', '');
  const held = rows
    .map(({ cells }) => cells)
    .filter((row) => row.use === '' && row.from <= day && day <= row.to);
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  for (const [code, own] of Map.groupBy(held, (row) => row.code.replace(/\D/g, '').padStart(10, '0'))) {
    const { text, rate, reason } = appliedRate(own);
    if (reason !== undefined) unparsed.push({ code, text, reason });
    lines.push({ code, goods: code, text, rate, preferences: preferencesOf(own) });
  }
  return { lines, unparsed, read: rows.length };
}

function appliedRate(rows: readonly Row[]): PublishedRate & { readonly reason?: string } {
  const basic = rows.find(({ kind }) => kind === BASIC);
  const wto = rows.find(({ kind }) => kind === WTO);
  if (basic === undefined) return { text: textOf(rows[0]), rate: undefined, reason: unreadable.elsewhere };
  // Kinds of one letter are rates of the Act itself: quotas (P), adjusted duties (R) and others.
  const isAlone = rows.every(({ kind }) => [BASIC, WTO].includes(kind) || !/^[BPQRW]\d?$/.test(kind));
  if (!isAlone) return { text: textOf(basic), rate: undefined, reason: OTHER_RATES };
  const lower = wto !== undefined && Number(wto.rate) < Number(basic.rate) ? wto : basic;
  const rate = percentOf(lower);
  return rate === undefined
    ? { text: textOf(lower), rate, reason: unreadable.unit }
    : { text: textOf(lower), rate };
}

/** The rate in per cent; undefined where an amount for each unit is due. */
const percentOf = ({ rate, perUnit }: Row): string | undefined =>
  /^0*$/.test(perUnit) && /^\d+(\.\d+)?$/.test(rate) ? plain(rate) : undefined;

const textOf = (row: Row | undefined): string => (row === undefined ? '-' : `${row.kind} ${row.rate}%`);

function preferencesOf(rows: readonly Row[]): Record<string, PublishedRate> {
  const found = rows.flatMap((row): [string, PublishedRate][] => {
    const rate = KOREAN_AGREEMENTS[row.kind] === undefined ? undefined : percentOf(row);
    return rate === undefined ? [] : [[row.kind.toLowerCase(), { text: textOf(row), rate }]];
  });
  return Object.fromEntries(found);
}
