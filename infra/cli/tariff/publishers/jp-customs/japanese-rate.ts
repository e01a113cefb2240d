import type { DutyRate } from '../../../../../shared/duties/rules/duty-rate-schema.ts';
import { expressRate, type Term, type Unit, type Unreadable, unreadable } from '../../rates/express-rate.ts';

/** The reasons why a cell of Japan's schedule has no rate that we can compute, besides the usual ones. */
export const japaneseReasons = {
  range: 'a range of rates: goods of the line bear different ones',
  quota: 'a rate within a tariff quota, for which the importer needs a certificate',
  marked: 'a rate with a mark, which holds for some of the goods',
} as const;

/** The units that the schedule counts by. A thousand litres and a ton are written as litres and kilograms. */
const UNITS: Readonly<Record<string, Unit>> = {
  kg: { of: 'kg', count: 1 },
  t: { of: 'kg', count: 1_000 },
  MT: { of: 'kg', count: 1_000 },
  l: { of: 'litre', count: 1 },
  kl: { of: 'litre', count: 1_000 },
  足: { of: 'pair', count: 1 },
  本: { of: 'piece', count: 1 },
  枚: { of: 'piece', count: 1 },
  頭: { of: 'piece', count: 1 },
  m2: { of: 'square-metre', count: 1 },
};

/** `A or B, whichever is higher`, and `lower`. */
const EITHER = /^(.+)又は(.+)のうちいずれか(高|低)い税率$/;
/** `but if the rate is below B, B`, and `above`. */
const BUT = /^(.+?)\(?ただしその税率が(.+)を(下|上)回る場合は\2(?:とする)?\)?$/;

/**
 * A cell without spaces and separators of thousands, in the narrow forms of digits and signs: `４，３００円／足` is
 * `4300円/足`.
 */
export const narrow = (text: string): string => text.normalize('NFKC').replace(/[\s,]/g, '');

/** Whether the cell is in brackets as a whole: the rate is printed, and does not apply. */
export const isBracketed = (text: string): boolean => {
  const cell = narrow(text).replace(/^[*●]+/, '');
  return cell !== '' && cell.split(/[〜~]/).every((part) => /^\(.*\)$/.test(part));
};

/**
 * Reads a rate of Japan's customs tariff: `無税` (free), `10.9%`, `4.20円/kg`, `35%+500円/kg`,
 * `30%又は4,300円/足のうちいずれか高い税率` (the higher of the two). Amounts are yen.
 */
export function readJapaneseRate(text: string): DutyRate | Unreadable {
  const cell = narrow(text);
  if (cell === '無税') return '0';
  if (cell.startsWith('◎')) return { unreadable: japaneseReasons.quota };
  if (/[〜~]|非譲許/.test(cell)) return { unreadable: japaneseReasons.range };
  if (/[※*●◆]/.test(cell)) return { unreadable: japaneseReasons.marked };
  if (/課税価格|基準輸入価格|含有率/.test(cell)) return { unreadable: unreadable.formula };
  const [, before, bound, below] = BUT.exec(cell) ?? [];
  const [, first, second, which] = EITHER.exec(before ?? cell) ?? [];
  const own = termsOf(first ?? before ?? cell);
  const other = second === undefined ? undefined : termsOf(second);
  const limit = bound === undefined ? undefined : termsOf(bound);
  if (own === undefined || (second !== undefined && other === undefined))
    return { unreadable: unreadable.words };
  // A higher rate has a maximum besides, and a lower one a minimum.
  const isBoundTwice = (which === '高' && below === '下') || (which === '低' && below === '上');
  if ((bound !== undefined && limit === undefined) || isBoundTwice) return { unreadable: unreadable.words };
  const least = which === '高' ? other : below === '下' ? limit : undefined;
  const most = which === '低' ? other : below === '上' ? limit : undefined;
  return expressRate({ own, least, most }, 'JPY');
}

/** The parts of a sum: `30%+210円/kg`. Undefined if a part has another form. */
function termsOf(text: string): Term[] | undefined {
  const terms = text.split('+').map(termOf);
  return terms.every((term) => term !== undefined) ? terms : undefined;
}

function termOf(text: string): Term | undefined {
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent };
  const [, minor, count, name] = /^(\d+(?:\.\d+)?)円\/{1,2}(\d*)(\D\S*)$/.exec(text) ?? [];
  const unit = name === undefined ? undefined : UNITS[name];
  if (minor === undefined || unit === undefined) return undefined;
  const times = count === undefined || count === '' ? 1 : Number(count);
  return { minor, currency: 'JPY', per: { of: unit.of, count: unit.count * times } };
}
