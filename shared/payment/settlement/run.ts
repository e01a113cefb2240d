import type { Cause } from '../../../events/envelope.ts';
import { defined } from '../../kernel/defined.ts';
import { dayMs, type Instant, later, toInstant } from '../../kernel/time.ts';
import { PartnerUnavailable } from '../../partners/send.ts';
import type { ActOnOrder } from '../../timeline/index.ts';
import type { BoundPaymentProvider } from '../provider.ts';
import type { SettlementRow } from '../settlement-row.ts';
import type { Deadline } from './decide-on-rows.ts';
import { type Difference, findOverdue, type Reconciled, reconcileRows } from './reconcile.ts';

/** One run of reconciliation with one provider, as it is kept. */
export interface ReconciliationRun {
  readonly provider: string;
  readonly at: Instant;
  readonly matched: number;
  readonly repeated: number;
  readonly others: number;
  /** Differences that this run found first. */
  readonly found: number;
  /** Differences of earlier runs that are over. */
  readonly resolved: number;
}

/** Keeps the differences that are open, and what each run did. */
export interface Reconciliations {
  /** The ids of the provider's open differences. */
  openIds(provider: string): Promise<ReadonlySet<string>>;
  /** Keeps a difference. False if it was kept before. */
  keep(provider: string, difference: Difference, at: Instant): Promise<boolean>;
  /** Ends a difference. */
  resolve(provider: string, id: string, at: Instant): Promise<void>;
  keepRun(run: ReconciliationRun): Promise<void>;
  /** When lines of the provider were read last. */
  latestRun(provider: string): Promise<Instant | undefined>;
  /** Whether the orders of that UTC day were looked at for what is missing. */
  isDone(day: string): Promise<boolean>;
  setDone(day: string): Promise<void>;
}

export interface ReconcileDeps extends ActOnOrder {
  readonly reconciliations: Reconciliations;
}

/** What a run found, and which of its differences are new. */
export interface RunResult {
  readonly run: ReconciliationRun;
  readonly differences: readonly (Difference & { readonly isNew: boolean })[];
}

/**
 * Reconciles lines of a provider, from its API or from a file, and keeps what differs: each difference is new once, and
 * not if its line comes again. One whose line is right now is over. A dry run writes nothing.
 */
export async function reconcile(
  deps: ReconcileDeps,
  given: {
    readonly provider: string;
    readonly rows: readonly SettlementRow[];
    readonly cause: Cause;
    readonly dryRun: boolean;
  },
): Promise<RunResult> {
  const { reconciliations } = deps;
  const { provider, dryRun } = given;
  const before = await reconciliations.openIds(provider);
  const result = await reconcileRows(deps, given);
  return keepResult(deps, { provider, dryRun, before, result });
}

async function keepResult(
  { reconciliations, clock }: ReconcileDeps,
  {
    provider,
    dryRun,
    before,
    result,
  }: {
    readonly provider: string;
    readonly dryRun: boolean;
    readonly before: ReadonlySet<string>;
    readonly result: Reconciled;
  },
): Promise<RunResult> {
  const at = toInstant(clock());
  const { matched, repeated, others, differences } = result;
  const over = [...new Set(result.right)].filter((id) => before.has(id));
  const seen = new Set(before);
  const named = differences.map((difference) => {
    const isNew = !seen.has(difference.id);
    seen.add(difference.id);
    return { ...difference, isNew };
  });
  if (!dryRun) {
    for (const { isNew, ...difference } of named)
      if (isNew) await reconciliations.keep(provider, difference, at);
    for (const id of over) await reconciliations.resolve(provider, id, at);
  }
  const found = named.filter(({ isNew }) => isNew).length;
  const run = { provider, at, matched, repeated, others, found, resolved: over.length };
  if (!dryRun) await reconciliations.keepRun(run);
  return { run, differences: named };
}

