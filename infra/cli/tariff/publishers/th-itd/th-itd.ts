import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { BadFile } from '../../../terminal/bad-file.ts';
import {
  expressRate,
  isUnreadable,
  minorOf,
  plain,
  type Term,
  type Unreadable,
} from '../../rates/express-rate.ts';
import { goodsText } from '../goods-text.ts';
import type { PublishedFile, Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { type DutyRecord, dutyRecords, tariffTexts } from './itd-records.ts';

/** The privileges of the rates that every member of the World Trade Organization has: the general one, and WTO. */
const GENERAL = '000';
const WTO = 'WTO';

/**
 * The tariff of the Thai Customs Department, as its Integrated Tariff Database gives it: the rates (`REFDRT`) and the
 * descriptions (`REFTRC`), text of fixed width in the Thai code page. The rate of a line is the lower of the general
 * rate and the rate for members of the World Trade Organization, both without conditions.
 */
export const thItd: Publisher = {
  name: 'th-itd',
  tariff: 'th',
  title:
    'Thai Customs Department, Integrated Tariff Database: REFDRT (rates), with REFTRC for the descriptions ' +
    '(http://itd.customs.go.th)',
  header: {
    hs: 'HS2022',
    law: 'Customs Tariff Decree B.E. 2530 with its notifications: the lower of the general rate and that of WTO',
    provenance: 'published',
    confidence: 'medium',
  },
  read(files, on) {
    const records = files.filter(isOfRates).flatMap((file) => dutyRecords(file));
    if (records.length === 0) throw new BadFile(`${files[0]?.name}: no file of rates: its name has "REFDRT"`);
    const texts = new Map(files.filter((file) => !isOfRates(file)).flatMap((file) => tariffTexts(file)));
    return linesOf(records, texts, on);
  },
};

const isOfRates = ({ name }: PublishedFile) => /REFDRT/i.test(name);

function linesOf(
  records: readonly DutyRecord[],
  texts: ReadonlyMap<string, string>,
  on: CalendarDate,
): ReadLines {
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  const meant = records.filter(
    ({ privilege, from, to }) =>
      (privilege === GENERAL || privilege === WTO) && from <= on && (to === undefined || on <= to),
  );
  for (const [code, own] of Map.groupBy(meant, (record) => record.code)) {
    const general = own.filter(({ privilege }) => privilege === GENERAL);
    // A rate for members with a condition is that of a quota: without the quota the general rate is due.
    const wto = own.filter(({ privilege, isConditional }) => privilege === WTO && !isConditional);
    const used = [...general, ...wto];
    if (used.length === 0) continue;
    const text = [...new Set(used.map(textOf))].join(' / ');
    const rate = rateOf(general, wto);
    if (isUnreadable(rate)) unparsed.push({ code, text, reason: rate.unreadable });
    lines.push({
      code,
      goods: goodsText([texts.get(code) ?? `Tariff line ${code}`]),
      text,
      rate: isUnreadable(rate) ? undefined : rate,
    });
  }
  return { lines, unparsed, read: records.length };
}

const reasons = {
  parts: 'rates for parts of the line',
  condition: 'a general rate with a condition',
  both: 'a percentage and an amount, and the file does not say which is due',
  unit: 'an amount by a unit that a product does not state',
  incomparable: 'a general rate and one of WTO of which neither is always the lower',
} as const;

type Read = ReturnType<typeof expressRate>;

function rateOf(general: readonly DutyRecord[], wto: readonly DutyRecord[]): Read {
  if (general.some(({ isConditional }) => isConditional)) return { unreadable: reasons.condition };
  const rates = [general, wto].flatMap((group) => (group.length === 0 ? [] : [oneRateOf(group)]));
  const refused = rates.find(isUnreadable);
  if (refused !== undefined) return refused;
  const [first, second] = rates;
  if (first === undefined) return { unreadable: reasons.parts };
  if (second === undefined || JSON.stringify(first) === JSON.stringify(second)) return first;
  if (first === '0' || second === '0') return '0';
  if (typeof first !== 'string' || typeof second !== 'string') return { unreadable: reasons.incomparable };
  return Number(first) <= Number(second) ? first : second;
}

/** The rate of records that all have the same one. */
function oneRateOf(records: readonly DutyRecord[]): Read {
  const texts = new Set(records.map(textOf));
  const [record] = records;
  if (record === undefined || texts.size > 1) return { unreadable: reasons.parts };
  const term = termOf(record);
  return isUnreadable(term) ? term : expressRate({ own: [term] }, 'THB');
}

const UNITS = { KGM: 'kg', LTR: 'litre', NMB: 'piece', C62: 'piece', MTR: 'metre' } as const;

function termOf({ percent, amount, unit }: DutyRecord): Term | Unreadable {
  if (Number(amount) === 0) return { percent: plain(percent) };
  if (Number(percent) !== 0) return { unreadable: reasons.both };
  const of = UNITS[unit as keyof typeof UNITS];
  if (of === undefined) return { unreadable: reasons.unit };
  return { minor: minorOf(amount, 'THB'), currency: 'THB', per: { of, count: 1 } };
}

const textOf = ({ percent, amount, unit }: DutyRecord) =>
  [
    ...(Number(percent) === 0 && Number(amount) !== 0 ? [] : [`${plain(percent)} %`]),
    ...(Number(amount) === 0 ? [] : [`${plain(amount)} baht/${unit}`]),
  ].join(' and ');
