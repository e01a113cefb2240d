import {
  isAssessed,
  type LineToAssess,
  type RuleBook,
  regimeFor,
  type SellerRegistrations,
} from '../../duties/index.ts';
import type { Country } from '../../kernel/country.ts';
import type { Currency } from '../../kernel/currency.ts';
import { defined } from '../../kernel/defined.ts';
import type { GoodsMeasures } from '../../kernel/measure.ts';
import { fromJson, type Money, sum, times, toJson } from '../../kernel/money.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import type { CalendarDate } from '../../kernel/time.ts';

/** Goods of one SKU, as customs sees them. */
export interface GoodsOfSku {
  readonly sku: string;
  readonly description: string;
  /** Six digits, or the longer code where the tariff has none of its own in `nationalCodes`. */
  readonly hsCode: string;
  /** By the key of the regime's tariff: `EU`, `US`. */
  readonly nationalCodes?: Readonly<Record<string, string>> | undefined;
  readonly originCountry: Country;
  readonly originProofs?: readonly string[] | undefined;
  readonly unitWeightGrams: number;
  readonly measures?: GoodsMeasures | undefined;
}

/** What an import is assessed by. */
export interface ImportContext {
  /** In the calendar of the destination. */
  readonly date: CalendarDate;
  readonly rules: RuleBook;
  readonly seller: SellerRegistrations;
  /** The currency of all figures. */
  readonly currency: Currency;
  /** Half up, at the rates of the plan. */
  readonly convert: (amount: Money, to: Currency) => Money;
}

/** One consignment or bulk entry of one SKU. */
export interface Entry {
  readonly goods: GoodsOfSku;
  /** Whole, one at least. */
  readonly units: number;
  /** The value of one unit for customs: the price of a sale, or the purchase price of an entry in bulk. */
  readonly unitValue: Money;
  readonly from: Country;
  readonly to: Country;
  readonly channel: 'post' | 'courier';
  readonly freight: Money;
}

/** What an entry bears, by our own duties code, with the law behind each figure. */
export interface EntryCharges {
  readonly duty: Money;
  readonly tax: Money;
  readonly fees: Money;
  readonly scheme: string;
  /** The formula and the rule of each charge. */
  readonly charges: readonly {
    readonly code: string;
    readonly amount: Money;
    readonly formula: string;
    readonly ruleId: string;
  }[];
}

/** Why an entry has no price. */
export interface NotPriced {
  readonly reason:
    | 'no-regime'
    | 'unclassified'
    | 'not-registered'
    | 'trade-defence'
    | 'not-supported'
    | 'no-declarant'
    | 'no-rate';
  readonly detail: string;
}

/**
 * Duty, tax and fees of an entry with duty paid, in the currency of the context. Rounded as the regime's law rounds.
 */
export function entryCharges(entry: Entry, context: ImportContext): Result<EntryCharges, NotPriced> {
  const regime = regimeFor(entry.to);
  if (regime === undefined)
    return refused({ reason: 'no-regime', detail: `${entry.to} is not a destination` });
  const { currency, convert } = context;
  const outcome = regime.assess(
    {
      shipFrom: entry.from,
      destination: { country: entry.to },
      currency,
      incoterm: 'DDP',
      channel: entry.channel,
      lines: [lineOf(entry, regime.tariff, convert(entry.unitValue, currency))],
      freight: convert(entry.freight, currency),
    },
    { ...context, explain: true },
  );
  if (!isAssessed(outcome)) return refused({ reason: outcome.reason, detail: outcome.detail });
  const ofKind = (kind: string) =>
    sum(
      outcome.charges.filter((charge) => charge.kind === kind).map(({ amount }) => fromJson(amount)),
      currency,
    );
  return ok({
    duty: ofKind('duty'),
    tax: ofKind('tax'),
    fees: ofKind('fee'),
    scheme: outcome.scheme,
    charges: outcome.charges.map(({ code, amount, formula, ruleId }) => ({
      ...{ code, amount: fromJson(amount), formula, ruleId },
    })),
  });
}

function lineOf({ goods, units }: Entry, tariff: string, unitValue: Money): LineToAssess {
  const { nationalCodes, hsCode, originProofs, measures, ...rest } = goods;
  return {
    ...rest,
    ...defined({ measures }),
    lineId: goods.sku,
    quantity: units,
    hsCode: nationalCodes?.[tariff] ?? hsCode,
    goodsValue: toJson(times(unitValue, units)),
    originProofs,
  };
}

/** Whether goods cross a customs border on the way. Countries that are no destination are territories of their own. */
export function crossesBorder(from: Country, to: Country): boolean {
  if (from === to) return false;
  const regime = regimeFor(from);
  return regime === undefined || regime !== regimeFor(to);
}
