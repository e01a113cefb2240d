import type { Instant } from '../../../kernel/time.ts';
import type { PaymentOwner } from '../../provider.ts';

/** The end of a reference: until when the order can be paid, or that it can't be any more. */
const VOID = 'void';
const REFERENCE = /^(ord_\w+)\.(pay_\w+)\.(void|\d{10}|ref_\w+)$/;

/**
 * The `custom_id` of a PayPal order: our ids, and until when the shopper may pay, in Unix seconds. PayPal keeps an
 * order for hours, and nothing there ends it earlier; money moves only when we authorise an approved order. So this
 * text says whether that may still be done.
 */
export const orderReference = ({ orderId, paymentId }: PaymentOwner, until: Instant): string =>
  `${orderId}.${paymentId}.${Math.floor(Date.parse(until) / 1_000)}`;

/** What the `custom_id` is changed to once the order must not be authorised. */
export const voidReference = ({ orderId, paymentId }: PaymentOwner): string =>
  `${orderId}.${paymentId}.${VOID}`;

export const refundReference = ({ orderId, paymentId }: PaymentOwner, refundId: string): string =>
  `${orderId}.${paymentId}.${refundId}`;

interface Referred extends PaymentOwner {
  readonly refundId?: string;
  /** Whether an approved order may be authorised at that time. */
  readonly isPayable: boolean;
}

/** What a `custom_id` of ours says at that time; undefined for every other text. */
export function readReference(text: string | undefined, now: Instant): Referred | undefined {
  const [, orderId, paymentId, end = VOID] = REFERENCE.exec(text ?? '') ?? [];
  if (orderId === undefined || paymentId === undefined) return undefined;
  if (end.startsWith('ref_')) return { orderId, paymentId, refundId: end, isPayable: false };
  return { orderId, paymentId, isPayable: end !== VOID && Number(end) * 1_000 > Date.parse(now) };
}
