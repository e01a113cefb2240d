import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { type Currency, currencies } from '../../../../shared/kernel/currency.ts';
import { expressRate, type Term, type Unit, type Unreadable, unreadable } from './express-rate.ts';

/** Codes and names of TARIC's units of measurement, by weight and by number. */
export const taricUnits: Readonly<Record<string, Unit>> = {
  KGM: { of: 'kg', count: 1 },
  DTN: { of: 'kg', count: 100 },
  TNE: { of: 'kg', count: 1000 },
  NAR: { of: 'piece', count: 1 },
  CEN: { of: 'piece', count: 100 },
  MIL: { of: 'piece', count: 1000 },
  kg: { of: 'kg', count: 1 },
  '100 kg': { of: 'kg', count: 100 },
  '1000 kg': { of: 'kg', count: 1000 },
  item: { of: 'piece', count: 1 },
  'p/st': { of: 'piece', count: 1 },
  '100 p/st': { of: 'piece', count: 100 },
  '1000 p/st': { of: 'piece', count: 1000 },
};

/**
 * Parts of a duty that depend on data that a product does not have: agricultural components, additional duties on
 * sugar and flour, conditions, prices.
 */
const FORMULA = /\b(EA|EAR|ADSZ|ADSZR|ADFM|ADFMR|AC|SD|FD|Cond)\b/i;

/**
 * Reads a duty expression of TARIC, or of a tariff with the same form: `12.000 %`, `9.600 % + 1.250 EUR/KGM`, `4.500
 * % MIN 0.300 EUR/NAR MAX 0.800 EUR/NAR`, `34.00 GBP / 100 kg`.
 */
export function readDutyExpression(text: string, currency: Currency): DutyRate | Unreadable {
  const expression = text.replace(/\s+/g, ' ').trim();
  if (FORMULA.test(expression)) return { unreadable: unreadable.formula };
  const [own = '', ...bounds] = expression.split(/ ?\b(?=MIN\b|MAX\b)/);
  const parts = { own: termsOf(own), least: boundOf('MIN', bounds), most: boundOf('MAX', bounds) };
  if (bounds.length > 2 || new Set(bounds.map((bound) => bound.slice(0, 3))).size < bounds.length)
    return { unreadable: unreadable.words };
  for (const part of Object.values(parts)) if (part !== undefined && !Array.isArray(part)) return part;
  const { own: terms, least, most } = parts as Record<keyof typeof parts, Term[]>;
  return expressRate({ own: terms, least, most }, currency);
}

function boundOf(name: 'MIN' | 'MAX', bounds: readonly string[]): Term[] | Unreadable | undefined {
  const bound = bounds.find((each) => each.startsWith(name));
  return bound === undefined ? undefined : termsOf(bound.slice(name.length));
}

function termsOf(text: string): Term[] | Unreadable {
  const terms = text.split('+').map((part) => termOf(part.trim()));
  const bad = terms.find((term): term is Unreadable => 'unreadable' in term);
  return bad ?? (terms as Term[]);
}

function termOf(text: string): Term | Unreadable {
  const [, percent] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return { percent };
  const [, amount, code, name] = /^(\d+(?:\.\d+)?) ?([A-Z]{3}) ?[/ ] ?(.+)$/.exec(text) ?? [];
  if (amount === undefined || name === undefined) return { unreadable: unreadable.words };
  const currency = currencies.find((known) => known === code);
  if (currency === undefined) return { unreadable: unreadable.currency };
  const per = taricUnits[name.replaceAll(',', '').trim()];
  return per === undefined ? { unreadable: unreadable.unit } : { amount, currency, per };
}
