import type { Charge, LandedCost, PlannedConsignment, Totals } from '../../../events/landed-cost.ts';
import { switchesOf } from '../../duties/index.ts';
import type { Currency } from '../../kernel/currency.ts';
import { fromJson, sum, toJson } from '../../kernel/money.ts';
import type { CostingContext } from '../pricing-input.ts';

/** The landed cost of a plan: its consignments, the rules and rates of the figures, and the totals. */
export function landedCostOf(
  { request, rules, rates, seller, date, slot }: CostingContext,
  consignments: PlannedConsignment[],
  planSearch: 'exact' | 'heuristic',
): LandedCost {
  const { incoterm, currency, destination } = request;
  return {
    incoterm,
    currency,
    destination,
    ruleSet: { version: rules.version, date, switches: switchesOf(seller.switches) },
    ...rates.asKept(),
    ...(slot === undefined ? {} : { deliverySlot: slot.quoted }),
    planSearch,
    consignments,
    totals: totalsOf(
      consignments.flatMap(({ charges }) => charges),
      currency,
    ),
  };
}

function totalsOf(charges: readonly Charge[], currency: Currency): Totals {
  const of = (kinds: readonly Charge['kind'][], all = charges) =>
    toJson(
      sum(
        all.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => fromJson(amount)),
        currency,
      ),
    );
  const collected = charges.filter(({ collectedOnDelivery }) => collectedOnDelivery !== true);
  return {
    goods: of(['goods']),
    shipping: of(['shipping']),
    duty: of(['duty']),
    tax: of(['tax']),
    fees: of(['fee']),
    total: of(['goods', 'shipping', 'duty', 'tax', 'fee'], collected),
  };
}
