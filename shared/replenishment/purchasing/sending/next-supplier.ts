import type { Instant } from '../../../kernel/time.ts';
import type { RatesStore } from '../../../rates/index.ts';
import type { Proposal } from '../check-proposals.ts';
import { chooseSuppliers } from '../choose-suppliers.ts';
import { comparePrices } from '../compare-prices.ts';
import type { OrderState } from '../order-state.ts';
import { placeProposals } from '../place-proposals.ts';
import type { OrderStore, SupplierStore } from '../ports.ts';
import { unitsInYear } from '../units-in-year.ts';

/** A run that asks the next supplier has the number of the order before it in its name. */
const RUN = 'next-supplier:';
/** Suppliers that are asked in turn for the same need, at most. */
const MAX_SUPPLIERS = 10;

interface NextDeps {
  readonly orders: Pick<OrderStore, 'load' | 'coverOf' | 'place' | 'page'>;
  readonly rates: Pick<RatesStore, 'current'>;
  readonly suppliers: Pick<SupplierStore, 'find' | 'all' | 'outcomesOf' | 'settings'>;
}

/**
 * What other suppliers are to be asked for in place of this order: those that were asked before it for the same need
 * are left out. Undefined where the others can't deliver all of it. A share limit counts the units that were ordered in
 * the year before. Prices in another currency are compared by the rates of today, and left out where there is none.
 */
export async function nextProposals(
  deps: NextDeps,
  order: OrderState,
  now: Instant,
): Promise<readonly Proposal[] | undefined> {
  const asked = await suppliersAsked(deps, order);
  const others = (await deps.suppliers.all()).filter(
    ({ supplierId, offers }) =>
      !asked.has(supplierId) && offers.some(({ sku }) => order.lines.some((line) => line.sku === sku)),
  );
  const outcomes = new Map(
    await Promise.all(
      others.map(
        async ({ supplierId }) => [supplierId, await deps.suppliers.outcomesOf(supplierId)] as const,
      ),
    ),
  );
  const limited = others.some(({ shareLimitPercent }) => shareLimitPercent < 100);
  const skus = new Set(order.lines.map(({ sku }) => sku));
  const except = order.replenishmentOrderId;
  const [units, rates] = await Promise.all([
    // Without a limit, nothing depends on them.
    limited ? unitsInYear(deps, { skus, except, now }) : undefined,
    deps.rates.current(),
  ]);
  const proposals: Proposal[] = [];
  for (const { sku, open, unitPrice, needKey } of order.lines) {
    if (open === 0 || unitPrice === undefined) continue;
    const { comparable, rateText } = comparePrices(unitPrice.currency, { rates, now });
    const { allotments, unplaced } = chooseSuppliers(
      { sku, units: open, needBy: order.expectedAt.slice(0, 10) },
      {
        ...{ suppliers: others, now, comparable, unitsOrdered: units?.get(sku) ?? new Map() },
        outcomesOf: (supplierId) => outcomes.get(supplierId) ?? [],
      },
    );
    if (unplaced > 0) return undefined;
    for (const [index, { supplierId, units, unitPrice: price }] of allotments.entries()) {
      const rate = rateText(price);
      proposals.push({
        ...{ kind: 'purchase', supplierId, sku, warehouseId: order.warehouseId, units, needKey },
        ...{ part: index + 1, needBy: order.expectedAt.slice(0, 10) },
        reasons: [
          `next-supplier: after ${order.replenishmentOrderId}`,
          ...(rate === undefined ? [] : [rate]),
        ],
      });
    }
  }
  return proposals.length === 0 ? undefined : proposals;
}

/**
 * Orders from the next supplier what a cancelled order was to bring. The need has the name that it had then: an order
 * that somebody else placed meanwhile covers it. A repeat finds the orders that it made.
 */
export async function orderFromNext(deps: NextDeps, order: OrderState, now: Instant): Promise<void> {
  const proposals = await nextProposals(deps, order, now);
  if (proposals === undefined) return;
  const run = { runId: `${RUN}${order.replenishmentOrderId}`, by: 'clock', now } as const;
  await placeProposals(deps, run, proposals);
}

async function suppliersAsked({ orders }: NextDeps, order: OrderState): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  let earlier: OrderState | undefined = order;
  while (earlier !== undefined && asked.size < MAX_SUPPLIERS) {
    if (earlier.supplierId !== undefined) asked.add(earlier.supplierId);
    const { runId }: OrderState = earlier;
    earlier = runId.startsWith(RUN) ? (await orders.load(runId.slice(RUN.length)))?.state : undefined;
  }
  return asked;
}
