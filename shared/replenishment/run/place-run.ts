import type { CalendarDate, Instant } from '../../kernel/time.ts';
import type { Proposal } from '../purchasing/check-proposals.ts';
import { type PlaceDeps, placeProposals } from '../purchasing/place-proposals.ts';
import { settleSwitches } from './channels/settle-switches.ts';
import { type LimitDeps, limitRun } from './limits/limit-run.ts';
import type { Counted, RunDeps, RunFiles } from './ports.ts';
import { type ProposedNeed, proposedNeedSchema } from './proposed-need.ts';
import { type ReplenishmentRun, runIdOf } from './replenishment-run.ts';
import { type StockoutDeps, settleStockouts } from './settle-stockouts.ts';

export interface PlacingDeps extends RunDeps, PlaceDeps, Omit<StockoutDeps, 'files' | 'orders'> {
  readonly orders: PlaceDeps['orders'] & StockoutDeps['orders'];
  readonly files: RunFiles;
  readonly limits: LimitDeps;
  /** Needs of a chunk; 200 unless a test says otherwise. */
  readonly chunkSize?: number;
}

/** Each supplier's needs are together, so that an order has many lines. */
const CHUNK_SIZE = 200;
/** A chunk takes seconds. With less time left, the next message goes on. */
const ENOUGH_MS = 60_000;

/**
 * Brings what the batches of a run want to order within its limits, places it chunk by chunk, and then brings the early
 * warnings in line.
 * The chunks are the same in each repeat, the ids of their orders follow from the run and the chunk, and each need
 * names the open orders that were counted: so a repeat places nothing twice. `remainingMs` says how long there is
 * time; `attempt` names the files of this try. `more`: another message has to go on.
 */
export async function placeRun(
  deps: PlacingDeps,
  day: CalendarDate,
  { remainingMs, attempt }: { readonly remainingMs: () => number; readonly attempt: string },
): Promise<'placed' | 'more' | 'known'> {
  const run = await limitedRun(deps, day, attempt);
  if (run?.state !== 'placing' || run.folder === undefined || run.needsKey === undefined) return 'known';
  const chunks = await chunksOf(deps, run.needsKey);
  for (let chunk = run.counts.chunksPlaced ?? 0; chunk < chunks.length; chunk += 1) {
    if (remainingMs() < ENOUGH_MS) return 'more';
    const counted = await placeChunk(deps, run, { chunk, needs: chunks[chunk] ?? [] });
    await deps.runs.chunkPlaced(day, chunk, { ...counted, chunksPlaced: 1 });
  }
  if (remainingMs() < ENOUGH_MS) return 'more';
  await settleStockouts(deps, run.folder);
  await settleSwitches(deps, run.folder);
  const endedAt = deps.clock().toISOString();
  const ended = await deps.runs.move(day, 'placing', { state: 'done', endedAt, chunks: chunks.length });
  return ended ? 'placed' : 'known';
}

/** The run, once its needs are within its limits. */
async function limitedRun(
  deps: PlacingDeps,
  day: CalendarDate,
  attempt: string,
): Promise<ReplenishmentRun | undefined> {
  const run = await deps.runs.load(day);
  if (run?.state !== 'limiting' || run.folder === undefined) return run;
  await limitRun(deps, { ...run, folder: run.folder }, attempt);
  return deps.runs.load(day);
}

async function chunksOf(
  { files, chunkSize = CHUNK_SIZE }: PlacingDeps,
  needsKey: string,
): Promise<readonly (readonly ProposedNeed[])[]> {
  const all = (await files.read(needsKey)).map((line) => proposedNeedSchema.parse(line));
  // What the limits took whole has nothing to place.
  const needs = all.filter(({ from, transfers }) => from.length + transfers.length > 0).sort(bySupplier);
  const count = Math.ceil(needs.length / chunkSize);
  return Array.from({ length: count }, (_, at) => needs.slice(at * chunkSize, (at + 1) * chunkSize));
}

function bySupplier(a: ProposedNeed, b: ProposedNeed): number {
  const keyOf = ({ from, transfers, warehouseId, sku }: ProposedNeed) => [
    ...[from[0]?.supplierId ?? '', transfers[0]?.fromWarehouseId ?? '', warehouseId, sku],
  ];
  const [first, second] = [keyOf(a), keyOf(b)];
  const at = first.findIndex((each, index) => each !== second[index]);
  return at < 0 ? 0 : (first[at] ?? '') < (second[at] ?? '') ? -1 : 1;
}

async function placeChunk(
  deps: PlacingDeps,
  run: ReplenishmentRun,
  { chunk, needs }: { readonly chunk: number; readonly needs: readonly ProposedNeed[] },
): Promise<Counted> {
  const now = deps.clock().toISOString();
  const proposals = needs.flatMap((need) => proposalsOf(need, now));
  const outcomes = await placeProposals(
    deps,
    { runId: `${runIdOf(run)}.${chunk}`, by: 'run', now },
    proposals,
  );
  const placed = outcomes.flatMap((each) => (each.outcome === 'placed' ? [each] : []));
  const orders = new Map(placed.map(({ replenishmentOrderId, status }) => [replenishmentOrderId, status]));
  const countOf = (outcome: (typeof outcomes)[number]['outcome']) =>
    outcomes.filter((each) => each.outcome === outcome).length;
  const moved = outcomes.filter(
    ({ outcome }, at) => outcome === 'placed' && proposals[at]?.kind === 'transfer',
  );
  return {
    linesPlaced: placed.length,
    linesMoved: moved.length,
    linesCovered: countOf('covered'),
    linesRefused: countOf('refused') + countOf('not-placed'),
    orders: orders.size,
    ordersApproved: [...orders.values()].filter((status) => status !== 'proposed').length,
  };
}

function proposalsOf({ from, transfers, needBy, ...need }: ProposedNeed, now: Instant): Proposal[] {
  const { sku, warehouseId, needKey, reasons } = need;
  const common = { sku, warehouseId, needKey, reasons, ...(needBy === undefined ? {} : { needBy }) };
  return [
    ...from.map(({ supplierId, units }, index) => ({
      ...{ ...common, kind: 'purchase' as const, supplierId, units, part: index + 1 },
    })),
    ...transfers.map(({ fromWarehouseId, units, expectedOn }, index) => ({
      ...{ ...common, kind: 'transfer' as const, fromWarehouseId, units, part: from.length + index + 1 },
      expectedAt: [`${expectedOn}T00:00:00.000Z`, now].toSorted().at(-1) ?? now,
    })),
  ];
}
