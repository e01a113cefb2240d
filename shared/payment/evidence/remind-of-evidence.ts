import type { Cause } from '../../../events/envelope.ts';
import { type Instant, toInstant } from '../../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  type DisputeState,
  disputesOf,
  evidenceStepAt,
  forEachInTurn,
  loadOrder,
  type Timeline,
} from '../../timeline/index.ts';
import { type SubmitDeps, submitEvidence } from './submit-evidence.ts';

export interface RemindDeps extends SubmitDeps {
  /** Whether evidence that nobody has submitted is submitted by us, where the provider takes it. */
  readonly submitsEvidence: () => Promise<boolean>;
}

/**
 * What is due for the evidence of the order's disputes. Some days before the end of its time it is asked for a second
 * time, or submitted where the merchant chose that. Once the time has passed, that is recorded. Each happens once.
 */
export async function remindOfEvidence(deps: RemindDeps, orderId: string, cause: Cause): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId, { consistent: true });
  const now = toInstant(deps.clock());
  await forEachInTurn(
    disputesOf(facts).filter((dispute) => isDue(dispute, now)),
    async (dispute) => {
      if (!isOver(dispute, now) && (await deps.submitsEvidence())) {
        const submitted = await submitEvidence(
          deps,
          orderId,
          { disputeId: dispute.disputeId, by: 'provider' },
          cause,
        );
        if (submitted.ok) return;
      }
      await actOnOrder(deps, orderId, cause, (timeline) => factsFor(timeline, dispute.disputeId, now));
    },
  );
}

const isDue = (dispute: DisputeState, now: Instant): boolean => {
  const at = evidenceStepAt(dispute);
  return at !== undefined && at <= now;
};

const isOver = ({ evidenceDueAt }: DisputeState, now: Instant): boolean =>
  evidenceDueAt !== undefined && evidenceDueAt <= now;

/** Decided on the latest facts: somebody may have submitted the evidence meanwhile. */
function factsFor({ facts }: Timeline, disputeId: string, now: Instant): Decided[] {
  const dispute = disputesOf(facts).find((one) => one.disputeId === disputeId);
  if (dispute?.evidenceDueAt === undefined || !isDue(dispute, now)) return [];
  const { paymentId, evidenceDueAt } = dispute;
  const data = { paymentId, providerReference: disputeId, evidenceDueAt };
  return [{ name: isOver(dispute, now) ? 'evidence.missed' : 'evidence.reminded', data }];
}
