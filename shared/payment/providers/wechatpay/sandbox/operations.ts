import * as z from 'zod';
import type { Operation, PartnerRequest, Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import type { WalletBooks, WalletPayment, WalletRefund } from '../../../../../infra/sandbox/wallet-books.ts';

interface Merchant {
  readonly mchid: string;
  readonly appid: string;
}

const BASE = '/v3/global';
/** Without `time_expire` an order can be paid for two hours. */
const HOURS_TO_PAY = 2;

const notifyUrl = z
  .url({ protocol: /^https$/ })
  .max(256)
  .refine((text) => !text.includes('?'));
const currency = z.enum(['CNY', 'CHF', 'EUR', 'GBP', 'HKD', 'USD']);
const orderSchema = z.looseObject({
  appid: z.string().max(32),
  mchid: z.string().max(32),
  description: z.string().min(1).max(127),
  notify_url: notifyUrl,
  out_trade_no: z.string().regex(/^[\w\-|*@]{6,32}$/),
  trade_type: z.literal('NATIVE'),
  attach: z.string().max(127).optional(),
  time_expire: z.iso.datetime({ offset: true }).optional(),
  merchant_category_code: z.string().regex(/^\d{4}$/),
  amount: z.looseObject({ total: z.int().min(1), currency }),
});
const refundSchema = z.looseObject({
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  out_refund_no: z.string().regex(/^[\w\-|*@]{1,64}$/),
  amount: z.looseObject({ refund: z.int().min(1), total: z.int().min(1), currency }),
  notify_url: notifyUrl.optional(),
});
const closeSchema = z.looseObject({ mchid: z.string() });

/** Orders by a code, their state, their end, and refunds. */
export function wechatpayOperations(sandbox: Sandbox, books: WalletBooks, merchant: Merchant): Operation[] {
  const known = (reference = ''): WalletPayment => {
    const found = books.byReference(reference);
    if (found === undefined) throw new ApiRefusal(404, 'ORDER_NOT_EXIST', 'There is no such order');
    return found;
  };
  return [
    {
      name: 'native',
      method: 'POST',
      path: `${BASE}/transactions/native`,
      answer: (request) => ({
        status: 200,
        body: order(sandbox, books, merchant, read(request, orderSchema)),
      }),
    },
    {
      name: 'query',
      method: 'GET',
      path: `${BASE}/transactions/out-trade-no/:id`,
      answer: ({ query }, { id }) => {
        own(merchant, { mchid: query.get('mchid') ?? '' });
        return { status: 200, body: show(merchant, known(id)) };
      },
    },
    {
      name: 'close',
      method: 'POST',
      path: `${BASE}/transactions/out-trade-no/:id/close`,
      answer: (request, { id }) => {
        own(merchant, read(request, closeSchema));
        if (books.close(known(id)).state === 'paid') throw new ApiRefusal(400, 'ORDERPAID', 'It was paid');
        return { status: 204, body: '' };
      },
    },
    {
      name: 'refunds',
      method: 'POST',
      path: `${BASE}/refunds`,
      answer: (request) => {
        const asked = read(request, refundSchema);
        own(merchant, asked);
        const { status: _status, ...accepted } = showRefund(refund(books, known(asked.out_trade_no), asked));
        return { status: 200, body: accepted };
      },
    },
    {
      name: 'refunds.query',
      method: 'GET',
      path: `${BASE}/refunds/out-refund-no/:id`,
      answer: ({ query }, { id = '' }) => {
        own(merchant, { mchid: query.get('mchid') ?? '' });
        const found = books.refundByReference(id);
        if (found === undefined) throw new ApiRefusal(404, 'RESOURCE_NOT_EXISTS', 'There is no such refund');
        return { status: 200, body: showRefund(found) };
      },
    },
  ];
}

function read<Body>({ body }: PartnerRequest, schema: z.ZodType<Body>): Body {
  const parsed = schema.safeParse(parse(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiRefusal(400, 'PARAM_ERROR', `/${issue?.path.join('/')}: ${issue?.message}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiRefusal(400, 'PARAM_ERROR', 'The body is not JSON');
  }
}

function own(
  merchant: Merchant,
  { mchid, appid = merchant.appid }: { readonly mchid: string; readonly appid?: string },
) {
  if (mchid !== merchant.mchid) throw new ApiRefusal(400, 'MCH_NOT_EXISTS', 'There is no such merchant');
  if (appid !== merchant.appid)
    throw new ApiRefusal(400, 'APPID_MCHID_NOT_MATCH', 'The app is of another merchant');
}

function order(sandbox: Sandbox, books: WalletBooks, merchant: Merchant, asked: z.infer<typeof orderSchema>) {
  own(merchant, asked);
  const { out_trade_no: reference, amount, attach, time_expire: expire } = asked;
  const earlier = books.byReference(reference);
  const expiresMs = expire === undefined ? sandbox.now() + HOURS_TO_PAY * 3_600_000 : Date.parse(expire);
  if (earlier?.state === 'paid') throw new ApiRefusal(403, 'OUT_TRADE_NO_USED', 'The order was paid');
  if (earlier?.state === 'closed' || earlier?.state === 'expired')
    throw new ApiRefusal(400, 'ORDER_CLOSED', 'The order is closed');
  const isSame =
    earlier === undefined ||
    (earlier.amount === amount.total &&
      earlier.currency === amount.currency &&
      earlier.own.expire === expire);
  if (!isSame) throw new ApiRefusal(400, 'INVALID_REQUEST', 'The order was placed with other parameters');
  const asOrder = { reference, amount: amount.total, currency: amount.currency, expiresMs };
  const payment = earlier ?? books.open({ ...asOrder, own: { attach, expire } });
  // The original has an address of its own scheme. This one can be opened in a browser.
  return { code_url: books.pageUrl(payment) };
}

function refund(
  books: WalletBooks,
  payment: WalletPayment,
  asked: z.infer<typeof refundSchema>,
): WalletRefund {
  const { amount, out_refund_no: reference } = asked;
  const whole = payment.paid ?? payment;
  if (amount.total !== whole.amount || amount.currency !== whole.currency)
    throw new ApiRefusal(400, 'INVALID_REQUEST', 'The total is another one than that of the order');
  const given = books.refund({
    ...{ reference, payment: payment.id, amount: amount.refund, currency: amount.currency },
    own: { order: payment.reference },
  });
  if (typeof given === 'string')
    throw new ApiRefusal(400, 'INVALID_REQUEST', `It can't be refunded: ${given}`);
  return given;
}

const STATES = {
  ...{ open: 'NOTPAY', paid: 'SUCCESS', declined: 'PAYERROR', closed: 'CLOSED', expired: 'CLOSED' },
  returned: 'REVOKED',
} as const;

/** An order as the query and the notification show it. */
export function show({ mchid, appid }: Merchant, payment: WalletPayment) {
  const { amount: total, currency: code } = payment.paid ?? payment;
  return {
    ...{ mchid, appid, out_trade_no: payment.reference, trade_type: 'NATIVE' },
    ...(typeof payment.own.attach === 'string' && { attach: payment.own.attach }),
    trade_state: STATES[payment.state],
    trade_state_desc: payment.state,
    amount: { total, currency: code, payer_total: total, payer_currency: code },
    ...(payment.paid !== undefined && {
      ...{ id: payment.id, bank_type: 'OTHERS', success_time: timeText(payment.paid.atMs) },
      payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
    }),
  };
}

/** A refund as the query shows it. */
export const showRefund = ({ id, reference, payment, amount, currency: code, ...more }: WalletRefund) => ({
  ...{ id, out_refund_no: reference, transaction_id: payment, out_trade_no: String(more.own.order) },
  ...{ channel: 'ORIGINAL', status: REFUND_STATES[more.state], create_time: timeText(more.atMs) },
  ...(more.state === 'paid' && { success_time: timeText(more.atMs) }),
  amount: { refund: amount, currency: code, payer_refund: amount, payer_currency: code },
});

const REFUND_STATES = { open: 'PROCESSING', paid: 'SUCCESS', failed: 'REFUNDCLOSE' } as const;

const timeText = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+00:00');
