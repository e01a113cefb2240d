import type { Cause } from '../../../events/envelope.ts';
import { defined } from '../../kernel/defined.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { toInstant } from '../../kernel/time.ts';
import {
  type ActOnOrder,
  actOnOrder,
  type Decided,
  type DisputeState,
  disputesOf,
  earlierRequest,
  loadOrder,
  type Timeline,
} from '../../timeline/index.ts';
import { paymentOf } from '../payment.ts';
import type { PaymentDeps } from '../payment-deps.ts';
import type { EvidenceRefusal } from './evidence-problem.ts';
import { type EvidenceSources, makeEvidence } from './make-evidence.ts';
import type { Submission } from './submission.ts';

export interface SubmitDeps extends ActOnOrder, EvidenceSources, Pick<PaymentDeps, 'providerByCode'> {}

/** `recorded`: a person has submitted it. `no-change`: it was submitted before. */
type SubmissionOutcome = 'submitted' | 'recorded' | 'no-change';

/**
 * Submits the evidence for a dispute to its provider, or records that a person has. The provider is asked first: a
 * provider that has the evidence says so, so that a repeat after a lost answer submits nothing twice. A repeat of an
 * operator's request gets the answer of the first.
 */
export async function submitEvidence(
  deps: SubmitDeps,
  orderId: string,
  submission: Submission,
  cause: Cause,
): Promise<Result<SubmissionOutcome, EvidenceRefusal>> {
  const { disputeId, by } = submission;
  const timeline = await loadOrder(deps.timelines, orderId, { consistent: true });
  const earlier = earlierRequest(timeline.facts, cause.request);
  if (earlier === 'other') return refused('request-reused');
  if (earlier === 'same') return ok(by === 'hand' ? 'recorded' : 'submitted');
  const now = toInstant(deps.clock());
  const why = whyNot(disputeIn(timeline, disputeId), by, now);
  if (why !== undefined) return why === 'no-change' ? ok('no-change') : refused(why);
  if (by === 'hand') {
    await record(deps, orderId, { disputeId, by, ...defined({ reference: submission.reference }) }, cause);
    return ok('recorded');
  }
  const provider = await deps.providerByCode(paymentOf(timeline).provider);
  if (provider.submitEvidence === undefined) return refused('not-by-api');
  const evidence = await makeEvidence(deps, orderId, disputeId);
  if (evidence === undefined) return refused('dispute-unknown');
  const { texts, document } = evidence;
  const outcome = await provider.submitEvidence(now, { orderId, disputeId, texts, document });
  if (outcome === 'over') return refused('evidence-not-wanted');
  await record(deps, orderId, { disputeId, by, document: outcome.document }, cause);
  return ok('submitted');
}

const disputeIn = ({ facts }: Timeline, disputeId: string): DisputeState | undefined =>
  disputesOf(facts).find((one) => one.disputeId === disputeId);

function whyNot(
  dispute: DisputeState | undefined,
  by: Submission['by'],
  now: string,
): EvidenceRefusal | 'no-change' | undefined {
  if (dispute === undefined) return 'dispute-unknown';
  const { evidence, evidenceDueAt } = dispute;
  if (evidence === 'submitted') return 'no-change';
  if (evidence === 'not-wanted') return 'evidence-not-wanted';
  if (by === 'hand') return undefined;
  const isLate = evidence === 'missed' || (evidenceDueAt !== undefined && evidenceDueAt <= now);
  return isLate ? 'evidence-too-late' : undefined;
}

interface Recorded {
  readonly disputeId: string;
  readonly by: Submission['by'];
  readonly document?: string;
  readonly reference?: string;
}

/** Records the submission. The provider's own word about it may be faster. */
function record(deps: ActOnOrder, orderId: string, recorded: Recorded, cause: Cause): Promise<Timeline> {
  const { disputeId: providerReference, ...how } = recorded;
  return actOnOrder(deps, orderId, cause, (timeline): Decided[] => {
    const dispute = disputeIn(timeline, providerReference);
    if (dispute === undefined || (how.by === 'hand' && dispute.evidence === 'submitted')) return [];
    const { paymentId } = dispute;
    return [{ name: 'evidence.submitted', data: { paymentId, providerReference, ...how } }];
  });
}
