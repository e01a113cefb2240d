import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import type { WorkStep } from '../../events/work.ts';
import { defined } from '../kernel/defined.ts';
import { type ActOnOrder, actOnOrder, type Decided } from '../timeline/index.ts';
import { type Deadline, deadlinesOf } from './deadline.ts';
import { reportsOf } from './overdue-report.ts';

/** A step that fails at every repeat. */
interface BlockedStep {
  readonly step: WorkStep;
  /** What must be repaired, in codes, never with personal data. */
  readonly reason: string;
}

/**
 * Marks an order for attention when one of its steps fails at every repeat: a partner has no settings, or
 * accepts none of our calls. Each reason is recorded once until what waits for the step moves on. It names the parcel
 * if only one waits for the step. Nothing is written for an order that does not wait for the step.
 */
export async function reportBlocked(
  deps: ActOnOrder,
  orderId: string,
  cause: Cause,
  { step, reason }: BlockedStep,
): Promise<void> {
  await actOnOrder(deps, orderId, cause, ({ facts }) => {
    const waiting = deadlinesOf(facts).filter(
      (deadline) => deadline.step === step && deadline.reportedBy === 'order.overdue',
    );
    return [...Map.groupBy(waiting, ({ waitingFor }) => waitingFor).values()].flatMap((same) =>
      same.every((deadline) => isReported(facts, deadline, reason)) ? [] : blocked(facts, same, reason),
    );
  });
}

function isReported(facts: readonly Fact[], deadline: Deadline, reason: string): boolean {
  return reportsOf(facts, deadline).some(({ data }) => data.reason === reason);
}

function blocked(facts: readonly Fact[], [first, ...others]: readonly Deadline[], reason: string): Decided[] {
  const since = facts.find(({ sequence }) => sequence === first?.since)?.recordedAt;
  if (first === undefined || since === undefined) return [];
  const { waitingFor, parcelId } = first;
  const about = others.length === 0 ? defined({ parcelId }) : {};
  return [{ name: 'order.overdue', data: { waitingFor, ...about, since, attempts: 1, reason } }];
}
