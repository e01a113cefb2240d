import * as z from 'zod';
import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  Sandbox,
} from '../../../../../infra/sandbox/partner.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';
import type { WalletBooks, WalletPayment, WalletRefund } from '../../../../../infra/sandbox/wallet-books.ts';

/** A refusal of pawaPay. Most of them have the HTTP status 200 and the status `REJECTED`. */
const refused = (code: string, message: string, status = 200): ApiRefusal =>
  new ApiRefusal(status, code, message);

/** How long the operator's prompt may wait: longer than a shop holds the stock, so that approvals come late. */
const MINUTES_TO_APPROVE = 30;

/** Limits in hundredths of the currency. */
const OPERATORS: Readonly<
  Record<string, { currency: string; country: string; prefix: string; decimals: 0 | 2; most?: number }>
> = {
  MPESA_KEN: { currency: 'KES', country: 'KEN', prefix: '254', decimals: 0, most: 25_000_000 },
  MTN_MOMO_NGA: { currency: 'NGN', country: 'NGA', prefix: '234', decimals: 2 },
  AIRTEL_NGA: { currency: 'NGN', country: 'NGA', prefix: '234', decimals: 0 },
};

const uuid4 = z.uuidv4();
const amount = z.string().regex(/^(0|[1-9]\d{0,15})(\.\d{1,2})?$/);
const metadata = z.array(z.record(z.string(), z.unknown())).max(10).optional();
const depositSchema = z.strictObject({
  depositId: uuid4,
  amount,
  currency: z.string().length(3),
  payer: z.strictObject({
    type: z.literal('MMO'),
    accountDetails: z.strictObject({ phoneNumber: z.string(), provider: z.string() }),
  }),
  customerMessage: z
    .string()
    .regex(/^[A-Za-z0-9 ]{4,22}$/)
    .optional(),
  metadata,
});
const refundSchema = z.strictObject({
  refundId: uuid4,
  depositId: uuid4,
  amount,
  currency: z.string().length(3),
  metadata,
});

export function pawapayOperations(sandbox: Sandbox, books: WalletBooks): Operation[] {
  return [
    {
      ...{ name: 'deposits.initiate', method: 'POST', path: '/v2/deposits' },
      answer: (request) => ok(deposit(sandbox, books, read(request, depositSchema))),
    },
    {
      ...{ name: 'deposits.get', method: 'GET', path: '/v2/deposits/:id' },
      answer: (_request, { id = '' }) => found(books.byReference(id), showDeposit),
    },
    {
      ...{ name: 'refunds.initiate', method: 'POST', path: '/v2/refunds' },
      answer: (request) => ok(refund(books, read(request, refundSchema))),
    },
    {
      ...{ name: 'refunds.get', method: 'GET', path: '/v2/refunds/:id' },
      answer: (_request, { id = '' }) => found(books.refundByReference(id), showRefund),
    },
  ];
}

const ok = (body: object): PartnerAnswer => ({ status: 200, body });

const found = <One>(one: One | undefined, show: (one: One) => object): PartnerAnswer =>
  ok(one === undefined ? { status: 'NOT_FOUND' } : { status: 'FOUND', data: show(one) });

function read<Body>(request: PartnerRequest, schema: z.ZodType<Body>): Body {
  const parsed = schema.safeParse(parse(request.body));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join('.'));
  throw refused('INVALID_PARAMETER', `Invalid: ${places.join(', ')}`, 400);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('INVALID_INPUT', 'The body is not JSON.', 400);
  }
}

function deposit(sandbox: Sandbox, books: WalletBooks, asked: z.infer<typeof depositSchema>): object {
  const { depositId, currency, payer, metadata: own } = asked;
  const { provider, phoneNumber } = payer.accountDetails;
  const known = books.byReference(depositId);
  if (known !== undefined)
    return { depositId, status: 'DUPLICATE_IGNORED', created: timeText(known.startedMs) };
  const operator = OPERATORS[provider];
  if (operator === undefined) throw refused('INVALID_PROVIDER', 'No such provider.');
  if (operator.currency !== currency) throw refused('INVALID_CURRENCY', 'Not in this currency.');
  if (!new RegExp(`^${operator.prefix}\\d{9,10}$`).test(phoneNumber))
    throw refused('INVALID_PHONE_NUMBER', 'Not a number of this provider.');
  const units = hundredths(asked.amount, operator.decimals);
  if (units < 1 || units > (operator.most ?? Number.MAX_SAFE_INTEGER))
    throw refused('AMOUNT_OUT_OF_BOUNDS', 'Outside of the limits of this provider.');
  const payment = books.open({
    ...{ reference: depositId, amount: units, currency },
    expiresMs: sandbox.now() + MINUTES_TO_APPROVE * 60_000,
    own: { payer, country: operator.country, metadata: merged(own) },
  });
  return { depositId, status: 'ACCEPTED', nextStep: 'FINAL_STATUS', created: timeText(payment.startedMs) };
}

