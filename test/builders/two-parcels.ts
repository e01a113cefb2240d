import type { NewFact } from '../../events/all-events.ts';
import { placed } from './facts.ts';
import { consignment, domesticConsignment, landedCost } from './landed-cost.ts';

/** An order of two parcels: one crosses a customs border, and one stays within the customs union. */
function placedTwoParcels(): Extract<NewFact, { name: 'order.placed' }> {
  return placed({ landedCost: landedCost({ consignments: [consignment(), domesticConsignment()] }) });
}

/** The facts, with every payment amount set to the total of the order. */
export function forTwoParcels(facts: readonly NewFact[]): NewFact[] {
  const order = placedTwoParcels();
  const amount = order.data.landedCost.totals.total;
  return facts.map((fact): NewFact => {
    if (fact.name === 'order.placed') return order;
    return fact.name.startsWith('payment.') && 'amount' in fact.data
      ? ({ ...fact, data: { ...fact.data, amount } } as NewFact)
      : fact;
  });
}
