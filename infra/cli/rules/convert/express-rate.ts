import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import { type Currency, minorDigits } from '../../../../shared/kernel/currency.ts';
import { type Ratio, ratioOf } from '../../../../shared/kernel/money.ts';

/** The reasons why a rate of a schedule cannot be the rate of a rule. Each is a line of the report. */
export const unreadable = {
  words: 'a rate in words, or in a form that is not known',
  unit: 'an amount by a unit other than the kilogram or the piece',
  fraction: 'an amount that is not a whole number of minor units for each kilogram or piece',
  bound: 'a minimum or maximum that is a percentage',
  formula: 'a rate by composition, entry price or formula',
  currency: 'an amount in a currency other than the schedule’s',
  specific: 'an additional duty that is an amount and not a percentage',
  twice: 'two percentages, or two amounts for the same unit',
} as const;

export interface Unreadable {
  readonly unreadable: string;
}

export const isUnreadable = (read: object | string): read is Unreadable =>
  typeof read !== 'string' && 'unreadable' in read;

/** A part of a rate: a percentage as a plain decimal, or an amount in major units per number of kilograms or pieces. */
export type Term =
  | { readonly percent: string }
  | { readonly amount: string; readonly currency: Currency; readonly per: Unit };

export interface Unit {
  readonly of: 'kg' | 'piece';
  readonly count: number;
}

/**
 * The parts of a rate. The rate is the sum of `own`, but not less than the sum of `least` and not more than that of
 * `most`.
 */
export interface RateTerms {
  readonly own: readonly Term[];
  readonly least?: readonly Term[] | undefined;
  readonly most?: readonly Term[] | undefined;
}

type PerQuantity = NonNullable<Exclude<DutyRate, string>['least']>;

/**
 * The rate in the form of a rule, with exactly the schedule's figures. If a figure would have to be rounded or
 * guessed, the rate is unreadable.
 */
export function expressRate({ own, least, most }: RateTerms, currency: Currency): DutyRate | Unreadable {
  const percents = own.flatMap((term) => ('percent' in term ? [plain(term.percent)] : []));
  const amounts = perQuantity(own, currency);
  const bounds = [least, most].map((terms) => (terms === undefined ? undefined : boundOf(terms, currency)));
  const [atLeast, atMost] = bounds;
  if (percents.length > 1) return { unreadable: unreadable.twice };
  const [percent = '0'] = percents;
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent)) return { unreadable: unreadable.words };
  for (const part of [amounts, atLeast, atMost]) if (part !== undefined && isUnreadable(part)) return part;
  const specific = amounts as PerQuantity;
  if (Object.keys(specific).length === 0 && least === undefined && most === undefined) return percent;
  return {
    ...(percent === '0' ? {} : { percent }),
    ...specific,
    ...(atLeast === undefined ? {} : { least: atLeast as PerQuantity }),
    ...(atMost === undefined ? {} : { most: atMost as PerQuantity }),
  };
}

function boundOf(terms: readonly Term[], currency: Currency): PerQuantity | Unreadable {
  if (terms.length === 0) return { unreadable: unreadable.words };
  return terms.some((term) => 'percent' in term)
    ? { unreadable: unreadable.bound }
    : perQuantity(terms, currency);
}

function perQuantity(terms: readonly Term[], currency: Currency): PerQuantity | Unreadable {
  const found: PerQuantity = {};
  for (const term of terms) {
    if ('percent' in term) continue;
    if (term.currency !== currency) return { unreadable: unreadable.currency };
    const key = term.per.of === 'kg' ? 'perKg' : 'perUnit';
    if (found[key] !== undefined) return { unreadable: unreadable.twice };
    const amount = minorUnitsPerOne(term.amount, term.per.count, currency);
    if (amount === undefined) return { unreadable: unreadable.fraction };
    found[key] = { amount, currency };
  }
  return found;
}

/** Minor units for one kilogram or piece; undefined if they are not a whole number. */
function minorUnitsPerOne(amount: string, count: number, currency: Currency): number | undefined {
  const { numerator, denominator }: Ratio = ratioOf(amount);
  const minor = numerator * 10n ** BigInt(minorDigits(currency));
  const divisor = denominator * BigInt(count);
  return minor % divisor === 0n ? Number(minor / divisor) : undefined;
}

/** The decimal without unnecessary zeros: `12` for `12.000`, `4.5` for `4.50`, `7` for `007`. */
export function plain(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const [digits, decimals] = [whole.replace(/^0+(?=\d)/, ''), fraction.replace(/0+$/, '')];
  return decimals === '' ? digits : `${digits}.${decimals}`;
}
