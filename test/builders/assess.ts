import {
  type Assessed,
  builtinRuleBook,
  isAssessed,
  type LineToAssess,
  type NotAssessable,
  type RuleBook,
  regimeFor,
  type SellerRegistrations,
} from '../../shared/duties/index.ts';
import type { AssessContext, ConsignmentToAssess } from '../../shared/duties/regime.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import { convert, type Money, money, ratioOf, toJson } from '../../shared/kernel/money.ts';
import { rulesWithEditions } from './editions.ts';

export interface Goods {
  readonly hsCode: string;
  /** The value of all units together, in minor units of the shopper's currency. */
  readonly value: number;
  readonly quantity?: number;
  readonly unitWeightGrams?: number;
  readonly origin?: string;
  readonly description?: string;
  readonly originProofs?: readonly string[];
}

export interface AssessCase {
  readonly to: string;
  readonly region?: string;
  readonly from?: string;
  readonly currency: Currency;
  readonly goods: readonly Goods[];
  /** In minor units of the shopper's currency. */
  readonly freight: number;
  readonly date: string;
  readonly incoterm?: 'DDP' | 'DAP';
  readonly channel?: 'post' | 'courier';
  readonly seller?: SellerRegistrations;
  /** The value of goods that the order sends from the same country in other consignments, in minor units. */
  readonly alsoSent?: number;
  /** Units of each currency for one unit of a common currency: `{ BRL: '5.40', USD: '1' }`. All are 1 if absent. */
  readonly rates?: Partial<Record<Currency, string>>;
  readonly rules?: RuleBook;
  readonly explain?: boolean;
}

/** A seller with an IOSS number and a GB VAT number, and without other registrations. */
export const registeredSeller: SellerRegistrations = { ioss: 'IM2760000001', gbVat: 'GB123456789' };

/** Assesses a consignment by the destination's regime and the repository's rules. */
export function assess(given: AssessCase): Assessed | NotAssessable {
  const regime = regimeFor(given.to);
  if (regime === undefined) throw new Error(`no regime is for ${given.to}`);
  const { consignment, context } = consignmentAndContext(given);
  return regime.assess(consignment, context);
}

/** The tariffs of these destinations are editions, and no rows. */
const TARIFF_IN_EDITIONS = ['AE', 'JP', 'SA', 'US', 'VN', 'ZA'];

/** The repository's rows; with its editions where a destination has no rates in rows. */
const rulesFor = (to: string): RuleBook =>
  TARIFF_IN_EDITIONS.includes(to) ? rulesWithEditions : builtinRuleBook;

/** The arguments of a regime for the case. */
export function consignmentAndContext(given: AssessCase): {
  consignment: ConsignmentToAssess;
  context: AssessContext;
} {
  return {
    consignment: consignmentOf(given),
    context: {
      date: given.date,
      rules: given.rules ?? rulesFor(given.to),
      seller: given.seller ?? registeredSeller,
      convert: exchangeAt(given.rates ?? {}),
      explain: given.explain ?? true,
    },
  };
}

/** Like `assess`, but throws if the consignment has no price. */
export function assessed(given: AssessCase): Assessed {
  const outcome = assess(given);
  if (!isAssessed(outcome)) throw new Error(`not assessed: ${outcome.reason}: ${outcome.detail}`);
  return outcome;
}

/** The sum of each kind of charge, in minor units. */
export function sums({ charges }: Assessed): { duty: number; tax: number; fees: number } {
  const of = (kind: string) =>
    charges.filter((charge) => charge.kind === kind).reduce((all, { amount }) => all + amount.amount, 0);
  return { duty: of('duty'), tax: of('tax'), fees: of('fee') };
}

function consignmentOf(given: AssessCase): ConsignmentToAssess {
  return {
    shipFrom: given.from ?? 'CN',
    destination: { country: given.to, region: given.region },
    currency: given.currency,
    incoterm: given.incoterm ?? 'DDP',
    channel: given.channel ?? 'courier',
    lines: given.goods.map((goods, index) => lineOf(goods, index, given.currency)),
    freight: money(given.freight, given.currency),
    alsoSent: given.alsoSent === undefined ? undefined : money(given.alsoSent, given.currency),
  };
}

function lineOf(goods: Goods, index: number, currency: Currency): LineToAssess {
  const { hsCode, value, quantity = 1, unitWeightGrams = 200, origin = 'CN', description = hsCode } = goods;
  return {
    lineId: `line-${index + 1}`,
    sku: `SKU-${index + 1}`,
    description,
    quantity,
    hsCode,
    originCountry: origin,
    unitWeightGrams,
    goodsValue: toJson(money(value, currency)),
    originProofs: goods.originProofs,
  };
}

function exchangeAt(rates: Partial<Record<Currency, string>>) {
  const unitsOf = (currency: Currency) => ratioOf(rates[currency] ?? '1');
  return (amount: Money, to: Currency): Money => {
    const [from, wanted] = [unitsOf(amount.currency), unitsOf(to)];
    return convert(amount, to, {
      numerator: wanted.numerator * from.denominator,
      denominator: wanted.denominator * from.numerator,
    });
  };
}
