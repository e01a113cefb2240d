import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import type { PublishedFile } from '../publisher.ts';

/** A rate of a tariff line under one privilege, for a period. */
export interface DutyRecord {
  readonly code: string;
  /** `000` is the general rate, `WTO` that for members of the World Trade Organization. */
  readonly privilege: string;
  /** A decimal of per cent. */
  readonly percent: string;
  /** A decimal of baht for one unit. */
  readonly amount: string;
  /** `KGM`, `LTR`, `NMB`; empty for a percentage. */
  readonly unit: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate | undefined;
  /** Whether the record names a quota, an annex or another condition. */
  readonly isConditional: boolean;
}

/** Annex of a notification, quota, condition, to be verified. */
const CONDITIONS = ['ท้ายประกาศ', 'โควตา', 'เงื่อนไข', 'ต้องตรวจสอบ'];

/**
 * The records of a file `REFDRT`. Columns, from 0: 4 to 11 the code of eight digits, 17 to 19 the privilege, 21 to 38
 * the percentage, 39 to 56 the amount, 57 to 59 its unit; the first and the last day are two dates of eight digits,
 * the last pair of the line, and 99999999 is no last day.
 */
export function dutyRecords(file: PublishedFile): DutyRecord[] {
  const problems: string[] = [];
  const records = textLines(file).flatMap((line, index) => {
    const code = line.slice(4, 12);
    const [percent, amount] = [decimal(line.slice(21, 39)), decimal(line.slice(39, 57))];
    const [, from = '', to = ''] = [...line.matchAll(/(20\d{6})(20\d{6}|99999999)/g)].at(-1) ?? [];
    if (!/^\d{8}$/.test(code) || percent === undefined || amount === undefined || from === '') {
      problems.push(`${file.name}:${index + 1}: no record of a rate`);
      return [];
    }
    const [privilege, unit] = [line.slice(17, 20).trim(), line.slice(57, 60).trim()];
    const isConditional = CONDITIONS.some((word) => line.includes(word));
    return [{ code, privilege, percent, amount, unit, isConditional, from: day(from), to: lastDay(to) }];
  });
  if (problems.length > 0) throw new BadFile(problems.slice(0, 20).join('\n'));
  return records;
}

/** The English description of each line of a file `REFTRC`: columns 4 to 11 the code, 3012 to 6011 the text. */
export function tariffTexts(file: PublishedFile): (readonly [string, string])[] {
  return textLines(file).flatMap((line) => {
    const code = line.slice(4, 12);
    return /^\d{8}$/.test(code) ? [[code, line.slice(3012, 6012).trim().replace(/\s+/g, ' ')] as const] : [];
  });
}

/** One byte of the Thai code page is one column. */
const textLines = ({ bytes }: PublishedFile): string[] =>
  new TextDecoder('windows-874')
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line.trim().length > 30);

/** The decimal of a column, or zero if the column is empty; undefined if it is something else. */
function decimal(column: string): string | undefined {
  const text = column.trim();
  if (text === '') return '0';
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? text : undefined;
}

const day = (digits: string): CalendarDate =>
  `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;

const lastDay = (digits: string) => (digits === '99999999' ? undefined : day(digits));
