import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { baseUrlSchema, readAnswer } from '../../../partners/partner-answer.ts';
import { rsaPrivateKeySchema, rsaPublicKeySchema } from '../../../partners/rsa.ts';
import { type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import { webhookSecretsOf } from '../../../partners/webhook-signatures/index.ts';
import { defineWallet } from '../../wallet/define-wallet.ts';
import { fieldAt, textAt } from '../../wallet/read-wallet.ts';
import type { WalletRefusal } from '../../wallet/wallet-data.ts';
import { antomData, antomTypes } from './data.ts';
import { antomHeaders, isGenuineAnswer, verifyNotification } from './signatures.ts';

const settingsSchema = z.strictObject({
  clientId: z.string().min(1).max(64),
  /** Ours, whose public key is stored at Antom. */
  privateKey: rsaPrivateKeySchema,
  /** Antom's public keys: they sign its answers and notifications. */
  webhookSecrets: webhookSecretsOf(rsaPublicKeySchema),
  baseUrl: baseUrlSchema.default('https://open-sea-global.alipay.com'),
  /** The address of `/v1/hooks/payment/antom`: its path is part of what Antom signs. */
  notifyUrl: z.url(),
  /** Where the shopper comes back to, if the order names no page. */
  returnUrl: z.url(),
  /** Only if the contract has several. */
  settlementCurrency: z.string().length(3).optional(),
});

const resultSchema = z.looseObject({
  result: z.looseObject({ resultStatus: z.enum(['S', 'U', 'F']), resultCode: z.string() }),
});

/** Unknown results that are no failure: the shopper has to pay, or the wallet is at work. */
const UNDER_WAY = ['PAYMENT_IN_PROCESS', 'REFUND_IN_PROCESS'];

/** The refusals that concern our account, and not this payment. */
const accessCodes: readonly string[] = [
  ...['ACCESS_DENIED', 'CLIENT_FORBIDDEN_ACCESS_API', 'INVALID_CLIENT', 'INVALID_SIGNATURE', 'KEY_NOT_FOUND'],
  ...['MERCHANT_NOT_REGISTERED', 'NO_INTERFACE_DEF', 'INVALID_API', 'INVALID_MERCHANT_STATUS'],
];

/** Wallets of Alipay+ by Antom's one-time payments. */
export const antom = defineWallet(antomData, settingsSchema, {
  authorise: ({ settings, now }, request) => antomHeaders(settings, now, request),
  isGenuine: ({ settings, now }, request, response) =>
    isGenuineAnswer(settings, now, { path: request.path, response }) ||
    accessCodes.includes(readResult(response).resultCode),
  refusalIn,
  // Antom's sandbox has paths of its own, as its SDKs know by the client's id.
  path: ({ clientId }, path) =>
    clientId.startsWith('SANDBOX_') ? path.replace('/ams/', '/ams/sandbox/') : path,
  paymentReference: ({ orderId, paymentId }) => `${orderId}_${paymentId}`,
  refundReference: ({ orderId, refundId }) => `${orderId}_${refundId}`,
  bodies: {
    start: (settings, { orderId, paymentId, method, amount, returnUrl }, value) => {
      const money = { currency: amount.currency, value };
      const { settlementCurrency } = settings;
      return {
        productCode: 'CASHIER_PAYMENT',
        paymentRequestId: `${orderId}_${paymentId}`,
        order: { referenceOrderId: orderId, orderDescription: `Order ${orderId}`, orderAmount: money },
        paymentAmount: money,
        paymentMethod: { paymentMethodType: antomTypes[method] },
        paymentRedirectUrl: returnUrl ?? settings.returnUrl,
        paymentNotifyUrl: settings.notifyUrl,
        ...defined({
          settlementStrategy: settlementCurrency === undefined ? undefined : { settlementCurrency },
        }),
        env: { terminalType: 'WEB' },
      };
    },
    find: (_settings, id) => (id.startsWith('ord_') ? { paymentRequestId: id } : { paymentId: id }),
    close: (_settings, paymentId) => ({ paymentId }),
    refund: (settings, { orderId, paymentId, refundId, providerPaymentId }, { refund, currency }) => ({
      refundRequestId: `${orderId}_${refundId}`,
      paymentId: providerPaymentId,
      refundAmount: { currency, value: refund },
      refundNotifyUrl: settings.notifyUrl,
      // The notification repeats it, and no other id of the payment.
      metadata: JSON.stringify({ paymentId }),
    }),
    findRefund: (_settings, refundRequestId) => ({ refundRequestId }),
  },
  nextAction: (answer) => {
    const url = fieldAt(answer, 'normalUrl');
    if (typeof url === 'string') return { type: 'redirect', url };
    return fieldAt(answer, 'result.resultStatus') === 'S' ? { type: 'none' } : undefined;
  },
  owner: (payment) => {
    const [, orderId, paymentId] = /^(ord_.+)_(pay_.+)$/.exec(textAt(payment, 'paymentRequestId')) ?? [];
    return orderId === undefined || paymentId === undefined ? undefined : { orderId, paymentId };
  },
  refundOwner: (refund) => {
    const [, orderId, refundId] = /^(ord_.+)_(ref_.+)$/.exec(textAt(refund, 'refundRequestId')) ?? [];
    const paymentId = paymentIdIn(fieldAt(refund, 'metadata'));
    if (orderId === undefined || refundId === undefined || paymentId === undefined) return undefined;
    return { orderId, paymentId, refundId };
  },
  reported: (event) => {
    if (typeof event !== 'object' || event === null) return event;
    // The answer to a question for a refund has the result of the question in this place.
    if ('refundStatus' in event) return { ...event, refundResultCode: fieldAt(event, 'result.resultCode') };
    const isPending = fieldAt(event, 'notifyType') === 'PAYMENT_PENDING';
    const word = String(fieldAt(event, 'result.resultStatus'));
    const paymentStatus = isPending ? 'PENDING' : ({ S: 'SUCCESS', F: 'FAIL' }[word] ?? word);
    return { ...event, paymentStatus, paymentResultCode: fieldAt(event, 'result.resultCode') };
  },
  verify: ({ settings, now }, callback) => verifyNotification(settings, now, callback),
});

const readResult = (response: PartnerResponse) => readAnswer('antom', response, resultSchema).result;

function refusalIn(response: PartnerResponse): WalletRefusal | undefined {
  const { resultStatus, resultCode } = readResult(response);
  if (resultStatus === 'S' || UNDER_WAY.includes(resultCode)) return undefined;
  if (resultStatus === 'U') throw new PartnerUnavailable('antom', `answered ${resultCode}`);
  return { status: accessCodes.includes(resultCode) ? 403 : 422, code: resultCode };
}

/** Our payment's id in the metadata of a refund; undefined if a person made the refund at Antom. */
function paymentIdIn(metadata: unknown): string | undefined {
  if (typeof metadata !== 'string') return undefined;
  try {
    const read = z.object({ paymentId: z.string() }).safeParse(JSON.parse(metadata));
    return read.success ? read.data.paymentId : undefined;
  } catch {
    // Another system's metadata.
    return undefined;
  }
}
