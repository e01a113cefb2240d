import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { type Currency, currencies } from '../../../../shared/kernel/currency.ts';
import { dutyUnit } from './duty-units.ts';
import { expressRate, minorOf, type Term, type Unreadable, unreadable } from './express-rate.ts';

/**
 * Parts of a duty that depend on data that a product does not have: agricultural components, additional duties on
 * sugar and flour, conditions, entry prices.
 */
const FORMULA = /\b(EA|EAR|ADSZ|ADSZR|ADFM|ADFMR|AC|SD|FD|Cond|Entry Price)\b/i;

/**
 * Reads a duty expression of TARIC, or of a tariff with the same form: `12.000 %`, `9.600 % + 1.250 EUR/KGM`, `4.500
 * % MIN 0.300 EUR/NAR MAX 0.800 EUR/NAR`, `34.00 GBP / 100 kg`. In the columns of some tables a percentage has no
 * sign; then `bare` is true.
 */
export function readDutyExpression(
  text: string,
  currency: Currency,
  { bare = false }: { readonly bare?: boolean } = {},
): DutyRate | Unreadable {
  const expression = text.replaceAll('€', ' EUR ').replace(/\s+/g, ' ').trim();
  if (FORMULA.test(expression)) return { unreadable: unreadable.formula };
  const [own = '', ...bounds] = expression.split(/ ?\b(?=MIN\b|MAX\b)/);
  const parts = {
    own: termsOf(own, bare),
    least: boundOf('MIN', bounds, bare),
    most: boundOf('MAX', bounds, bare),
  };
  if (bounds.length > 2 || new Set(bounds.map((bound) => bound.slice(0, 3))).size < bounds.length)
    return { unreadable: unreadable.words };
  for (const part of Object.values(parts)) if (part !== undefined && !Array.isArray(part)) return part;
  const { own: terms, least, most } = parts as Record<keyof typeof parts, Term[]>;
  return expressRate({ own: terms, least, most }, currency);
}

function boundOf(
  name: 'MIN' | 'MAX',
  bounds: readonly string[],
  bare: boolean,
): Term[] | Unreadable | undefined {
  const bound = bounds.find((each) => each.startsWith(name));
  return bound === undefined ? undefined : termsOf(bound.slice(name.length), bare);
}

function termsOf(text: string, bare: boolean): Term[] | Unreadable {
  const terms = text.split('+').map((part) => termOf(part.trim(), bare));
  const bad = terms.find((term): term is Unreadable => 'unreadable' in term);
  return bad ?? (terms as Term[]);
}

function termOf(text: string, bare: boolean): Term | Unreadable {
  const [, percent, sign] = /^(\d+(?:\.\d+)?) ?(%)?$/.exec(text) ?? [];
  if (percent !== undefined && (sign === '%' || bare)) return { percent };
  const [, amount, code, name] = /^(\d[\d,]*(?:\.\d+)?) ?([A-Z]{3}) ?[/ ] ?(.+)$/.exec(text) ?? [];
  if (amount === undefined || name === undefined) return { unreadable: unreadable.words };
  const currency = currencies.find((known) => known === code);
  if (currency === undefined) return { unreadable: unreadable.currency };
  const per = dutyUnit(name);
  return per === undefined
    ? { unreadable: unreadable.unit }
    : { minor: minorOf(amount, currency), currency, per };
}
