import type { ReplenishmentFact } from '../../../events/replenishment.ts';
import type { MoneyJson } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Checked } from './check-proposals.ts';
import type { OrderOfRun } from './order-id.ts';

/** The sum of the lines; undefined where they have no price. */
export function totalOf(wanted: readonly { readonly line: Checked }[]): MoneyJson | undefined {
  let total: MoneyJson | undefined;
  for (const { line } of wanted) {
    if (line.unitPrice === undefined) return undefined;
    const { amount, currency } = line.unitPrice;
    total = { amount: (total?.amount ?? 0) + amount * line.proposal.units, currency };
  }
  return total;
}

/** The facts with which an order begins. */
export function proposedFacts(
  {
    runId,
    by,
    now,
  }: { readonly runId: string; readonly by: 'run' | 'operator' | 'clock'; readonly now: Instant },
  {
    order,
    replenishmentOrderId,
    lines,
    approves,
  }: {
    readonly order: OrderOfRun;
    readonly replenishmentOrderId: string;
    readonly lines: readonly Checked[];
    readonly approves: boolean;
  },
): [ReplenishmentFact, ...ReplenishmentFact[]] {
  const header = { replenishmentOrderId, at: now, by };
  const total = totalOf(lines.map((line) => ({ line })));
  const arrivals = lines.map(({ expectedAt }) => expectedAt).toSorted();
  const proposed: ReplenishmentFact = {
    name: 'replenishment.proposed',
    data: {
      ...{ ...header, sequence: 1, kind: order.kind, warehouseId: order.warehouseId, runId },
      ...(order.kind === 'purchase' ? { supplierId: order.from } : { fromWarehouseId: order.from }),
      ...(total === undefined ? {} : { total }),
      // The whole order is there when its slowest line is.
      expectedAt: arrivals.at(-1) ?? now,
      lines: lines.map(({ proposal, unitPrice }) => ({
        ...{ sku: proposal.sku, quantity: proposal.units, needKey: proposal.needKey },
        reasons: [...proposal.reasons],
        ...(proposal.needBy === undefined ? {} : { needBy: proposal.needBy }),
        ...(unitPrice === undefined ? {} : { unitPrice }),
      })),
    },
  };
  if (!approves) return [proposed];
  const approved: ReplenishmentFact = {
    name: 'replenishment.approved',
    data: { ...header, sequence: 2, approval: 'within-limit' },
  };
  return [proposed, approved];
}
