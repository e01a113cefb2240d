import * as z from 'zod';
import type { Operation, PartnerRequest, Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import type { WalletBooks, WalletPayment } from '../../../../../infra/sandbox/wallet-books.ts';

/** A refusal of Antom: an answer with `F`, whose HTTP status is 200 too. */
const refused = (code: string, message: string): ApiRefusal => new ApiRefusal(200, code, message);

const BASE = '/ams/sandbox/api/v1/payments';
const MINUTES_TO_PAY = 14;

/** The currency of each wallet, and the smallest amount in its smallest unit. */
const WALLETS: Readonly<Record<string, { readonly currency: string; readonly least: number }>> = {
  ALIPAY_CN: { currency: 'CNY', least: 10 },
  ALIPAY_HK: { currency: 'HKD', least: 1 },
  GCASH: { currency: 'PHP', least: 100 },
  TRUEMONEY: { currency: 'THB', least: 100 },
  ZALOPAY: { currency: 'VND', least: 1_000 },
};

const id = z.string().min(1).max(64);
const url = z.url().max(2_048);
const amount = z.looseObject({ currency: z.string().length(3), value: z.string().regex(/^[1-9]\d{0,15}$/) });
const paySchema = z.looseObject({
  productCode: z.literal('CASHIER_PAYMENT'),
  paymentRequestId: id,
  order: z.looseObject({ referenceOrderId: id, orderDescription: z.string().max(256), orderAmount: amount }),
  paymentAmount: amount,
  paymentMethod: z.looseObject({ paymentMethodType: z.string() }),
  paymentRedirectUrl: url,
  paymentNotifyUrl: url.optional(),
  env: z.looseObject({ terminalType: z.enum(['WEB', 'WAP', 'APP', 'MINI_APP']) }),
});
const namedSchema = z.looseObject({ paymentId: id.optional(), paymentRequestId: id.optional() });
const refundSchema = z.looseObject({
  refundRequestId: id,
  paymentId: id,
  refundAmount: amount,
  refundNotifyUrl: z.url().max(1_024).optional(),
  metadata: z.string().max(64).optional(),
});
const namedRefundSchema = z.looseObject({ refundRequestId: id });

/** The four operations of one-time payments, and the inquiry of a refund. */
export function antomOperations(sandbox: Sandbox, books: WalletBooks): Operation[] {
  const at = (name: string, path: string, answer: (request: PartnerRequest) => object): Operation => ({
    ...{ name, method: 'POST', path: `${BASE}${path}` },
    answer: (request) => ({ status: 200, body: answer(request) }),
  });
  return [
    at('pay', '/pay', (request) => pay(sandbox, books, read(request, paySchema))),
    at('inquiryPayment', '/inquiryPayment', (request) => show(named(books, request))),
    at('cancel', '/cancel', (request) => cancel(sandbox, books, named(books, request))),
    at('refund', '/refund', (request) => refund(books, read(request, refundSchema))),
    at('inquiryRefund', '/inquiryRefund', (request) => {
      const known = books.refundByReference(read(request, namedRefundSchema).refundRequestId);
      if (known === undefined) throw refused('REFUND_NOT_EXIST', 'The refund does not exist.');
      return showRefund(known);
    }),
  ];
}

/** Reads a body. Antom takes every field as text, and ignores fields that it does not know. */
function read<Body>(request: PartnerRequest, schema: z.ZodType<Body>): Body {
  const parsed = schema.safeParse(parse(request.body));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join('.'));
  throw refused('PARAM_ILLEGAL', `Illegal parameters: ${places.join(', ')}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('PARAM_ILLEGAL', 'The body is not JSON.');
  }
}

function pay(sandbox: Sandbox, books: WalletBooks, asked: z.infer<typeof paySchema>): object {
  const { currency, value } = asked.paymentAmount;
  const wallet = WALLETS[asked.paymentMethod.paymentMethodType];
  if (wallet === undefined) throw refused('PAYMENT_METHOD_NOT_SUPPORTED', 'No such payment method.');
  if (wallet.currency !== currency) throw refused('CURRENCY_NOT_SUPPORT', 'Not in this currency.');
  if (Number(value) < wallet.least) throw refused('PAYMENT_AMOUNT_EXCEED_LIMIT', 'Too small.');
  const known = books.byReference(asked.paymentRequestId);
  if (known !== undefined && (known.amount !== Number(value) || known.currency !== currency))
    throw refused('REPEAT_REQ_INCONSISTENT', 'Repeated with other parameters.');
  if (known?.state === 'closed' || known?.state === 'expired' || known?.state === 'returned')
    throw refused('ORDER_IS_CLOSED', 'The order is closed.');
  if (known?.state === 'declined') throw refused('USER_BALANCE_NOT_ENOUGH', 'The payment failed.');
  const payment =
    known ??
    books.open({
      ...{ reference: asked.paymentRequestId, amount: Number(value), currency },
      ...{ expiresMs: sandbox.now() + MINUTES_TO_PAY * 60_000, returnUrl: asked.paymentRedirectUrl },
      own: { type: asked.paymentMethod.paymentMethodType, order: asked.order.referenceOrderId },
    });
  const common = {
    ...{ paymentId: payment.id, paymentRequestId: payment.reference, paymentAmount: asked.paymentAmount },
    paymentCreateTime: timeText(payment.startedMs),
  };
  if (payment.state === 'paid') return common;
  const result = {
    ...{ resultStatus: 'U', resultCode: 'PAYMENT_IN_PROCESS', resultMessage: 'payment in process' },
  };
  return { ...common, result, normalUrl: books.pageUrl(payment) };
}

function named(books: WalletBooks, request: PartnerRequest): WalletPayment {
  const { paymentId, paymentRequestId } = read(request, namedSchema);
  if (paymentId === undefined && paymentRequestId === undefined)
    throw refused('PARAM_ILLEGAL', 'paymentId or paymentRequestId is needed.');
  const found = paymentId === undefined ? books.byReference(paymentRequestId ?? '') : books.byId(paymentId);
  if (found === undefined) throw refused('ORDER_NOT_EXIST', 'The order does not exist.');
  return found;
}

/** A payment that was paid is cancelled too: its money goes back. */
function cancel(sandbox: Sandbox, books: WalletBooks, payment: WalletPayment): object {
  if (books.refundsOf(payment).length > 0) throw refused('ORDER_STATUS_INVALID', 'The order was refunded.');
  const { id: paymentId, reference } = books.close(payment, { returnsMoney: true });
  return { paymentId, paymentRequestId: reference, cancelTime: timeText(sandbox.now()) };
}

function refund(books: WalletBooks, asked: z.infer<typeof refundSchema>): object {
  const { refundRequestId, paymentId, refundAmount, metadata } = asked;
  if (books.byId(paymentId) === undefined) throw refused('ORDER_NOT_EXIST', 'The order does not exist.');
  const { value, currency } = refundAmount;
  const given = books.refund({
    ...{ reference: refundRequestId, payment: paymentId, amount: Number(value), currency },
    own: { metadata },
  });
  if (typeof given === 'string') throw refused(REFUND_CODES[given], `The refund is refused: ${given}`);
  if (given.amount !== Number(value))
    throw refused('REPEAT_REQ_INCONSISTENT', 'Repeated with other parameters.');
  if (given.state === 'failed') throw refused('PROCESS_FAIL', 'The refund failed.');
  const { refundStatus: _status, ...shown } = showRefund(given);
  const isDone = given.state === 'paid';
  const result = {
    ...{ resultStatus: 'U', resultCode: 'REFUND_IN_PROCESS', resultMessage: 'refund in process' },
  };
  return { ...shown, paymentId, ...(isDone ? { refundTime: timeText(given.atMs) } : { result }) };
}

const REFUND_CODES = {
  ...{ 'not-paid': 'ORDER_STATUS_INVALID', 'other-currency': 'PARAM_ILLEGAL' },
  ...{ 'too-late': 'REFUND_WINDOW_EXCEED', 'too-much': 'REFUND_AMOUNT_EXCEED' },
} as const;

const STATES = {
  ...{ open: 'PROCESSING', paid: 'SUCCESS', declined: 'FAIL', expired: 'FAIL' },
  ...{ closed: 'CANCELLED', returned: 'CANCELLED' },
} as const;

/** The answer to an inquiry. */
export function show({ id: paymentId, reference, state, paid, amount: units, currency }: WalletPayment) {
  const { amount: value, currency: code } = paid ?? { amount: units, currency };
  return {
    ...{ paymentId, paymentRequestId: reference, paymentStatus: STATES[state] },
    paymentResultCode: codeOf(state),
    paymentAmount: { currency: code, value: String(value) },
    ...(paid !== undefined && { paymentTime: timeText(paid.atMs) }),
  };
}

/** Antom's code for the result of a payment. */
export function codeOf(state: WalletPayment['state']): string {
  if (state === 'declined') return 'USER_BALANCE_NOT_ENOUGH';
  if (state === 'expired') return 'ORDER_IS_CLOSED';
  return state === 'open' ? 'PAYMENT_IN_PROCESS' : 'SUCCESS';
}

const REFUND_STATES = { open: 'PROCESSING', paid: 'SUCCESS', failed: 'FAIL' } as const;

export const showRefund = (refund: NonNullable<ReturnType<WalletBooks['refundByReference']>>) => ({
  ...{ refundId: refund.id, refundRequestId: refund.reference, refundStatus: REFUND_STATES[refund.state] },
  refundAmount: { currency: refund.currency, value: String(refund.amount) },
  ...(refund.own.metadata !== undefined && { metadata: String(refund.own.metadata) }),
});

/** ISO 8601 with an offset, without milliseconds. */
export const timeText = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+00:00');
