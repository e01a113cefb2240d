import { idPrefixes } from '../../../kernel/ids.ts';
import type { PaymentOwner } from '../../provider.ts';

/**
 * Adyen repeats one text of ours in every webhook: the reference of the request that it is about, 80 characters at
 * most. So the reference names the order, the payment and what the request is: a method, `void`, or a refund. Three
 * whole ids are longer than that, so a refund's reference has them without their prefixes.
 */
export const paymentReference = ({ orderId, paymentId }: PaymentOwner, what: string): string =>
  `${orderId}.${paymentId}.${what}`;

export const refundReference = ({ orderId, paymentId }: PaymentOwner, refundId: string): string =>
  [orderId, paymentId, refundId].map((id) => id.slice(id.indexOf('_') + 1)).join('.');

export interface Referred extends PaymentOwner {
  /** The method, `void`, or the refund's id. */
  readonly what: string;
}

const ID = '[0-9A-HJKMNP-TV-Z]{26}';
const PAYMENT = new RegExp(
  `^(${idPrefixes.order}_${ID})\\.(${idPrefixes.payment}_${ID})\\.([a-z][a-z0-9-]*)$`,
);
const REFUND = new RegExp(`^(${ID})\\.(${ID})\\.(${ID})$`);

/** What a reference of ours names; undefined for every other text. */
export function readReference(reference: string): Referred | undefined {
  const [, orderId, paymentId, what] = PAYMENT.exec(reference) ?? [];
  if (orderId !== undefined && paymentId !== undefined && what !== undefined)
    return { orderId, paymentId, what };
  const [, order, payment, refund] = REFUND.exec(reference) ?? [];
  if (refund === undefined) return undefined;
  return {
    orderId: `${idPrefixes.order}_${order}`,
    paymentId: `${idPrefixes.payment}_${payment}`,
    what: `${idPrefixes.refund}_${refund}`,
  };
}
