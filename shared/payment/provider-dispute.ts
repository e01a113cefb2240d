import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * The shopper or the shopper's bank contests a payment. `opened`: a question before a chargeback, no money moved.
 * `evidence-due`: the provider took the money back, and wants evidence by a time. `submitted`: the bank decides. `won`:
 * the money is ours again, or was never taken. `lost`: it stays with the shopper.
 */
export interface ProviderDispute {
  readonly disputeId: string;
  readonly status: 'opened' | 'evidence-due' | 'submitted' | 'won' | 'lost';
  readonly amount: Money;
  /** What the provider has taken out of our balance for it by now; zero after it gave it back. */
  readonly withdrawn: Money;
  /** The provider's fee for the dispute, if the answer says so. */
  readonly fee?: Money;
  /** The provider's word. */
  readonly reason: string;
  /** By when evidence is taken, where there is such a time. */
  readonly evidenceDueAt?: Instant;
  /**
   * When the provider said it: a word that is older than what is known changes nothing. Without it the statuses order
   * the words, so that a dispute which was decided can't begin again.
   */
  readonly statedAt?: Instant;
}
