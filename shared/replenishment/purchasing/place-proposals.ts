import { MAX_ORDER_LINES, type ReplenishmentFact } from '../../../events/replenishment.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { MoneyJson } from '../../kernel/money.ts';
import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import { readNeedKey } from './need-key.ts';
import { type OrderOfRun, orderIdOfRequest, orderIdOfRun } from './order-id.ts';
import { type OrderStatus, orderStateOf } from './order-state.ts';
import type { Cover, OpenCover, OrderRequest, OrderStore, SupplierStore } from './ports.ts';
import { approvesItself } from './settings.ts';
import { missingCertificates, offerOf, type Supplier, unitPriceOf } from './supplier.ts';

interface ProposedUnits {
  readonly sku: string;
  /** The warehouse that needs the units. */
  readonly warehouseId: string;
  readonly units: number;
  /** The day on which they have to be there, UTC. */
  readonly needBy?: string;
  readonly reasons: readonly string[];
  /** From `needKeyOf`: the SKU, the warehouse, and the open orders that were counted. */
  readonly needKey: string;
  /** From 1. A need that is divided between suppliers has a proposal for each, with a number each. */
  readonly part?: number;
}

/** A wish of a run or of a person: units of a SKU for a warehouse, from a supplier or from another warehouse. */
export type Proposal = ProposedUnits &
  (
    | { readonly kind: 'purchase'; readonly supplierId: string }
    | {
        readonly kind: 'transfer';
        readonly fromWarehouseId: string;
        /** When the units arrive, by the lane between the warehouses. */
        readonly expectedAt: Instant;
      }
  );

export type ProposalRefusal =
  | 'unknown-supplier'
  | 'supplier-down'
  | 'certificate'
  | 'not-offered'
  | 'unorderable-quantity'
  | 'need-key'
  | 'same-warehouse'
  | 'other-currency';

/** What became of a proposal. */
export type ProposalOutcome =
  | { readonly outcome: 'placed'; readonly replenishmentOrderId: string; readonly status: OrderStatus }
  /** Open orders cover the need already, or another proposal of this run does. */
  | { readonly outcome: 'covered'; readonly by: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: ProposalRefusal }
  /** Another line of the same request was refused. */
  | { readonly outcome: 'not-placed' };

export interface PlaceDeps {
  readonly orders: Pick<OrderStore, 'load' | 'coverOf' | 'place'>;
  readonly suppliers: Pick<SupplierStore, 'find' | 'settings'>;
}

/** Who proposes, and when. */
export interface ProposingRun {
  /** The same for every repeat of the run. */
  readonly runId: string;
  readonly by: 'run' | 'operator';
  readonly now: Instant;
  readonly request?: OrderRequest;
  readonly operator?: string;
}

const MAX_ATTEMPTS = 5;

/**
 * Turns proposals into orders: one for each supplier, warehouse and currency, and one for each pair of warehouses.
 *
 * It may be repeated with the same proposals: the ids of its orders are derived from the run, and an order that is
 * there is given as it is. A need for which an order is open is ordered once, however often it is proposed, by whichever
 * rule or run: only a proposal whose `needKey` names the open orders orders on top of them. Outcomes are in the order of
 * the proposals. Throws where the stores do, and TooManyWriters.
 */
export async function placeProposals(
  deps: PlaceDeps,
  run: ProposingRun,
  proposals: readonly Proposal[],
): Promise<ProposalOutcome[]> {
  const outcomes = new Map<Proposal, ProposalOutcome>();
  const suppliers = await suppliersOf(deps, proposals);
  const checked: Checked[] = [];
  for (const proposal of proposals) {
    const result = check(proposal, suppliers, run);
    if (typeof result === 'string') outcomes.set(proposal, { outcome: 'refused', reason: result });
    else checked.push(result);
  }
  const groups = groupsOf(checked, run.runId);
  if (run.request !== undefined) {
    // A person gets the order that was asked for, or none.
    for (const { proposal } of groups.slice(1).flatMap(({ lines }) => lines))
      outcomes.set(proposal, { outcome: 'refused', reason: 'other-currency' });
    if (outcomes.size > 0)
      return proposals.map((proposal) => outcomes.get(proposal) ?? { outcome: 'not-placed' });
  }
  for (const group of groups) {
    const id = run.request === undefined ? orderIdOfRun(group.order) : orderIdOfRequest(run.request.key);
    for (const [proposal, outcome] of await placeGroup(deps, run, { ...group, replenishmentOrderId: id }))
      outcomes.set(proposal, outcome);
  }
  return proposals.map((proposal) => {
    const outcome = outcomes.get(proposal);
    invariant(outcome !== undefined, 'every proposal has an outcome');
    return outcome;
  });
}

