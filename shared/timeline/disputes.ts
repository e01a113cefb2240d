import type { Fact } from '../../events/all-events.ts';
import type { MoneyJson } from '../kernel/money.ts';
import { hourMs, type Instant, later } from '../kernel/time.ts';

type Word = Fact<'payment.disputed'>;

/** How long before the end of its time the evidence is asked for a second time. */
const REMINDED_BEFORE_MS = 48 * hourMs;

/** What becomes of the evidence for a dispute. It moves no order. */
export type FactAboutEvidence = Extract<Fact, { name: `evidence.${string}` }>;

export const isAboutEvidence = (fact: Fact): fact is FactAboutEvidence => fact.name.startsWith('evidence.');

/** A dispute of an order, as its facts have it by now. */
export interface DisputeState {
  /** The provider's number of it. */
  readonly disputeId: string;
  readonly paymentId: string;
  readonly status: Word['data']['status'];
  readonly amount: MoneyJson;
  /** The provider's code of the reason. */
  readonly code: string;
  readonly evidenceDueAt: Instant | undefined;
  /** The first word about the dispute. */
  readonly openedAt: Instant;
  /** The fact since which its present state lasts: the word that asks, or what became of the evidence. */
  readonly since: Fact;
  /** What became of the evidence that is wanted now. */
  readonly evidence: 'wanted' | 'reminded' | 'submitted' | 'missed' | 'not-wanted';
}

/** The disputes of the order, in the order in which they began. */
export function disputesOf(facts: readonly Fact[]): DisputeState[] {
  const disputes = new Map<string, DisputeState>();
  for (const fact of facts) {
    if (fact.name === 'payment.disputed') hear(disputes, fact);
    if (fact.name === 'evidence.reminded') set(disputes, fact, 'reminded');
    if (fact.name === 'evidence.submitted') set(disputes, fact, 'submitted');
    if (fact.name === 'evidence.missed') set(disputes, fact, 'missed');
  }
  return [...disputes.values()];
}

/** Whether the provider still waits for evidence of the dispute. */
const wantsEvidence = ({ evidence }: DisputeState): boolean =>
  evidence === 'wanted' || evidence === 'reminded';

/**
 * When the next step for the evidence is due: the second request some days before the end of its time, and then the
 * record that the time has passed. Undefined where none is wanted, or no time is known.
 */
export function evidenceStepAt(dispute: DisputeState): Instant | undefined {
  const { evidence, evidenceDueAt, since } = dispute;
  if (!wantsEvidence(dispute) || evidenceDueAt === undefined) return undefined;
  if (evidence === 'reminded') return evidenceDueAt;
  const soon = later(evidenceDueAt, -REMINDED_BEFORE_MS);
  return [soon, since.recordedAt].toSorted().at(-1);
}

/** A word that asks for the same again changes nothing of what became of the evidence. */
function hear(disputes: Map<string, DisputeState>, fact: Word): void {
  const { providerReference: disputeId, paymentId, status, amount, code, evidenceDueAt } = fact.data;
  const before = disputes.get(disputeId);
  const asks = status === 'opened' || status === 'evidence-due';
  const isSame = before?.status === status && before.evidenceDueAt === evidenceDueAt;
  const present = { disputeId, paymentId, status, amount, code, evidenceDueAt };
  const openedAt = before?.openedAt ?? fact.occurredAt;
  const kept = isSame ? { since: before.since, evidence: before.evidence } : undefined;
  const { since, evidence } = kept ?? {
    since: fact,
    evidence: asks ? 'wanted' : status === 'submitted' ? 'submitted' : 'not-wanted',
  };
  disputes.set(disputeId, { ...present, openedAt, since, evidence });
}

function set(
  disputes: Map<string, DisputeState>,
  fact: FactAboutEvidence,
  evidence: DisputeState['evidence'],
): void {
  const before = disputes.get(fact.data.providerReference);
  if (before !== undefined) disputes.set(before.disputeId, { ...before, since: fact, evidence });
}
