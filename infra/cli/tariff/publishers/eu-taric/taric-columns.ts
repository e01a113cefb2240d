import { isCalendarDate } from '../../../../../shared/kernel/time.ts';

/** The columns of the workbook *Duties Import* of the Commission. */
export const taricColumns = {
  code: ['Goods code'],
  additional: ['Add code', 'Add code.'],
  order: ['Order No.', 'Order No'],
  from: ['Start date'],
  to: ['End date'],
  origin: ['Origin'],
  type: ['Measure type'],
  law: ['Legal base'],
  duty: ['Duty'],
  area: ['Origin code'],
  typeCode: ['Meas. type code', 'Meas type code'],
} as const;

/** The area of all countries of origin. */
export const ERGA_OMNES = '1011';

/** The agreement for each country whose tariff preference belongs to a named agreement of the rules. */
export const taricAgreements: Readonly<Record<string, string>> = {
  CH: 'eu-ch-fta',
  GB: 'eu-gb-tca',
  JP: 'eu-jp-epa',
  KR: 'eu-kr-fta',
};

/** A day in the form of the workbook or of its CSV. Empty if it is missing; undefined if it is not a day. */
export function taricDay(cell: string): string | undefined {
  if (cell === '') return '';
  const [, day, month, year] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(cell) ?? [];
  const text = /^\d{5}$/.test(cell)
    ? // Workbooks count the days since 30 December 1899.
      new Date(Date.UTC(1899, 11, 30 + Number(cell))).toISOString().slice(0, 10)
    : year === undefined
      ? cell.slice(0, 10)
      : `${year}-${month}-${day}`;
  return isCalendarDate(text) ? text : undefined;
}
