import { invariant } from '../../kernel/invariant.ts';
import type { Instant } from '../../kernel/time.ts';
import { TooManyWriters } from '../../kernel/too-many-writers.ts';
import {
  type Checked,
  checkProposal,
  type Group,
  groupsOf,
  type Proposal,
  type ProposalRefusal,
  suppliersOf,
} from './check-proposals.ts';
import { orderIdOfRequest, orderIdOfRun } from './order-id.ts';
import { type OrderStatus, orderStateOf } from './order-state.ts';
import type { Cover, OpenCover, OrderRequest, OrderStore, SupplierStore } from './ports.ts';
import { proposedFacts, totalOf } from './proposed-facts.ts';
import { approvesItself } from './settings.ts';

/** What became of a proposal. */
export type ProposalOutcome =
  | { readonly outcome: 'placed'; readonly replenishmentOrderId: string; readonly status: OrderStatus }
  /** Open orders cover the need already, or another proposal of this run does. */
  | { readonly outcome: 'covered'; readonly by: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: ProposalRefusal }
  /** Another line of the request was refused; or the run has ordered already, without it: the next run may. */
  | { readonly outcome: 'not-placed' };

export interface PlaceDeps {
  readonly orders: Pick<OrderStore, 'load' | 'coverOf' | 'place'>;
  readonly suppliers: Pick<SupplierStore, 'find' | 'settings'>;
}

/** Who proposes, and when. */
export interface ProposingRun {
  /** The same for every repeat of the run. */
  readonly runId: string;
  readonly by: 'run' | 'operator' | 'clock';
  readonly now: Instant;
  readonly request?: OrderRequest;
  readonly operator?: string;
}

const MAX_ATTEMPTS = 5;

/**
 * Turns proposals into orders: one for each supplier, warehouse and currency, and one for each pair of warehouses.
 *
 * It may be repeated with the same proposals: the ids of its orders are derived from the run, and an order that is
 * there is given as it is. A need for which an order is open is not ordered again, whichever rule or run proposes it:
 * only a proposal whose `needKey` names the open orders is ordered on top of them. Outcomes are in the order of the
 * proposals. Throws where the stores do, and TooManyWriters.
 */
export async function placeProposals(
  deps: PlaceDeps,
  run: ProposingRun,
  proposals: readonly Proposal[],
): Promise<ProposalOutcome[]> {
  const outcomes = new Map<Proposal, ProposalOutcome>();
  const suppliers = await suppliersOf(deps.suppliers, proposals);
  const checked: Checked[] = [];
  for (const proposal of proposals) {
    const result = checkProposal(proposal, suppliers, run.now);
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
    const isTwice = lines.findIndex((each) => each.proposal.sku === proposal.sku) < index;
    const by = coveredBy(cover.open, { counted: line.counted, runId: run.runId, part });
    // Two rules propose the same: the first line stands for both.
    if (isTwice) outcomes.push([proposal, { outcome: 'covered', by: [replenishmentOrderId] }]);
    else if (known !== undefined && inOrder.has(proposal.sku))
      outcomes.push([proposal, { outcome: 'placed', replenishmentOrderId, status: known.state.status }]);
    else if (by.length > 0) outcomes.push([proposal, { outcome: 'covered', by }]);
    else if (known !== undefined) outcomes.push([proposal, { outcome: 'not-placed' }]);
    else wanted.push({ line, cover });
  }
  if (wanted.length === 0) return outcomes;
  if (run.request !== undefined && outcomes.some(([, { outcome }]) => outcome === 'covered'))
    return [...outcomes, ...wanted.map(({ line }) => [line.proposal, { outcome: 'not-placed' }] as const)];
  const facts = proposedFacts(run, {
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
