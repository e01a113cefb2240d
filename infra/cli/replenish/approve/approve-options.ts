import type { Money } from '../../../../shared/kernel/money.ts';
import type { OperatorOptions } from '../../client/operator-options.ts';

/** What `entrepot replenish approve` was asked. */
export interface ApproveOptions extends OperatorOptions {
  /** The orders to approve. */
  readonly ids: readonly string[];
  /** Only orders of this supplier. */
  readonly supplier: string | undefined;
  /** Only orders of at most this amount, in its currency. */
  readonly under: Money | undefined;
  /** Every order that waits. */
  readonly all: boolean;
  /** Asks no question. */
  readonly yes: boolean;
  readonly json: boolean;
}
