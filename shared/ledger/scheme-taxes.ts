import type { Charge, LandedCost } from '../../events/landed-cost.ts';
import { invariant } from '../kernel/invariant.ts';
import { add, fromJson, type Money, sum } from '../kernel/money.ts';
import { asCharged, type TaxEntry, type TaxedAmount, type TaxScheme, taxSchemes } from '../timeline/index.ts';

/** The part of a scheme's tax that one consignment was charged. */
export interface TaxPart {
  readonly consignmentId: string;
  /** The line whose tax it is; undefined where the rule charges the whole consignment. */
  readonly lineId: string | undefined;
  readonly code: string;
  readonly rate: string;
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
        : [{ ...owed, consignmentId, dispatchedFrom: shipFrom, ...namesOf(charge), ...taxedOf(charge) }];
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
        parts: group.map(({ consignmentId, lineId, code, rate: own, base: of, tax }) => ({
          ...{ consignmentId, lineId, code, rate: own, base: of, tax },
        })),
      },
    ];
  });
}

const namesOf = ({ lineId, code }: Charge) => ({ lineId, code });

function taxedOf({ amount, base, rate, ruleId }: Charge): { base: Money; rate: string; tax: Money } {
  invariant(base !== undefined && rate !== undefined, 'a tax by rate names its rate and its base', {
    ruleId,
  });
  return { base: fromJson(base), rate, tax: fromJson(amount) };
}
