import type { Fact } from '../../events/all-events.ts';
import { fromJson, type Money } from '../kernel/money.ts';
import { planOf } from '../timeline/index.ts';

/** What the shopper pays first; undefined if the order is paid in one amount. */
export function firstInstalment(facts: readonly Fact[]): Money | undefined {
  const first = planOf(facts)?.instalments.find(({ n }) => n === 1);
  return first === undefined ? undefined : fromJson(first.amount);
}
