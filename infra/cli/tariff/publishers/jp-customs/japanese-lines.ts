import type { PublishedRate, ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import { isUnreadable, type Unreadable, unreadable } from '../../rates/express-rate.ts';
import { goodsText } from '../goods-text.ts';
import type { ReadLines, Unparsed } from '../publisher.ts';
import { AGREEMENT_COLUMNS } from './japanese-columns.ts';
import { isBracketed, japaneseReasons, narrow, readJapaneseRate } from './japanese-rate.ts';

/** A line of the schedule, with the cells that its headings print for it. */
export interface JapaneseLine {
  /** Nine digits: the subheading and the statistical suffix. */
  readonly code: string;
  /** The descriptions of its headings, from the subheading on, and its own. */
  readonly goods: readonly string[];
  readonly general: string;
  readonly temporary: string;
  readonly wto: string;
  /** Whether a heading prints the WTO rate, and the line or a nearer heading the national one. */
  readonly isWtoFromAbove: boolean;
  /** The cells of agreements by the title of their column. */
  readonly agreements: Readonly<Record<string, string>>;
}

/**
 * Makes the lines of an edition. A line within a tariff quota is left out, because its rate takes a certificate: it is
 * listed, and goods with a shorter code take one of the other lines.
 */
export function japaneseLines(rows: readonly JapaneseLine[]): ReadLines {
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  for (const row of rows) {
    const { text, rate } = appliedRate(row);
    if (isUnreadable(rate)) unparsed.push({ code: row.code, text, reason: rate.unreadable });
    if (isUnreadable(rate) && rate.unreadable === japaneseReasons.quota) continue;
    const preferences = preferencesOf(row);
    const season = seasonOf(row.goods.at(-1) ?? '');
    lines.push({
      code: row.code,
      goods: describe(row.goods),
      text,
      rate: isUnreadable(rate) ? undefined : rate,
      ...(season === undefined ? {} : { season }),
      ...(Object.keys(preferences).length === 0 ? {} : { preferences }),
    });
  }
  return { lines, unparsed, read: rows.length };
}

type Read = ReturnType<typeof readJapaneseRate>;

interface Applied {
  readonly text: string;
  readonly rate: Read;
}

/**
 * The rate for goods of the members of the WTO. The temporary rate stands in place of the general one (Temporary
 * Customs Tariff Measures Law, 1960 Law 36, Art. 2); the WTO rate applies where it is lower than both, and the
 * schedule prints it in brackets where it is not.
 */
function appliedRate(row: JapaneseLine): Applied {
  const national = nationalRate(row);
  if (row.goods.some(isWithinQuota)) return { ...national, rate: { unreadable: japaneseReasons.quota } };
  if (narrow(row.wto) === '' || isBracketed(row.wto)) return national;
  if (national.rate === '0') return national;
  const wto = { text: `WTO協定 ${oneLine(row.wto)}`, rate: readJapaneseRate(row.wto) };
  if (isUnreadable(wto.rate) || typeof national.rate !== typeof wto.rate) return eitherOf(row, national, wto);
  if (isUnreadable(national.rate)) return national;
  if (typeof wto.rate === 'string' && typeof national.rate === 'string')
    return Number(wto.rate) < Number(national.rate) ? wto : national;
  return row.isWtoFromAbove ? undecided(national, wto) : wto;
}

/** One of them is no plain percentage. The schedule prints the WTO rate without brackets where it is the lower. */
function eitherOf(row: JapaneseLine, national: Applied, wto: Applied): Applied {
  if (isUnreadable(wto.rate)) return wto;
  return row.isWtoFromAbove || isUnreadable(national.rate) ? undecided(national, wto) : wto;
}

const undecided = (national: Applied, wto: Applied): Applied => ({
  text: `${national.text}; ${wto.text}`,
  rate: { unreadable: unreadable.formula } satisfies Unreadable,
});

function nationalRate({ general, temporary }: JapaneseLine): Applied {
  const isTemporary = narrow(temporary) !== '';
  const cell = isTemporary ? temporary : general;
  const inside = isBracketed(cell) ? narrow(cell).replace(/^\((.*)\)$/, '$1') : cell;
  return { text: `${isTemporary ? '暫定' : '基本'} ${oneLine(cell)}`, rate: readJapaneseRate(inside) };
}

/** `共通の限度数量以内のもの`, `政令で定める数量以内のもの`: within a quantity. */
const isWithinQuota = (goods: string): boolean => /数量以内/.test(goods);

/** The rates of agreements that can be computed. A rate in brackets is not lower than the applied one. */
function preferencesOf({ agreements }: JapaneseLine): Record<string, PublishedRate> {
  const found = AGREEMENT_COLUMNS.flatMap(({ title, key }): [string, PublishedRate][] => {
    const text = agreements[title] ?? '';
    if (narrow(text) === '' || isBracketed(text)) return [];
    const rate = readJapaneseRate(text);
    return isUnreadable(rate) ? [] : [[key, { text: oneLine(text), rate }]];
  });
  return Object.fromEntries(found);
}

/** `毎年6月1日から同年11月30日までに輸入されるもの`: goods that are imported between two days of the year. */
function seasonOf(goods: string): ScheduleLine['season'] {
  const found = /毎年(\d+)月(\d+)日から(?:同年|翌年)(\d+)月(\d+|末)日までに輸入/.exec(narrow(goods));
  if (found === null) return undefined;
  const [, fromMonth = '', fromDay = '', toMonth = '', toDay = ''] = found;
  const day = (month: string, text: string) => `${month.padStart(2, '0')}-${text.padStart(2, '0')}`;
  // The last day of February is the 28th or the 29th: a season that ends on the 29th holds on both.
  return { from: day(fromMonth, fromDay), to: day(toMonth, toDay === '末' ? '29' : toDay) };
}

const describe = (goods: readonly string[]): string =>
  goodsText(goods.map((text) => oneLine(text).replace(/^[−\s]+/, '')));

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
