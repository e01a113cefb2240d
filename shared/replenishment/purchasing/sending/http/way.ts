import { InvariantBroken } from '../../../../kernel/invariant.ts';
import { PartnerRefused, refuseNotNow } from '../../../../partners/partner-answer.ts';
import { signStandardWebhook } from '../../../../partners/webhook-signatures/sign-standard-webhook.ts';
import type { SendingWay } from '../way.ts';

const TIMEOUT_MS = 15_000;

/**
 * The order by HTTP, signed by Standard Webhooks. The message id is the same for every repeat, and the idempotency key
 * too. An answer of 409 says that the supplier has it already.
 */
export const httpWay: SendingWay = {
  way: 'http',
  async send({ messageId, supplierId, xml }, { sending }, { send, signingSecret, now }) {
    if (sending.way !== 'http')
      throw new InvariantBroken('a supplier that is sent to by HTTP has an address', { supplierId });
    const response = await send({
      ...{ method: 'POST', url: sending.url, body: xml, timeoutMs: TIMEOUT_MS },
      headers: {
        'content-type': 'application/xml; charset=utf-8',
        'idempotency-key': messageId,
        ...signStandardWebhook({ id: messageId, body: xml, secret: signingSecret, now }),
      },
    });
    if (response.status < 300 || response.status === 409) return {};
    refuseNotNow(supplierId, response);
    throw new PartnerRefused(supplierId, response.status, 'purchase-order');
  },
};
