import { isIsoCountry } from '../../../../shared/kernel/iso-countries.ts';
import { readTable, type TableRow } from '../../files/read-table.ts';
import {
  ERGA_OMNES,
  taricAgreements,
  taricColumns,
  taricDay,
} from '../../tariff/publishers/eu-taric/taric-columns.ts';
import { isUnreadable, unreadable } from '../../tariff/rates/express-rate.ts';
import { measureTypes, prefixOf, unnamedOrigin } from '../../tariff/rates/taric-codes.ts';
import { readDutyExpression } from '../../tariff/rates/taric-duty.ts';
import {
  type Agreement,
  createCounts,
  type ReadOptions,
  type ScheduleFormat,
  type ScheduleItem,
  type Unconverted,
} from './schedule.ts';

/** The agreement for each country whose tariff preference belongs to a named agreement of the rules. */
const AGREEMENTS: ReadonlyMap<string, Agreement> = new Map(
  Object.entries(taricAgreements).map(([area, code]) => [area, { code }]),
);

type Row = TableRow<keyof typeof taricColumns>;

/**
 * The Commission's extract of TARIC: the workbook *Duties Import*, saved as CSV or tab separated text. It has third
 * country duties, tariff preferences of countries, anti-dumping and countervailing duties.
 */
export const taric: ScheduleFormat = {
  regime: 'eu',
  tariff: 'eu',
  currency: 'EUR',
  title: 'European Union: duties on imports, from an extract of TARIC',
  read(files, options) {
    const left = createCounts();
    const items: ScheduleItem[] = [];
    const codes: string[] = [];
    const unconverted: Unconverted[] = [];
    let read = 0;
    for (const file of files)
      for (const row of readTable(file, taricColumns)) {
        read += 1;
        const outcome = readRow(row, options);
        if (outcome.leftOut !== undefined) left.add(outcome.leftOut);
        if (outcome.item !== undefined) items.push(outcome.item);
        if (outcome.rated !== undefined) codes.push(outcome.rated);
        if (outcome.reason === undefined) continue;
        const { code, origin, type, duty } = row.cells;
        const text = `${type} of ${origin}: ${duty}`;
        unconverted.push({ file: file.name, line: row.line, code, reason: outcome.reason, text });
      }
    const converted = items.filter(({ kind }) => kind !== 'refusal').length;
    return {
      items,
      codes,
      read,
      converted,
      inherited: 0,
      leftOut: left.counts,
      unconverted,
      unconvertedPreferences: [],
    };
  },
};

interface Outcome {
  readonly item?: ScheduleItem;
  readonly leftOut?: string;
  readonly reason?: string;
  /** The code, if the row states its own rate. */
  readonly rated?: string;
}

function readRow({ cells }: Row, options: ReadOptions): Outcome {
  const meant = measureTypes[cells.typeCode];
  if (meant === undefined) return { leftOut: `measure type ${cells.typeCode} (${cells.type})` };
  if (meant === 'authorised-use')
    return { leftOut: `measure type ${cells.typeCode}: needs an authorisation` };
  const number = cells.code.replaceAll(' ', '');
  if (/^\d{9}$/.test(number))
    return { reason: 'the code has nine digits because its first zero was lost: save the column as text' };
  if (!/^\d{10}$/.test(number)) return { reason: 'the code does not have ten digits' };
  const [from, to] = [taricDay(cells.from), taricDay(cells.to)];
  if (from === undefined || from === '' || to === undefined)
    return { reason: 'a day that is not YYYY-MM-DD, DD-MM-YYYY or a day number of the workbook' };
  const code = prefixOf(number, 2);
  const stated = {
    code,
    area: cells.area,
    from,
    ...(to === '' ? {} : { to }),
    law: `TARIC, ${cells.type}, ${cells.law || 'legal base not stated'}, ${options.release}`,
  };
  const known = cells.area === ERGA_OMNES || isIsoCountry(cells.area);
  const origins = isIsoCountry(cells.area) ? { origins: { only: [cells.area] } } : {};
  const rate = readDutyExpression(cells.duty, 'EUR');
  const why =
    cells.additional === ''
      ? isUnreadable(rate)
        ? rate.unreadable
        : undefined
      : 'a duty that depends on an additional code';
  if (meant === 'anti-dumping' || meant === 'countervailing') {
    if (known && why === undefined && !isUnreadable(rate))
      return { item: { ...stated, ...origins, kind: 'additional-duty', duty: meant, rate } };
    const reason = known ? (why ?? unreadable.words) : groupOf(cells.area);
    return { item: { ...stated, ...origins, kind: 'refusal', why: `${meant}: ${reason}` }, reason };
  }
  if (meant === 'third-country-duty') {
    const reason = known ? why : groupOf(cells.area);
    if (reason !== undefined || isUnreadable(rate))
      return { reason: reason ?? unreadable.words, rated: code };
    const goods = `TARIC ${code.replace(/(.{4})(.{2})?(.{2})?(.{2})?/, '$1 $2 $3 $4').trim()}`;
    return { item: { ...stated, ...origins, kind: 'tariff-line', goods, rate }, rated: code };
  }
  if (cells.order !== '') return { leftOut: 'preferences under a quota' };
  const agreement = options.agreements.get(cells.area) ?? AGREEMENTS.get(cells.area);
  if (agreement === undefined) return { leftOut: unnamedOrigin };
  const members = agreement.origins ?? (isIsoCountry(cells.area) ? [cells.area] : undefined);
  const reason = members === undefined ? groupOf(cells.area) : why;
  if (members === undefined || reason !== undefined || isUnreadable(rate))
    return { reason: reason ?? unreadable.words };
  return {
    item: { ...stated, kind: 'preference', agreement: agreement.code, origins: { only: members }, rate },
  };
}

const groupOf = (area: string) => `origin ${area} is a group whose members are not stated`;