interface Checked {
  readonly proposal: Proposal;
  readonly part: number;
  readonly counted: ReadonlySet<string>;
  readonly unitPrice?: MoneyJson;
  readonly expectedAt: Instant;
}

async function suppliersOf(
  { suppliers }: PlaceDeps,
  proposals: readonly Proposal[],
): Promise<ReadonlyMap<string, Supplier>> {
  const ids = new Set(proposals.flatMap((each) => (each.kind === 'purchase' ? [each.supplierId] : [])));
  const found = await Promise.all([...ids].map((supplierId) => suppliers.find(supplierId)));
  return new Map(found.flatMap((each) => (each === undefined ? [] : [[each.supplierId, each]])));
}

function check(
  proposal: Proposal,
  suppliers: ReadonlyMap<string, Supplier>,
  { now }: ProposingRun,
): Checked | ProposalRefusal {
  const need = readNeedKey(proposal.needKey);
  if (need === undefined || need.sku !== proposal.sku || need.warehouseId !== proposal.warehouseId)
    return 'need-key';
  const common = { proposal, part: proposal.part ?? 1, counted: new Set(need.countedOrderIds) };
  if (proposal.kind === 'transfer')
    return proposal.fromWarehouseId === proposal.warehouseId
      ? 'same-warehouse'
      : { ...common, expectedAt: proposal.expectedAt };
  const supplier = suppliers.get(proposal.supplierId);
  if (supplier === undefined) return 'unknown-supplier';
  const offer = offerOf(supplier, proposal.sku);
  if (offer === undefined) return 'not-offered';
  if (supplier.status === 'down') return 'supplier-down';
  if (missingCertificates(supplier, now.slice(0, 10)).length > 0) return 'certificate';
  if (proposal.units % offer.casePack !== 0 || proposal.units < offer.minimumUnits)
    return 'unorderable-quantity';
  return {
    ...common,
    unitPrice: unitPriceOf(offer, proposal.units),
    expectedAt: later(now, offer.leadTimeDays * dayMs),
  };
}

interface Group {
  readonly order: OrderOfRun;
  readonly lines: readonly Checked[];
}

function groupsOf(checked: readonly Checked[], runId: string): Group[] {
  const byOrder = Map.groupBy(checked, ({ proposal, unitPrice }) => {
    const { kind, warehouseId } = proposal;
    const from = proposal.kind === 'purchase' ? proposal.supplierId : proposal.fromWarehouseId;
    return JSON.stringify([kind, from, warehouseId, unitPrice?.currency]);
  });
  return [...byOrder.values()].flatMap((lines) => {
    const [first] = lines;
    if (first === undefined) return [];
    const { proposal, unitPrice } = first;
    const { kind, warehouseId } = proposal;
    const from = proposal.kind === 'purchase' ? proposal.supplierId : proposal.fromWarehouseId;
    const order = { runId, kind, from, warehouseId, currency: unitPrice?.currency };
    const parts: Group[] = [];
    for (let begin = 0; begin < lines.length; begin += MAX_ORDER_LINES)
      parts.push({
        order: { ...order, part: parts.length },
        lines: lines.slice(begin, begin + MAX_ORDER_LINES),
      });
    return parts;
  });
}

type Outcomes = readonly (readonly [Proposal, ProposalOutcome])[];

type NamedGroup = Group & { readonly replenishmentOrderId: string };

