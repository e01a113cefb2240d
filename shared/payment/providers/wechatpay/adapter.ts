import * as z from 'zod';
import { baseUrlSchema, readAnswer } from '../../../partners/partner-answer.ts';
import { rsaPrivateKeySchema, rsaPublicKeySchema } from '../../../partners/rsa.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { webhookSecretsOf } from '../../../partners/webhook-signatures/index.ts';
import { defineWallet } from '../../wallet/define-wallet.ts';
import { fieldAt, textAt } from '../../wallet/read-wallet.ts';
import { wechatpayData } from './data.ts';
import { decryptResource } from './resource.ts';
import { authorisation, isGenuineAnswer, verifyNotification } from './signatures.ts';

const settingsSchema = z.strictObject({
  mchid: z.string().min(1).max(32),
  appid: z.string().min(1).max(32),
  /** The serial number of our certificate at WeChat Pay. */
  serialNo: z.string().min(1),
  /** Ours, of that certificate. */
  privateKey: rsaPrivateKeySchema,
  /** The key of 32 characters by which WeChat Pay encrypts what it reports. */
  apiV3Key: secretTextSchema.refine((text) => Buffer.byteLength(text) === 32, '32 bytes'),
  /** WeChat Pay's public keys: they sign its answers and notifications. */
  webhookSecrets: webhookSecretsOf(rsaPublicKeySchema),
  /** The trade of the shop, a code of four digits (MCC). */
  merchantCategoryCode: z.string().regex(/^\d{4}$/),
  /** The address of `/v1/hooks/payment/wechatpay`: https, without a query. */
  notifyUrl: z.url({ protocol: /^https$/ }),
  baseUrl: baseUrlSchema.default('https://apihk.mch.weixin.qq.com'),
});

const errorSchema = z.looseObject({ code: z.string() });

/** WeChat Pay, by a code that the shopper scans. */
export const wechatpay = defineWallet(wechatpayData, settingsSchema, {
  authorise: ({ settings, now }, request) => ({ authorization: authorisation(settings, now, request) }),
  // An error has no signature that has to be checked.
  isGenuine: ({ settings, now }, _request, response) =>
    response.status >= 300 || isGenuineAnswer(settings, now, response),
  refusalIn: (response) => {
    if (response.status < 300) return undefined;
    return { status: response.status, code: readAnswer('wechatpay', response, errorSchema).code };
  },
  query: ({ mchid }) => `?mchid=${encodeURIComponent(mchid)}`,
  paymentReference: ({ paymentId }) => paymentId,
  refundReference: ({ orderId, refundId }) => `${orderId}_${refundId}`,
  bodies: {
    start: (settings, { orderId, paymentId, amount, payableUntil }, total) => ({
      appid: settings.appid,
      mchid: settings.mchid,
      description: `Order ${orderId}`,
      notify_url: settings.notifyUrl,
      out_trade_no: paymentId,
      attach: orderId,
      trade_type: 'NATIVE',
      // The same in each repeat: another time would be another order.
      time_expire: payableUntil.replace(/\.\d{3}Z$/, '+00:00'),
      merchant_category_code: settings.merchantCategoryCode,
      amount: { total, currency: amount.currency },
    }),
    close: ({ mchid }) => ({ mchid }),
    refund: (settings, { orderId, paymentId, refundId }, { refund, total, currency }) => ({
      appid: settings.appid,
      mchid: settings.mchid,
      out_trade_no: paymentId,
      out_refund_no: `${orderId}_${refundId}`,
      amount: { refund, total, currency },
      notify_url: settings.notifyUrl,
    }),
  },
  nextAction: (answer, { payableUntil }) => {
    const payload = fieldAt(answer, 'code_url');
    return typeof payload === 'string' ? { type: 'qr', payload, expiresAt: payableUntil } : undefined;
  },
  owner: (payment) => {
    const [orderId, paymentId] = [fieldAt(payment, 'attach'), textAt(payment, 'out_trade_no')];
    if (typeof orderId !== 'string' || !orderId.startsWith('ord_') || !paymentId.startsWith('pay_'))
      return undefined;
    return { orderId, paymentId };
  },
  refundOwner: (refund) => {
    const [, orderId, refundId] = /^(ord_.+)_(ref_.+)$/.exec(textAt(refund, 'out_refund_no')) ?? [];
    if (orderId === undefined || refundId === undefined) return undefined;
    return { orderId, refundId, paymentId: textAt(refund, 'out_trade_no') };
  },
  reported: (event, { apiV3Key }) => {
    const resource = decryptResource(fieldAt(event, 'resource'), apiV3Key);
    // The pages show a refund's id and status under both names.
    const id =
      fieldAt(resource, 'id') ?? fieldAt(resource, 'refund_id') ?? fieldAt(resource, 'transaction_id');
    return { ...resource, id, status: fieldAt(resource, 'status') ?? fieldAt(resource, 'refund_status') };
  },
  verify: ({ settings, now }, callback) => verifyNotification(settings, now, callback),
});
