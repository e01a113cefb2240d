import * as z from 'zod';
import { readCallbackBody } from '../../../partners/partner-answer.ts';
import type { Callback, Verdict } from '../../../partners/plug-in.ts';
import { nameCallback, verifySignedManifest } from '../../../partners/webhook-signatures/index.ts';
import type { PaymentUpdate } from '../../provider.ts';
import type { Settings } from './accounts.ts';

const idSchema = z.union([z.int(), z.string().regex(/^[\w-]{1,64}$/)]).transform(String);

/** A notification names an object of an account. Nothing else of it is used: nobody signs the body. */
const notificationSchema = z.object({
  id: idSchema,
  type: z.string(),
  user_id: idSchema.optional(),
  data: z.object({ id: idSchema.optional() }),
});

/** The kind of object that each topic is about. */
const topics: Readonly<Record<string, string>> = {
  payment: 'payments',
  topic_chargebacks_wh: 'chargebacks',
  topic_claims_integration_wh: 'claims',
};

/** Topics about nothing of ours: accounts, cards, subscriptions, points of sale. */
export const ignoredTopics = [
  'mp-connect',
  'wallet_connect',
  'topic_card_id_wh',
  'topic_merchant_order_wh',
  'point_integration_wh',
  'subscription_authorized_payment',
  'subscription_preapproval',
  'subscription_preapproval_plan',
];

/**
 * `x-signature` has HMAC-SHA256 over `id:{data.id};request-id:{x-request-id};ts:{ts};`, with the `data.id` of the query
 * in small letters; a part without a value is left out. The body must name the same object.
 */
export function verifyNotification(
  { settings, now }: { readonly settings: Settings; readonly now: string },
  { headers, query, rawBody }: Callback,
): Verdict {
  const dataId = query['data.id'] ?? '';
  const requestId = headers['x-request-id'] ?? '';
  // With a semicolon one part could pass for two.
  const isPlain = /^[\w-]{1,64}$/.test(dataId) && /^[^;]{0,200}$/.test(requestId);
  const check = verifySignedManifest(headers['x-signature'], {
    ...{ now, secrets: settings.webhookSecrets },
    manifestOf: (time) =>
      isPlain
        ? `id:${dataId.toLowerCase()};${requestId === '' ? '' : `request-id:${requestId};`}ts:${time};`
        : undefined,
  });
  return nameCallback(check, () => {
    const body = notificationSchema.safeParse(parseJson(rawBody));
    return body.success && body.data.data.id?.toLowerCase() === dataId.toLowerCase()
      ? body.data.id
      : undefined;
  });
}

/** What a notification names, as `payments/1001/123`: the kind, the account and the number. */
export function interpretNotification(rawBody: Buffer): PaymentUpdate {
  const { type, user_id: userId = '0', data } = readCallbackBody('mercadopago', rawBody, notificationSchema);
  if (ignoredTopics.includes(type)) return { kind: 'ignored', word: type };
  const kind = Object.hasOwn(topics, type) ? topics[type] : undefined;
  if (kind === undefined || data.id === undefined) return { kind: 'unrecognised', word: type };
  return { kind: 'look-up', reference: `${kind}/${userId}/${data.id}` };
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    // Not JSON: the call is refused as malformed.
    return undefined;
  }
}
