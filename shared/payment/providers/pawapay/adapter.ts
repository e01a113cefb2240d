import * as z from 'zod';
import { invariant } from '../../../kernel/invariant.ts';
import { ecdsaPublicKeySchema } from '../../../partners/ecdsa.ts';
import { baseUrlSchema, readAnswer } from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import { uuidOf } from '../../../partners/uuid-of.ts';
import {
  nameCallback,
  verifyMessageSignature,
  webhookSecretsOf,
} from '../../../partners/webhook-signatures/index.ts';
import { defineWallet } from '../../wallet/define-wallet.ts';
import { fieldAt } from '../../wallet/read-wallet.ts';
import type { StartCommand, WalletRefusal } from '../../wallet/wallet-data.ts';
import { pawapayData } from './data.ts';
import { operators } from './offered-methods.ts';

const settingsSchema = z.strictObject({
  /** The token of pawaPay's dashboard. */
  apiKey: secretTextSchema,
  /** pawaPay's public keys, which sign its callbacks. */
  webhookSecrets: webhookSecretsOf(ecdsaPublicKeySchema),
  baseUrl: baseUrlSchema.default('https://api.pawapay.io'),
  /** The address of `/v1/hooks/payment/pawapay`: its host and path are part of what pawaPay signs. */
  callbackUrl: z.url(),
});

const answerSchema = z.looseObject({
  status: z.string().optional(),
  failureReason: z.looseObject({ failureCode: z.string() }).optional(),
});

/** Refusals of the moment: the operator is down, or a refund of the same payment is not done yet. */
const notNow: readonly string[] = ['PROVIDER_TEMPORARILY_UNAVAILABLE', 'REFUND_IN_PROGRESS'];

/** A deposit's status when it is asked for again: it was taken before. */
const REPEATED = 'DUPLICATE_IGNORED';

const push = ({ payableUntil }: StartCommand) => ({ type: 'push', expiresAt: payableUntil }) as const;

/** Whole units without a fraction: some operators take no decimals, and `4990.00` has two. */
const shortest = (amount: unknown): string => String(amount).replace(/\.0+$/, '');

/** Mobile money by pawaPay: the operator asks the shopper on the phone, and the approval may come late. */
export const pawapay = defineWallet(pawapayData, settingsSchema, {
  authorise: ({ settings }) => ({ authorization: `Bearer ${settings.apiKey}` }),
  refusalIn,
  paymentReference: ({ paymentId }) => uuidOf(paymentId),
  refundReference: ({ refundId }) => uuidOf(refundId),
  bodies: {
    start: (_settings, { orderId, paymentId, amount, method, country, payer }, value) => {
      const provider = operators[method]?.[country];
      const phoneNumber = payer?.customer.phone?.replaceAll(/\D/g, '');
      invariant(provider !== undefined, 'a method is started where it is offered', { method, country });
      invariant(phoneNumber !== undefined, 'a method that needs the telephone gets it', { method });
      return {
        depositId: uuidOf(paymentId),
        ...{ amount: shortest(value), currency: amount.currency },
        payer: { type: 'MMO', accountDetails: { phoneNumber, provider } },
        // The shopper's statement shows it: 4 to 22 letters, digits and spaces.
        customerMessage: `Order ${orderId.slice(-10)}`,
        metadata: [{ orderId }, { paymentId }],
      };
    },
    refund: (_settings, { orderId, paymentId, refundId, providerPaymentId, amount }, { refund }) => ({
      ...{ refundId: uuidOf(refundId), depositId: providerPaymentId },
      ...{ amount: shortest(refund), currency: amount.currency },
      metadata: [{ orderId }, { paymentId }, { refundId }],
    }),
  },
  nextAction: (answer, command) =>
    fieldAt(answer, 'status') === REPEATED ? { type: 'none' } : push(command),
  openAction: push,
  owner: (payment) => {
    const [orderId, paymentId] = [ownId(payment, 'orderId'), ownId(payment, 'paymentId')];
    return orderId === undefined || paymentId === undefined ? undefined : { orderId, paymentId };
  },
  refundOwner: (refund) => {
    const [orderId, paymentId] = [ownId(refund, 'orderId'), ownId(refund, 'paymentId')];
    const refundId = ownId(refund, 'refundId');
    if (orderId === undefined || paymentId === undefined || refundId === undefined) return undefined;
    return { orderId, paymentId, refundId };
  },
  typeOf: (event) =>
    ['refund', 'payout', 'deposit'].find((kind) => typeof fieldAt(event, `${kind}Id`) === 'string'),
  reported: (event) => ({ data: event }),
  verify: ({ settings, now }, callback) => {
    const { callbackUrl: url, webhookSecrets: secrets } = settings;
    const check = verifyMessageSignature(callback, { url, now, secrets });
    return nameCallback(check, () => idOf(callback.rawBody.toString('utf8')));
  },
});

function refusalIn(response: PartnerResponse): WalletRefusal | undefined {
  const { status, failureReason } = readAnswer('pawapay', response, answerSchema);
  if (response.status < 300 && status === 'NOT_FOUND') return { status: 404, code: status };
  if (response.status < 300 && status !== 'REJECTED') return undefined;
  const code = failureReason?.failureCode ?? `no code with ${response.status}`;
  if (notNow.includes(code)) throw new PartnerUnavailable('pawapay', `answered ${code}`);
  return { status: response.status < 300 ? 422 : response.status, code };
}

/** An id of ours in the metadata, which pawaPay repeats as one object. */
function ownId(object: unknown, name: 'orderId' | 'paymentId' | 'refundId'): string | undefined {
  const value = fieldAt(object, `data.metadata.${name}`);
  return typeof value === 'string' ? value : undefined;
}

/** A callback has no id of its own: the payment's with the state that it reports. */
function idOf(body: string): string | undefined {
  try {
    const event: unknown = JSON.parse(body);
    const id = fieldAt(event, 'refundId') ?? fieldAt(event, 'depositId') ?? fieldAt(event, 'payoutId');
    const status = fieldAt(event, 'status');
    return typeof id === 'string' && typeof status === 'string' ? `${id}:${status}` : undefined;
  } catch {
    // Not JSON: the caller refuses it as malformed.
    return undefined;
  }
}
