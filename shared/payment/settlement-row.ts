import type { Money } from '../kernel/money.ts';
import type { Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';

/**
 * One line of a provider's settlement. `payment`, `refund` and `dispute` settle money of an order of ours, also where
 * it comes back: a refund that failed and a dispute that was won are above zero. `payout` is what was paid to our bank,
 * below zero. `fee`, `reserve` and `adjustment` belong to no order.
 */
export interface SettlementRow {
  /** The provider's own name of the line: the same in every report that has it, and no other line's. */
  readonly rowId: string;
  readonly kind: 'payment' | 'refund' | 'dispute' | 'fee' | 'payout' | 'reserve' | 'adjustment';
  /** The reference of the capture, the refund or the dispute, as our facts have it. Else the provider's own word. */
  readonly reference: string;
  /** Our order. Absent where the provider does not repeat its id: the line is then reported as missing here. */
  readonly orderId?: string;
  /** What the shopper paid, or below zero what went back, before the fee: in the currency of the payment. */
  readonly gross: Money;
  /** What the provider keeps of it. Below zero where it gives a fee back. In the currency of our account. */
  readonly fee: Money;
  /** What it holds in reserve; below zero where it releases a reserve. Alike. */
  readonly held: Money;
  /** What is paid to our account for the line: gross in that currency, less fee and held. */
  readonly net: Money;
  readonly at: Instant;
  /** The payout that has the line. */
  readonly payoutId: string;
}

/** A line of a settlement file: its number, counted from 1, and its cells without the quotes. */
export interface SettlementLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A line that can't be read, and why. */
export interface SettlementProblem {
  readonly line: number;
  readonly reason: string;
}

export type ReadSettlement = Result<readonly SettlementRow[], readonly SettlementProblem[]>;

/** How a provider's settlement file is read. It needs no settings, so that a file can be checked anywhere. */
export interface SettlementFile {
  /** What the file is called at the provider, and which columns it must have. */
  readonly format: string;
  /** Every line is read, or the file is refused with all of its problems. Blank lines are left out before. */
  readonly read: (lines: readonly SettlementLine[]) => ReadSettlement;
}

/** From when on, and until before when: whole UTC days. */
export interface SettlementPeriod {
  readonly from: Instant;
  readonly to: Instant;
}
