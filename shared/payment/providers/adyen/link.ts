import * as z from 'zod';
import { readAnswer } from '../../../partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderPayment } from '../../provider.ts';
import { type AdyenContext, call, refusalOf } from './call.ts';
import { type AdyenAmount, fromAdyenAmount } from './currencies.ts';

/** The members of a payment link that we read. */
export const linkSchema = z.object({
  id: z.string(),
  url: z.string(),
  status: z.enum(['active', 'completed', 'expired', 'paid', 'paymentPending']),
  reference: z.string(),
  amount: z.object({ currency: z.string(), value: z.int() }),
});

export type AdyenLink = z.infer<typeof linkSchema>;

/**
 * Our status for each status of a link. A link says that the shopper is done, and not with which result: the webhook
 * brings that, with the reference for captures and refunds.
 */
const meaning: Record<AdyenLink['status'], Pick<ProviderPayment, 'status' | 'isUnderWay'>> = {
  active: { status: 'waiting' },
  paymentPending: { status: 'waiting', isUnderWay: true },
  completed: { status: 'waiting', isUnderWay: true },
  paid: { status: 'waiting', isUnderWay: true },
  expired: { status: 'voided' },
};

export function toPayment({ id, status, amount }: AdyenLink): ProviderPayment {
  return { providerPaymentId: id, ...meaning[status], amount: readAmount(amount), captures: [] };
}

export async function readLink(context: AdyenContext, id: string): Promise<AdyenLink> {
  const response = await call(context, 'GET', `/paymentLinks/${encodeURIComponent(id)}`);
  if (response.status >= 300) throw refusalOf(response);
  return readAnswer('adyen', response, linkSchema);
}

/** Ends a link, so that nobody can pay by it. Gives the link as it is, if it can't be ended any more. */
export async function expireLink(context: AdyenContext, id: string): Promise<AdyenLink> {
  const path = `/paymentLinks/${encodeURIComponent(id)}`;
  const response = await call(context, 'PATCH', path, { status: 'expired' });
  return response.status < 300 ? readAnswer('adyen', response, linkSchema) : readLink(context, id);
}

/** Throws PartnerUnavailable for an amount that we could not have requested. */
export function readAmount(amount: AdyenAmount) {
  const read = fromAdyenAmount(amount);
  if (read === undefined)
    throw new PartnerUnavailable('adyen', `answered with an amount in ${amount.currency}`);
  return read;
}