async function placeGroup(deps: PlaceDeps, run: ProposingRun, group: NamedGroup): Promise<Outcomes> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const outcomes = await tryToPlace(deps, run, group);
    if (outcomes !== undefined) return outcomes;
  }
  throw new TooManyWriters('a replenishment order');
}

/** Undefined where somebody else wrote an order for one of the needs meanwhile. */
async function tryToPlace(
  { orders, suppliers }: PlaceDeps,
  run: ProposingRun,
  { order, lines, replenishmentOrderId }: NamedGroup,
): Promise<Outcomes | undefined> {
  const known = await orders.load(replenishmentOrderId);
  const inOrder = new Set(known?.state.lines.map(({ sku }) => sku));
  const places = lines.map(({ proposal: { sku, warehouseId } }) => ({ sku, warehouseId }));
  const covers = await orders.coverOf(places);
  const outcomes: (readonly [Proposal, ProposalOutcome])[] = [];
  const wanted: { line: Checked; cover: Cover }[] = [];
  for (const [index, line] of lines.entries()) {
    const { proposal, part } = line;
    const cover = covers[index];
    invariant(cover !== undefined, 'every place has a cover');
    const isTwice = wanted.some(({ line: { proposal: other } }) => other.sku === proposal.sku);
    if (known !== undefined && inOrder.has(proposal.sku)) {
      const { status } = known.state;
      outcomes.push([proposal, { outcome: 'placed', replenishmentOrderId, status }]);
      continue;
    }
    const by = coveredBy(cover.open, { counted: line.counted, runId: run.runId, part });
    if (by.length > 0) outcomes.push([proposal, { outcome: 'covered', by }]);
    // The run has placed this order before, without the line: the next run orders it if it is still needed.
    else if (isTwice || known !== undefined)
      outcomes.push([proposal, { outcome: 'covered', by: [replenishmentOrderId] }]);
    else wanted.push({ line, cover });
  }
  if (wanted.length === 0) return outcomes;
  if (run.request !== undefined && outcomes.some(([, { outcome }]) => outcome === 'covered'))
    return [...outcomes, ...wanted.map(({ line }) => [line.proposal, { outcome: 'not-placed' }] as const)];
  const facts = factsOf(run, {
    ...{ order, replenishmentOrderId, lines: wanted.map(({ line }) => line) },
    approves: approvesItself(await suppliers.settings(), { kind: order.kind, total: totalOf(wanted) }),
  });
  const state = orderStateOf(facts);
  const { request, operator } = run;
  const step = {
    facts,
    ...(request === undefined ? {} : { request }),
    ...(operator === undefined ? {} : { operator }),
  };
  const written = await orders.place({
    ...{ step, state },
    covers: wanted.map(({ line: { proposal, part }, cover }) => ({
      place: { sku: proposal.sku, warehouseId: proposal.warehouseId },
      ...{ part, cover },
    })),
  });
  if (written === 'conflict') return undefined;
  const placed = { outcome: 'placed', replenishmentOrderId, status: state.status } as const;
  return [...outcomes, ...wanted.map(({ line }) => [line.proposal, placed] as const)];
}

/** The open orders that were not counted. Another part of the same need, in the same run, covers nothing of it. */
const coveredBy = (
  open: readonly OpenCover[],
  { counted, runId, part }: { counted: ReadonlySet<string>; runId: string; part: number },
): string[] =>
  open.flatMap((each) =>
    counted.has(each.replenishmentOrderId) || (each.runId === runId && each.part !== part)
      ? []
      : [each.replenishmentOrderId],
  );

function totalOf(wanted: readonly { readonly line: Checked }[]): MoneyJson | undefined {
  let total: MoneyJson | undefined;
  for (const { line } of wanted) {
    if (line.unitPrice === undefined) return undefined;
    const { amount, currency } = line.unitPrice;
    total = { amount: (total?.amount ?? 0) + amount * line.proposal.units, currency };
  }
  return total;
}

function factsOf(
  { runId, by, now }: ProposingRun,
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