/** An amount as hundredths. More decimals than the operator takes are refused, zeros too. */
function hundredths(text: string, decimals: number): number {
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > decimals) throw refused('INVALID_AMOUNT', 'Too many decimals.');
  return Number(`${whole}${fraction.padEnd(2, '0')}`);
}

/** The list of a request is one object in answers and callbacks. */
const merged = (list: z.infer<typeof metadata>): object =>
  Object.assign({}, ...(list ?? []).map(({ isPII: _private, ...one }) => one));

function refund(books: WalletBooks, asked: z.infer<typeof refundSchema>): object {
  const { refundId, depositId, currency } = asked;
  const known = books.refundByReference(refundId);
  if (known !== undefined) return { refundId, status: 'DUPLICATE_IGNORED', created: timeText(known.atMs) };
  const payment = books.byReference(depositId);
  if (payment === undefined) throw refused('DEPOSIT_NOT_FOUND', 'No such deposit.');
  const units = hundredths(asked.amount, 2);
  const given = books.refund({
    ...{ reference: refundId, payment: payment.id, amount: units, currency },
    own: { payer: payment.own.payer, country: payment.own.country, metadata: merged(asked.metadata) },
  });
  if (typeof given === 'string') {
    const isDone = given === 'too-much' && books.refunded(payment) === payment.paid?.amount;
    throw refused(isDone ? 'DEPOSIT_ALREADY_REFUNDED' : REFUND_CODES[given], given);
  }
  return { refundId, status: 'ACCEPTED', created: timeText(given.atMs) };
}

const REFUND_CODES = {
  ...{ 'not-paid': 'DEPOSIT_NOT_COMPLETED', 'other-currency': 'INVALID_CURRENCY' },
  ...{ 'too-late': 'REFUNDS_NOT_ALLOWED', 'too-much': 'AMOUNT_TOO_LARGE' },
} as const;

const STATES = {
  ...{ open: 'PROCESSING', paid: 'COMPLETED', declined: 'FAILED', expired: 'FAILED' },
  ...{ closed: 'FAILED', returned: 'FAILED' },
} as const;

/** A deposit as the question for it and the callback show it. */
export function showDeposit({ id, reference, state, paid, amount: asked, currency, ...more }: WalletPayment) {
  const status = STATES[state];
  const { amount: units, currency: code } = paid ?? { amount: asked, currency };
  const failureReason = {
    failureCode: 'PAYMENT_NOT_APPROVED',
    failureMessage: 'The customer did not approve the payment.',
  };
  return {
    ...{ depositId: reference, status, amount: decimalText(units), currency: code },
    ...{ country: more.own.country, payer: more.own.payer, metadata: more.own.metadata },
    created: timeText(more.startedMs),
    ...(status === 'COMPLETED' && { providerTransactionId: `MM${id}` }),
    ...(status === 'FAILED' && { failureReason }),
  };
}

/** A refund, alike. */
export const showRefund = ({ id, reference, amount: units, currency, ...more }: WalletRefund) => ({
  ...{ refundId: reference, status: REFUND_STATES[more.state], amount: decimalText(units), currency },
  ...{ country: more.own.country, recipient: more.own.payer, metadata: more.own.metadata },
  created: timeText(more.atMs),
  ...(more.state === 'paid' && { providerTransactionId: `MM${id}` }),
  ...(more.state === 'failed' && { failureReason: WALLET_FULL }),
});

const REFUND_STATES = { open: 'PROCESSING', paid: 'COMPLETED', failed: 'FAILED' } as const;
const WALLET_FULL = {
  failureCode: 'WALLET_LIMIT_REACHED',
  failureMessage: 'The customer has reached a limit on their wallet.',
};

/** `199.5` and not `199.50`: pawaPay repeats amounts without zeros at their end. */
function decimalText(units: number): string {
  const fraction = String(units % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const whole = Math.floor(units / 100);
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

const timeText = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
