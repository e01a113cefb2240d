import type { Country } from '../../kernel/country.ts';
import type { Currency } from '../../kernel/currency.ts';
import { compare, fromJson, type Money, times } from '../../kernel/money.ts';
import type { SwitchesAnswered } from '../switches.ts';
import type { Basis, Conditions, Rule } from './schema.ts';

/** The goods of a line, as rules see them. */
export interface RuledLine {
  readonly hsCode: string;
  readonly originCountry: Country;
  readonly quantity: number;
  /** Units of the same product in the consignment, on all lines. */
  readonly unitsAlike: number;
  /** The price of all units of the line, in any currency that the situation can convert. */
  readonly goods: Money;
}

/** The facts that a rule's conditions are tested on. */
export interface Situation {
  readonly destination: { readonly country: Country; readonly region?: string | undefined };
  readonly channel: 'post' | 'courier';
  readonly shipFrom: Country;
  /** Whether the seller has the registration that the destination's schemes need. */
  readonly registered: boolean;
  /** The merchant's answers to unsettled questions of law. */
  readonly switches: SwitchesAnswered;
  /** Of all goods of the consignment. */
  readonly weightGrams: number;
  /** Units of all goods of the consignment. */
  readonly pieces: number;
  /**
   * The consignment's value on a basis in a currency, with the goods of the same order from the same country. On the
   * basis `item` the unit price of the line decides, and the value is that of all its units.
   */
  valueOn(basis: Basis, currency: Currency, line?: RuledLine): Money;
}

/** Whether all conditions of the row are true. Conditions on goods need a line. */
export function conditionsHold(row: Rule, it: Situation, line?: RuledLine): boolean {
  if (row.destinations !== undefined && !row.destinations.includes(it.destination.country)) return false;
  const { when } = row;
  if (when === undefined) return true;
  return (
    placeHolds(when, it) &&
    goodsHold(when, line) &&
    measureHolds(when, it, line) &&
    valueHolds(when, it, line) &&
    (when.switch === undefined || String(it.switches[when.switch.name]) === when.switch.is)
  );
}

/** Conditions on units need a line. */
function measureHolds({ units, pieces, weightGrams }: Conditions, it: Situation, line?: RuledLine): boolean {
  if (units !== undefined && (line === undefined || line.unitsAlike <= units.over)) return false;
  if (pieces !== undefined && it.pieces <= pieces.over) return false;
  return weightGrams === undefined || it.weightGrams > weightGrams.over;
}

function placeHolds({ channel, seller, shipFrom, regions }: Conditions, it: Situation): boolean {
  if (channel !== undefined && channel !== it.channel) return false;
  if (seller !== undefined && (seller === 'registered') !== it.registered) return false;
  if (shipFrom !== undefined && !isAmongCountries(shipFrom, it.shipFrom)) return false;
  return (
    regions === undefined || (it.destination.region !== undefined && regions.includes(it.destination.region))
  );
}

function goodsHold({ origins, goods }: Conditions, line: RuledLine | undefined): boolean {
  if (origins === undefined && goods === undefined) return true;
  if (line === undefined) return false;
  if (origins !== undefined && !isAmongCountries(origins, line.originCountry)) return false;
  if (goods?.only !== undefined && !isAmong(goods.only, line.hsCode)) return false;
  return goods?.except === undefined || !isAmong(goods.except, line.hsCode);
}

function valueHolds({ value }: Conditions, it: Situation, line: RuledLine | undefined): boolean {
  if (value === undefined) return true;
  const { basis, over, upTo, below } = value;
  const against = (limit: { amount: number; currency: Currency }) =>
    compareToLimit(it, basis, fromJson(limit), line);
  if (over !== undefined && against(over) <= 0) return false;
  if (upTo !== undefined && against(upTo) > 0) return false;
  return below === undefined || against(below) < 0;
}

/** -1, 0 or 1 as the value on that basis is below, at or above the limit. */
export function compareToLimit(it: Situation, basis: Basis, limit: Money, line?: RuledLine): -1 | 0 | 1 {
  const units = basis === 'item' ? (line?.quantity ?? 1) : 1;
  return compare(it.valueOn(basis, limit.currency, line), times(limit, units));
}

type Countries = NonNullable<Conditions['origins']>;

function isAmongCountries(set: Countries, country: Country): boolean {
  return 'only' in set ? set.only.includes(country) : !set.except.includes(country);
}

function isAmong(prefixes: readonly string[], hsCode: string): boolean {
  return longestAmong(prefixes, hsCode) > 0;
}

/** From here on a list is looked up by the beginnings of a code: each line of a quote asks lists of hundreds. */
const LONG_LIST = 24;
const lookedUp = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The digits of the longest prefix in the list that the code begins with; 0 if there is none. */
function longestAmong(prefixes: readonly string[], hsCode: string): number {
  if (prefixes.length < LONG_LIST)
    return prefixes.reduce(
      (most, prefix) => (prefix.length > most && hsCode.startsWith(prefix) ? prefix.length : most),
      0,
    );
  const set = lookedUp.get(prefixes) ?? new Set(prefixes);
  lookedUp.set(prefixes, set);
  for (let digits = hsCode.length; digits >= 2; digits -= 1)
    if (set.has(hsCode.slice(0, digits))) return digits;
  return 0;
}

/** How specific a row is: more digits of the goods first, then more conditions. */
export function specificity({ destinations, when }: Rule, line: RuledLine | undefined): number {
  if (when === undefined) return destinations === undefined ? 0 : 1;
  const { channel, seller, origins, shipFrom, goods, regions, value, units, pieces, weightGrams } = when;
  const digits = line === undefined ? 0 : longestAmong(goods?.only ?? [], line.hsCode);
  const place = [destinations, channel, seller, shipFrom, regions];
  const said = [...place, origins, goods?.except, value, units, pieces, weightGrams, when.switch];
  return digits * 100 + said.filter((condition) => condition !== undefined).length;
}
