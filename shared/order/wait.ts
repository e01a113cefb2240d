import type { Fact, FactName } from '../../events/all-events.ts';
import type { WorkStep } from '../../events/work.ts';
import { defined } from '../kernel/defined.ts';
import { type Instant, later } from '../kernel/time.ts';
import { DESCRIBING } from '../timeline/index.ts';

/** What is repeated when it is late: by the function that owns the step, or by the sweep itself. */
export type DueStep = WorkStep | 'erasure';

/** One thing that must happen to an order, by when, and the step that repeats the work for it. */
export interface Deadline {
  /** Names the subject that waits: `payment`, `money`, `parcel:par_…`. The same subject always has the same key. */
  readonly key: string;
  /** Undefined if only a person can act. */
  readonly step: DueStep | undefined;
  /** When the work is late. The sweeper looks at the order then. */
  readonly dueAt: Instant;
  /** When it is reported. This is later for a payment, because the shopper may use the whole time of the method. */
  readonly overdueFrom: Instant;
  readonly waitingFor: string;
  /** The number of the fact since which the subject waits. */
  readonly since: number;
  /** The parcel that waits; absent where the whole order does. */
  readonly parcelId?: string;
  /** The fact that reports it once it is late. */
  readonly reportedBy: 'order.overdue' | 'parcel.promise_broken';
}

/** How long a subject may wait for something. */
export interface Wait {
  readonly waitMs: number;
  readonly step: DueStep | undefined;
  readonly waitingFor: string;
}

/** The deadline of a subject that waits since the fact was recorded. */
export function deadlineSince(
  { recordedAt, sequence }: Fact,
  { waitMs, ...wait }: Wait,
  { key, parcelId }: { readonly key: string; readonly parcelId?: string },
): Deadline {
  const dueAt = later(recordedAt, waitMs);
  return {
    key,
    ...wait,
    dueAt,
    overdueFrom: dueAt,
    since: sequence,
    ...defined({ parcelId }),
    reportedBy: 'order.overdue',
  };
}

/** Whether the fact moves its subject on. */
export const isMove = ({ name }: Fact): boolean => !DESCRIBING.has(name);

/** The facts about one parcel that moved it, oldest first. */
export function movesOf(facts: readonly Fact[], parcelId: string): Fact[] {
  return facts.filter((fact) => 'parcelId' in fact.data && fact.data.parcelId === parcelId && isMove(fact));
}

/** The fact with the highest number; undefined if there is none. */
export function latestOf(...facts: readonly (Fact | undefined)[]): Fact | undefined {
  return facts.reduce(
    (latest, fact) =>
      latest === undefined || (fact !== undefined && fact.sequence > latest.sequence) ? fact : latest,
    undefined,
  );
}

/** The latest fact with one of the names. */
export function lastOf(facts: readonly Fact[], ...names: readonly FactName[]): Fact | undefined {
  return facts.findLast(({ name }) => names.includes(name));
}
