import type { OrderState } from './order-state.ts';
import type { StoredOrder } from './ports.ts';

/** Whether the supplier has the order, or may have it: an answer of it may have been lost. */
const mayHaveReached = ({ sentAt }: OrderState, before: Pick<StoredOrder, 'sendAttempts'> | undefined) =>
  sentAt !== undefined || (before?.sendAttempts ?? 0) > 0;

/** Whether a cancellation goes to the supplier. None does where the supplier refused the order itself. */
export const tellsSupplier = ({ status, cancelledFor }: OrderState): boolean =>
  status === 'cancelled' && cancelledFor !== 'supplier-refused';

/** Whether the next supplier is asked for what a cancelled order was to bring. */
export const asksNextSupplier = ({ status, cancelledFor }: OrderState): boolean =>
  status === 'cancelled' && (cancelledFor === 'supplier-refused' || cancelledFor === 'supplier-silent');

/** Whether something is left to do for a cancelled order: a cancellation to send, or the next supplier to ask. */
export const needsWorkAfterCancelling = (
  state: OrderState,
  before: Pick<StoredOrder, 'sendAttempts'> | undefined,
): boolean => asksNextSupplier(state) || (tellsSupplier(state) && mayHaveReached(state, before));