export interface DailyDeps extends ReconcileDeps {
  /** The providers that have settings here. */
  readonly providers: () => Promise<readonly BoundPaymentProvider[]>;
  /** The orders that are open, and those that were closed since, some at a time. */
  readonly ordersSince: (since: Instant) => AsyncIterable<readonly string[]>;
  readonly onFailure: (error: unknown, provider: string) => void;
}

/** Payouts of these days are read in each run, so that a run that failed is made good by the next ones. */
const DAYS_READ = 4;
/** The days for which a closed order is looked at after its entries have to be settled. */
const DAYS_LOOKED = 3;

const CAUSE: Cause = { by: 'clock', reference: 'reconciliation' };

/**
 * The daily run: reads the payouts of the last days of each provider that tells them, books what matches, and finds
 * what a provider should have settled by now, once a day. A provider that fails does not stop the others. Throws the
 * first failure that is more than a missing answer, at the end.
 */
export async function reconcileDaily(deps: DailyDeps) {
  const now = toInstant(deps.clock());
  const to = later(`${now.slice(0, 10)}T00:00:00.000Z`, dayMs);
  const period = { from: later(to, -DAYS_READ * dayMs), to };
  const providers = await deps.providers();
  const runs: ReconciliationRun[] = [];
  const failures: unknown[] = [];
  for (const provider of providers) {
    if (provider.settlements === undefined) continue;
    try {
      const rows = await provider.settlements(now, period);
      const given = { provider: provider.code, rows, cause: CAUSE, dryRun: false };
      if (rows.length > 0) runs.push((await reconcile(deps, given)).run);
    } catch (error) {
      failures.push(error);
      deps.onFailure(error, provider.code);
    }
  }
  const today = now.slice(0, 10);
  const isDone = await deps.reconciliations.isDone(today);
  const missing = isDone ? 0 : await findMissing(deps, providers, now);
  if (!isDone) await deps.reconciliations.setDone(today);
  const broken = failures.find((error) => !(error instanceof PartnerUnavailable));
  if (broken !== undefined) throw broken;
  const failed = failures.length;
  const all = (name: 'matched' | 'found' | 'resolved') => runs.reduce((sum, run) => sum + run[name], 0);
  return { matched: all('matched'), found: all('found') + missing, resolved: all('resolved'), failed };
}

/** Keeps what no settlement has in time. Gives the number of new differences. */
async function findMissing(
  deps: DailyDeps,
  providers: readonly BoundPaymentProvider[],
  now: Instant,
): Promise<number> {
  const deadlines = await deadlinesAt(deps, providers, now);
  if (deadlines.size === 0) return 0;
  const withinDays = providers.map(({ settledWithinDays = 0 }) => settledWithinDays);
  const since = later(now, -(Math.max(...withinDays) + DAYS_LOOKED) * dayMs);
  let found = 0;
  for await (const orderIds of deps.ordersSince(since)) {
    const overdue = await findOverdue(deps, { orderIds, deadlines, cause: CAUSE });
    for (const { provider, ...difference } of overdue)
      if (await deps.reconciliations.keep(provider, difference, now)) found += 1;
  }
  return found;
}

/**
 * By when each provider must have settled an entry. A provider that settles by files is late only with what a file that
 * was read since should have: a merchant who gives no files gets no report of missing money.
 */
async function deadlinesAt(
  { reconciliations }: DailyDeps,
  providers: readonly BoundPaymentProvider[],
  now: Instant,
): Promise<ReadonlyMap<string, Deadline>> {
  const deadlines = new Map<string, Deadline>();
  for (const { code, settledWithinDays: days, settlements, holdsContested } of providers) {
    if (days === undefined) continue;
    const read = settlements === undefined ? await reconciliations.latestRun(code) : now;
    if (read === undefined) continue;
    deadlines.set(code, { before: later(read, -days * dayMs), ...defined({ holdsContested }) });
  }
  return deadlines;
}
