import { invariant } from '../../../kernel/invariant.ts';
import type { OrderState } from '../order-state.ts';
import type { OrderDocument, OrderParties } from './order-document.ts';
import { partiesOf, ublDocument } from './ubl.ts';

/** What the supplier reads, by the reason of the cancellation. */
const notes: Readonly<Record<NonNullable<OrderState['cancelledFor']>, string>> = {
  'not-needed': 'The goods are not needed any more',
  'supplier-refused': 'You refused the order',
  'supplier-silent': 'The order could not be handed over in time',
  price: 'The price is not the agreed one',
  wrong: 'The order is wrong',
};

/**
 * The cancellation of a purchase order as UBL 2.1 (document type OrderCancellation): it names the order, and cancels
 * all of it. The same order gives the same text and the same message id, `{order}.cancellation`.
 */
export function cancellationDocument(
  { replenishmentOrderId, proposedAt, cancelledAt, cancelledFor }: OrderState,
  { supplier, seller }: Pick<OrderParties, 'supplier' | 'seller'>,
): OrderDocument {
  invariant(cancelledAt !== undefined && cancelledFor !== undefined, 'the order is cancelled', {
    replenishmentOrderId,
  });
  const messageId = `${replenishmentOrderId}.cancellation`;
  const xml = ublDocument('OrderCancellation', {
    'cbc:ID': messageId,
    'cbc:IssueDate': cancelledAt.slice(0, 10),
    'cbc:CancellationNote': notes[cancelledFor],
    'cac:OrderReference': { 'cbc:ID': replenishmentOrderId, 'cbc:IssueDate': proposedAt.slice(0, 10) },
    ...partiesOf(seller, supplier),
  });
  return { messageId, supplierId: supplier.supplierId, xml };
}
