import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { type Currency, minorDigits } from '../../../../shared/kernel/currency.ts';
import { type Ratio, ratioOf } from '../../../../shared/kernel/money.ts';

/** The reasons why a rate of a schedule cannot be computed. Each is a line of the report. */
export const unreadable = {
  words: 'a rate in words, or in a form that is not known',
  unit: 'an amount by a unit that a product does not state',
  formula: 'a rate by composition, entry price or formula',
  part: 'a rate for a part of the goods, such as a case, a battery or a content of metal',
  elsewhere: 'a rate that another line or a note states',
  currency: 'an amount in a currency other than the schedule’s',
  twice: 'two percentages, or two amounts for the same unit',
} as const;

export interface Unreadable {
  readonly unreadable: string;
}

export const isUnreadable = (read: object | string): read is Unreadable =>
  typeof read !== 'string' && 'unreadable' in read;

type PerQuantity = NonNullable<Exclude<DutyRate, string>['least']>;
type DutyUnit = NonNullable<PerQuantity['specific']>[number]['unit'];

/** A number of units that an amount is for: 100 kg, 12 pieces. */
export interface Unit {
  readonly of: DutyUnit;
  readonly count: number;
}

/** A part of a rate: a percentage as a plain decimal, or a decimal of minor units for a number of units. */
export type Term =
  | { readonly percent: string }
  | { readonly minor: string; readonly currency: Currency; readonly per: Unit };

/**
 * The parts of a rate. The rate is the sum of `own`, but not less than the sum of `least` and not more than that of
 * `most`.
 */
export interface RateTerms {
  readonly own: readonly Term[];
  readonly least?: readonly Term[] | undefined;
  readonly most?: readonly Term[] | undefined;
}

/**
 * The rate in the form of a rule, with exactly the schedule's figures. If a figure would have to be rounded or
 * guessed, the rate is unreadable. A whole number of minor units for one kilogram or piece is written as such; other
 * amounts keep the number of units that the schedule names.
 */
export function expressRate({ own, least, most }: RateTerms, currency: Currency): DutyRate | Unreadable {
  const sum = sumOf(own, currency);
  const atLeast = least === undefined ? undefined : boundOf(least, currency);
  const atMost = most === undefined ? undefined : boundOf(most, currency);
  if (isUnreadable(sum)) return sum;
  if (atLeast !== undefined && isUnreadable(atLeast)) return atLeast;
  if (atMost !== undefined && isUnreadable(atMost)) return atMost;
  const { percent = '0', ...amounts } = sum;
  if (Object.keys(amounts).length === 0 && atLeast === undefined && atMost === undefined) return percent;
  return {
    ...(percent === '0' ? {} : { percent }),
    ...amounts,
    ...(atLeast === undefined ? {} : { least: atLeast }),
    ...(atMost === undefined ? {} : { most: atMost }),
  };
}

const boundOf = (terms: readonly Term[], currency: Currency): PerQuantity | Unreadable =>
  terms.length === 0 ? { unreadable: unreadable.words } : sumOf(terms, currency);

function sumOf(terms: readonly Term[], currency: Currency): PerQuantity | Unreadable {
  const found: PerQuantity = {};
  const units = new Set<DutyUnit>();
  for (const term of terms) {
    if ('percent' in term) {
      if (found.percent !== undefined) return { unreadable: unreadable.twice };
      const percent = plain(term.percent);
      if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent)) return { unreadable: unreadable.words };
      found.percent = percent;
      continue;
    }
    if (term.currency !== currency) return { unreadable: unreadable.currency };
    const { of: unit, count } = term.per;
    if (units.has(unit)) return { unreadable: unreadable.twice };
    units.add(unit);
    const one = unit === 'kg' || unit === 'piece' ? minorForOne(term.minor, count) : undefined;
    if (one !== undefined) found[unit === 'kg' ? 'perKg' : 'perUnit'] = { amount: one, currency };
    else {
      const minor = plain(term.minor);
      if (!/^\d{1,9}(\.\d{1,6})?$/.test(minor)) return { unreadable: unreadable.words };
      found.specific = [...(found.specific ?? []), { minor, currency, per: count, unit }];
    }
  }
  return found;
}

/** Minor units for one kilogram or piece; undefined if they are not a whole number. */
function minorForOne(minor: string, count: number): number | undefined {
  const { numerator, denominator }: Ratio = ratioOf(minor);
  const divisor = denominator * BigInt(count);
  return numerator % divisor === 0n ? Number(numerator / divisor) : undefined;
}

/** An amount of the currency's main unit as a decimal of its minor units: `0.9` dollars are `90` cents. */
export const minorOf = (amount: string, currency: Currency): string =>
  shifted(amount.replaceAll(',', ''), minorDigits(currency));

/** The decimal times a power of ten. */
function shifted(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = fraction.padEnd(places, '0');
  return plain(`${whole}${digits.slice(0, places)}.${digits.slice(places)}`);
}

/** The decimal without unnecessary zeros: `12` for `12.000`, `4.5` for `4.50`, `7` for `007`. */
export function plain(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const [digits, decimals] = [whole.replace(/^0+(?=\d)/, ''), fraction.replace(/0+$/, '')];
  return decimals === '' ? digits : `${digits}.${decimals}`;
}
