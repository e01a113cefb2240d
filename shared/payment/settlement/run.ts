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
  /** Keeps other amounts of an open difference, with the time since when it is open. */
  change(provider: string, difference: Difference): Promise<void>;
  /** Ends a difference. */
  resolve(provider: string, id: string, at: Instant): Promise<void>;
  keepRun(run: ReconciliationRun): Promise<void>;
  /** When lines of the provider were read last. */
  latestRun(provider: string): Promise<Instant | undefined>;
  /** Until when the payouts of the provider were read without a gap; undefined: never. */
  readUntil(provider: string): Promise<Instant | undefined>;
  setReadUntil(provider: string, until: Instant): Promise<void>;
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
    for (const { isNew, ...difference } of named) {
      if (isNew) await reconciliations.keep(provider, difference, at);
      // What is still owed changes with each part that is remitted.
      else if (difference.kind === 'short') await reconciliations.change(provider, difference);
    }
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

/** The days of which payouts are read again, before the day that was read last: some come late. */
const DAYS_AGAIN = 2;
/** The most days that are asked for at once. After an outage, what was read is remembered after each time. */
const DAYS_AT_ONCE = 7;
/** The days for which a closed order is looked at after its entries have to be settled. */
const DAYS_LOOKED = 3;

const CAUSE: Cause = { by: 'clock', reference: 'reconciliation' };

/**
 * A provider, and until when its payouts were read: before the run, and now. Undefined: they never were, or there is
 * nothing to read.
 */
interface Reading {
  readonly provider: BoundPaymentProvider;
  readonly before: Instant | undefined;
  readonly until: Instant | undefined;
}

/**
 * The daily run: reads the payouts of each provider that tells them, since those that were read before, books what
 * matches, and finds what a provider should have settled by now, once a day. A provider that fails does not stop the
 * others, and is late with nothing that it did not tell. Throws the first failure that is more than a missing answer,
 * at the end.
 */
export async function reconcileDaily(deps: DailyDeps) {
  const { reconciliations } = deps;
  const now = toInstant(deps.clock());
  const runs: ReconciliationRun[] = [];
  const failures: unknown[] = [];
  const readings: Reading[] = [];
  for (const provider of await deps.providers()) {
    const { code, settlements } = provider;
    const read = () => (settlements === undefined ? undefined : reconciliations.readUntil(code));
    const before = await read();
    try {
      if (settlements !== undefined)
        for await (const run of readPayouts(deps, provider, before)) runs.push(run);
    } catch (error) {
      failures.push(error);
      deps.onFailure(error, code);
    }
    readings.push({ provider, before, until: await read() });
  }
  const today = now.slice(0, 10);
  const isDone = await reconciliations.isDone(today);
  const missing = isDone ? 0 : await findMissing(deps, readings, now);
  if (!isDone && failures.length === 0) await reconciliations.setDone(today);
  const broken = failures.find((error) => !(error instanceof PartnerUnavailable));
  if (broken !== undefined) throw broken;
  const failed = failures.length;
  const all = (name: 'matched' | 'found' | 'resolved') => runs.reduce((sum, run) => sum + run[name], 0);
  return { matched: all('matched'), found: all('found') + missing, resolved: all('resolved'), failed };
}

/** Reads the payouts until today that were not read yet, and those of some days before again. */
async function* readPayouts(
  deps: DailyDeps,
  provider: BoundPaymentProvider,
  readBefore: Instant | undefined,
): AsyncIterable<ReconciliationRun> {
  const now = toInstant(deps.clock());
  const end = later(dayOf(now), dayMs);
  const yesterday = later(dayOf(now), -dayMs);
  const known = readBefore === undefined ? yesterday : dayOf(readBefore);
  for (let from = later(earliest(known, yesterday), -DAYS_AGAIN * dayMs); from < end; ) {
    const period = { from, to: earliest(end, later(from, DAYS_AT_ONCE * dayMs)) };
    const rows = (await provider.settlements?.(now, period)) ?? [];
    const given = { provider: provider.code, rows, cause: CAUSE, dryRun: false };
    if (rows.length > 0) yield (await reconcile(deps, given)).run;
    // A payout of today may still come.
    await deps.reconciliations.setReadUntil(provider.code, earliest(now, period.to));
    from = period.to;
  }
}

const earliest = (first: Instant, ...more: readonly Instant[]): Instant =>
  [first, ...more].toSorted().at(0) ?? first;

/** The beginning of the UTC day. */
const dayOf = (instant: Instant): Instant => `${instant.slice(0, 10)}T00:00:00.000Z`;

/** Keeps what no settlement has in time. Gives the number of new differences. */
async function findMissing(deps: DailyDeps, readings: readonly Reading[], now: Instant): Promise<number> {
  const deadlines = await deadlinesAt(deps, readings);
  if (deadlines.size === 0) return 0;
  const withinDays = readings.map(({ provider }) => provider.settledWithinDays ?? 0);
  // After an outage, the orders that were to be looked at meanwhile are looked at now.
  const looked = earliest(now, ...readings.flatMap(({ before }) => before ?? []));
  const since = later(looked, -(Math.max(...withinDays) + DAYS_LOOKED) * dayMs);
  let found = 0;
  for await (const orderIds of deps.ordersSince(since)) {
    const overdue = await findOverdue(deps, { orderIds, deadlines, cause: CAUSE });
    for (const { provider, ...difference } of overdue)
      if (await deps.reconciliations.keep(provider, difference, now)) found += 1;
  }
  return found;
}

/**
 * By when each provider must have settled an entry: its time before the payouts that were read last. A provider that
 * settles by files is late only with what a file that was read since should have: a merchant who gives no files gets no
 * report of missing money.
 */
async function deadlinesAt(
  { reconciliations }: DailyDeps,
  readings: readonly Reading[],
): Promise<ReadonlyMap<string, Deadline>> {
  const deadlines = new Map<string, Deadline>();
  for (const { provider, until } of readings) {
    const { code, settledWithinDays: days, settlements, holdsContested } = provider;
    if (days === undefined) continue;
    const read = settlements === undefined ? await reconciliations.latestRun(code) : until;
    if (read === undefined) continue;
    deadlines.set(code, { before: later(read, -days * dayMs), ...defined({ holdsContested }) });
  }
  return deadlines;
}
