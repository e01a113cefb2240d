import type { Fact } from '../../events/all-events.ts';
import { disputesOf, EVIDENCE, evidenceStepAt } from '../timeline/index.ts';
import type { Deadline } from './wait.ts';

/**
 * The deadline of the evidence for each dispute: its second request, and then the end of its time. It outlives the
 * order, and ends once the evidence is submitted or the time has passed.
 */
export function evidenceDeadlines(facts: readonly Fact[]): Deadline[] {
  return disputesOf(facts).flatMap((dispute): Deadline[] => {
    const dueAt = evidenceStepAt(dispute);
    if (dueAt === undefined) return [];
    return [
      {
        ...{ key: `evidence:${dispute.disputeId}`, step: 'evidence', waitingFor: EVIDENCE },
        ...{ dueAt, overdueFrom: dueAt, since: dispute.since.sequence, reportedBy: 'order.overdue' },
      },
    ];
  });
}
