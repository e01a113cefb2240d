import type { Charge, LandedCost } from '../../events/landed-cost.ts';
import { type Currency, currencySchema } from '../kernel/currency.ts';
import { invariant } from '../kernel/invariant.ts';
import { add, convert, fromJson, inverse, type Money, type Ratio, ratioOf, sum } from '../kernel/money.ts';
import { type TaxEntry, type TaxedAmount, type TaxScheme, taxSchemes } from '../timeline/index.ts';

/** The part of a scheme's tax that one consignment was charged. */
export interface TaxPart {
  readonly consignmentId: string;
  /** In the currency of the rule. */
  readonly base: Money;
  readonly tax: Money;
}

/** The tax of an order that goes into the return of a scheme, as the quote charged it. */
export interface SchemeTax extends TaxedAmount, Pick<TaxEntry, 'scheme'> {
  readonly parts: readonly TaxPart[];
}

/** The account of the debt under a scheme in a member state. */
export const owedAccount = ({ scheme, memberState }: Pick<SchemeTax, 'scheme' | 'memberState'>): string =>
  `tax-owed:${memberState}:${scheme}`;

/** The creditor of a tax, if it is a scheme with a return: `DE:ioss`. */
export function schemeOwed(charge: Charge): { memberState: string; scheme: TaxScheme } | undefined {
  const [memberState = '', name] = charge.owedTo?.split(':') ?? [];
  const scheme = taxSchemes.find((known) => known === name);
  return charge.kind === 'tax' && scheme !== undefined ? { memberState, scheme } : undefined;
}

/**
 * The taxes of an order under schemes with a return, one for each scheme, member state, place of dispatch and rate. A
 * taxable amount is the sum of the bases that the rate was applied to. If the order's currency differs from the rule's,
 * it is converted at the rate of the charged tax, so that the two stay in proportion.
 */
export function schemeTaxesOf(landedCost: LandedCost): SchemeTax[] {
  const charged = landedCost.consignments.flatMap(({ consignmentId, shipFrom, charges }) =>
    charges.flatMap((charge) => {
      const owed = schemeOwed(charge);
      return owed === undefined
        ? []
        : [{ ...owed, consignmentId, dispatchedFrom: shipFrom, ...taxedOf(charge) }];
    }),
  );
  const groups = Map.groupBy(charged, ({ scheme, memberState, dispatchedFrom, rate }) =>
    [scheme, memberState, dispatchedFrom, rate].join('|'),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { scheme, memberState, dispatchedFrom, rate } = first;
    const base = group.map((each) => each.base).reduce(add);
    return [
      {
        scheme,
        memberState,
        dispatchedFrom,
        rate,
        taxable: asCharged(landedCost, base),
        tax: sum(
          group.map((each) => each.tax),
          landedCost.currency,
        ),
        parts: group.map(({ consignmentId, base: own, tax }) => ({ consignmentId, base: own, tax })),
      },
    ];
  });
}

function taxedOf({ amount, base, rate, ruleId }: Charge): { base: Money; rate: string; tax: Money } {
  invariant(base !== undefined && rate !== undefined, 'a tax by rate names its rate and its base', {
    ruleId,
  });
  return { base: fromJson(base), rate, tax: fromJson(amount) };
}

/** An amount of the rule's currency in the order's, at the order's locked rate, half up. */
function asCharged({ currency, exchangeRates }: LandedCost, amount: Money): Money {
  if (amount.currency === currency) return amount;
  const perBase = (of: Currency): Ratio => {
    const rate = of === exchangeRates?.base ? '1' : exchangeRates?.used[currencySchema.parse(of)];
    invariant(rate !== undefined, 'an order keeps the rates that its charges were converted at', { of });
    return ratioOf(rate);
  };
  const [from, to] = [inverse(perBase(amount.currency)), perBase(currency)];
  return convert(amount, currency, {
    numerator: to.numerator * from.numerator,
    denominator: to.denominator * from.denominator,
  });
}
