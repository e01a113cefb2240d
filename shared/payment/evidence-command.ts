import type { Instant } from '../kernel/time.ts';

/** The evidence for a dispute in fields. Personal: for the provider alone, and in no fact, log or error. */
export interface EvidenceTexts {
  /** What was bought. */
  readonly product: string;
  /** What the document shows, in a few sentences. */
  readonly summary: string;
  readonly customerName?: string;
  readonly customerEmail?: string;
  readonly billingAddress?: string;
  readonly shippingAddress?: string;
  readonly carrier?: string;
  readonly trackingNumbers?: string;
  /** The day of the hand-over to the carrier: `2026-11-23`, UTC. */
  readonly shippedOn?: string;
}

/** The evidence of one dispute as it is submitted: once, and finally. */
export interface EvidenceCommand {
  readonly orderId: string;
  /** The provider's number of the dispute. */
  readonly disputeId: string;
  readonly texts: EvidenceTexts;
  /** A PDF. */
  readonly document: { readonly name: string; readonly bytes: Uint8Array; readonly sha256: string };
}

/**
 * `over`: the provider takes no evidence any more, because it has some already or the dispute is decided. Otherwise it
 * has the document with this SHA-256: one of an earlier call, if the answer to that was lost.
 */
export type EvidenceOutcome = 'over' | { readonly document: string };

/** A provider that takes evidence for disputes by an API. */
export interface TakesEvidence {
  /**
   * Submits the evidence for a dispute; idempotency key: `evidence:{disputeId}:{sha256 of the document}`. It has no
   * undo: a provider takes evidence once, and a repeat finds that it has it.
   */
  submitEvidence?(now: Instant, command: EvidenceCommand): Promise<EvidenceOutcome>;
}
