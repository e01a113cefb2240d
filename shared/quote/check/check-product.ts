import type { Charge } from '../../../events/landed-cost.ts';
import { measuresOf, type Product } from '../../catalogue/index.ts';
import {
  isAssessed,
  type NotAssessable,
  type Regime,
  type RuleBook,
  regimeFor,
  type SellerRegistrations,
} from '../../duties/index.ts';
import type { Country } from '../../kernel/country.ts';
import type { Currency } from '../../kernel/currency.ts';
import { defined } from '../../kernel/defined.ts';
import { compare, fromJson, type Money, multiply, percent, sum, times, toJson } from '../../kernel/money.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import { NoRate } from '../quote-rates.ts';
import type { CheckedProduct, Missing } from './checked-product.ts';

/** What every product is checked by. */
export interface CheckContext {
  readonly rules: RuleBook;
  readonly seller: SellerRegistrations;
  /** In each destination. */
  readonly date: CalendarDate;
  readonly from?: Country | undefined;
  readonly units: number;
  readonly channel: 'courier' | 'post';
  readonly freightPercent: number;
  readonly convert: (amount: Money, to: Currency) => Money;
}

/** Prices one order of a product to a market with duty paid, by the rules that are given. Pure. */
export function checkProduct(product: Product, market: Country, context: CheckContext): CheckedProduct {
  const regime = regimeFor(market);
  if (regime === undefined) throw new Error(`${market} is no destination`);
  const hsCode = codeIn(product, regime);
  const named = { sku: product.sku, market, hsCode, origin: product.originCountry };
  const agreements = product.originProofs?.map(({ agreement }) => agreement) ?? [];
  try {
    const outcome = assess(product, { regime, market, hsCode, agreements }, context);
    if (!isAssessed(outcome)) {
      const { reason, detail } = outcome;
      const missing = missingOf(outcome, hsCode);
      return { ...named, outcome: 'refused', reason, detail, missing, proofs: [] };
    }
    const { charges } = outcome;
    const total = totalOf(charges, product);
    const duty = charges.find(({ kind, rate }) => kind === 'duty' && rate !== undefined);
    const range = charges.find(({ rateRange }) => rateRange !== undefined)?.rateRange;
    const old = charges.flatMap(({ tariffLine }) =>
      tariffLine?.isCurrent === false ? [tariffLine.edition ?? ''] : [],
    );
    return {
      ...named,
      outcome: range === undefined ? 'priced' : 'range',
      charges: toJson(total),
      ...defined({ dutyRate: duty?.rate, range }),
      ...(old.length === 0 ? {} : { old: [...new Set(old)] }),
      missing: range === undefined ? [] : ['longer code'],
      proofs: proofsThatHelp(product, { regime, market, hsCode, agreements, total }, context),
    };
  } catch (error) {
    if (!(error instanceof NoRate)) throw error;
    const detail = error.message;
    return {
      ...named,
      outcome: 'refused',
      reason: 'no-rate',
      detail,
      missing: ['exchange rate'],
      proofs: [],
    };
  }
}

interface Case {
  readonly regime: Regime;
  readonly market: Country;
  readonly hsCode: string;
  readonly agreements: readonly string[];
}

/** A province and a state, where the tax depends on it: the most populous one. */
const REGIONS: Readonly<Record<string, string>> = { CA: 'ON', BR: 'SP' };

function assess(product: Product, { regime, market, hsCode, agreements }: Case, context: CheckContext) {
  const { units, channel, from = product.originCountry, freightPercent } = context;
  const value = times(unitValueOf(product), units);
  return regime.assess(
    {
      shipFrom: from,
      destination: { country: market, ...defined({ region: REGIONS[market] }) },
      currency: value.currency,
      incoterm: 'DDP',
      channel,
      lines: [
        {
          ...{ lineId: product.sku, sku: product.sku, description: product.description, quantity: units },
          ...{ hsCode, originCountry: product.originCountry, unitWeightGrams: product.unitWeightGrams },
          ...defined({ measures: measuresOf(product) }),
          goodsValue: toJson(value),
          originProofs: agreements,
        },
      ],
      freight: multiply(value, percent(String(freightPercent))),
    },
    {
      ...{ date: context.date, rules: context.rules, seller: context.seller, convert: context.convert },
      explain: true,
    },
  );
}

/** The base price; the customs value of what is given away. */
function unitValueOf({ prices: [base], customsValue }: Product): Money {
  const given = customsValue ?? base;
  if (given === undefined) throw new Error('a product has a base price');
  return fromJson({ amount: given.amount, currency: given.currency });
}

function codeIn({ hsCode, nationalCodes }: Product, { tariff }: Regime): string {
  const codes: Readonly<Record<string, string | undefined>> = nationalCodes ?? {};
  return codes[tariff] ?? hsCode;
}

const totalOf = (charges: readonly Charge[], product: Product): Money =>
  sum(
    charges.map(({ amount }) => fromJson(amount)),
    unitValueOf(product).currency,
  );

/** What would help a refused product. Nothing helps where a market or a kind of goods is not supported. */
function missingOf({ reason, detail }: NotAssessable, hsCode: string): Missing[] {
  if (reason === 'not-registered') return ['registration'];
  if (reason === 'no-declarant') return ['importer'];
  if (detail.includes('the product says no')) return ['measure'];
  if (reason !== 'unclassified') return [];
  return detail.includes(`${hsCode} is divided`) || detail.includes('longer') ? ['longer code'] : ['tariff'];
}

/** The agreements of the market for goods of this origin whose proof lowers what is charged. */
function proofsThatHelp(
  product: Product,
  { total, ...asked }: Case & { readonly total: Money },
  context: CheckContext,
): CheckedProduct['proofs'] {
  const rules = context.rules.rulesOf(asked.regime.code, context.date);
  const known = new Set(
    [
      ...rules.all('preference').map(({ agreement }) => agreement),
      ...agreementsIn(rules.scheduleOf(asked.regime.code)?.schedule, asked.hsCode),
    ].filter((agreement) => !asked.agreements.includes(agreement)),
  );
  return [...known].sort().flatMap((agreement) => {
    const outcome = assess(product, { ...asked, agreements: [...asked.agreements, agreement] }, context);
    if (!isAssessed(outcome)) return [];
    const charges = totalOf(outcome.charges, product);
    return compare(charges, total) < 0 ? [{ agreement, charges: toJson(charges) }] : [];
  });
}

type Scheduled = ReturnType<ReturnType<RuleBook['rulesOf']>['scheduleOf']>;

/** The agreements that have rates for lines of the heading. */
function agreementsIn(schedule: NonNullable<Scheduled>['schedule'] | undefined, hsCode: string): string[] {
  if (schedule === undefined) return [];
  const { agreements: named = {} } = schedule.header;
  return schedule
    .linesOf(hsCode.slice(0, 2))
    .flatMap(({ code, preferences = {} }) =>
      code.startsWith(hsCode.slice(0, 4))
        ? Object.keys(preferences).map((key) => named[key]?.agreement ?? key)
        : [],
    );
}
