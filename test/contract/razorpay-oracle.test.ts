import { createHmac } from 'node:crypto';
import Razorpay from 'razorpay';
import { describe, expect, it } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import { razorpay } from '../../shared/payment/providers/razorpay/adapter.ts';
import { present, recordingSend } from '../fixtures/partner-calls.ts';

/** The official SDK shows how a request must look. Its requests are caught before they leave the machine. */
const secret = '4c1f09d2b7a86e35';
const keys = { keyId: 'rzp_test_oracle', keySecret: 'oracle-secret' };
const settings = { ...keys, webhookSecrets: [{ id: 'only', value: secret }] };
const code = {
  ...{ id: 'qr_1', status: 'active', payment_amount: 4_990, image_content: 'upi://pay?tr=1' },
  notes: { order_id: 'ord_1', payment_id: 'pay_1' },
};
const payment = { id: 'pay_R1', amount: 4_990, currency: 'INR', status: 'captured' };
const refund = { id: 'rfnd_1', amount: 1_000, currency: 'INR', status: 'pending' };

const order = { id: 'order_1', amount: 4_990, currency: 'INR', notes: code.notes };

function answerTo(method: string, path: string): object {
  if (path.endsWith('/orders')) return method === 'GET' ? { items: [] } : order;
  if (path.endsWith('/orders/order_1/payments')) return { items: [] };
  if (path.endsWith('/orders/order_1')) return order;
  if (path.endsWith('/payments/create/upi')) return { razorpay_payment_id: 'pay_R2' };
  if (path.endsWith('/qr_codes')) return method === 'GET' ? { items: [] } : code;
  if (path.endsWith('/payments')) return { items: [payment] };
  if (path.endsWith('/refunds')) return { items: [] };
  return path.endsWith('/refund') ? refund : code;
}

interface Taken {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

const taken = (method: string, address: string, body?: string, authorization?: string): Taken => {
  const url = new URL(address);
  const query = Object.fromEntries(url.searchParams);
  const read = body === undefined ? undefined : (JSON.parse(body) as unknown);
  return { method, path: `${url.origin}${url.pathname}`, query, body: read, authorization };
};

interface AxiosCall {
  readonly method: string;
  readonly baseURL: string;
  readonly url: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly data?: string;
  readonly auth: { readonly username: string; readonly password: string };
}

async function ofSdk(act: (client: Razorpay) => Promise<unknown>): Promise<Taken[]> {
  const calls: Taken[] = [];
  const client = new Razorpay({ key_id: keys.keyId, key_secret: keys.keySecret });
  const { rq } = (client as unknown as { api: { rq: { defaults: { adapter: unknown } } } }).api;
  rq.defaults.adapter = async (config: AxiosCall) => {
    const given = Object.entries(config.params ?? {}).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams(
      Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    );
    const { username, password } = config.auth;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const method = config.method.toUpperCase();
    calls.push(taken(method, `${config.baseURL}${config.url}?${query}`, config.data, authorization));
    return { ...{ status: 200, statusText: 'OK', headers: {}, config }, data: answerTo(method, config.url) };
  };
  await act(client);
  return calls;
}

async function ofOurs(act: (bound: ReturnType<typeof razorpay.bind>) => Promise<unknown>): Promise<Taken[]> {
  const { send, requests } = recordingSend(async ({ method, url }) => ({
    ...{ status: 200, headers: {}, body: JSON.stringify(answerTo(method, new URL(url).pathname)) },
  }));
  await act(razorpay.bind(settings, send));
  return requests.map(({ method, url, headers, body }) => taken(method, url, body, headers.authorization));
}

const ids = { orderId: 'ord_1', paymentId: 'pay_1', refundId: 'ref_1', providerPaymentId: 'qr_1' };
const notes = { order_id: 'ord_1', payment_id: 'pay_1' };
const payableUntil = '2027-01-31T12:00:00.000Z';
const until = Date.parse(payableUntil) / 1_000;

describe('requests to Razorpay equal those of its own SDK', () => {
  it('start', async () => {
    const list = { from: until - 40 * 60, count: 100, skip: 0 };
    const theirs = await ofSdk(async ({ qrCode }) => {
      await qrCode.all(list);
      await qrCode.create({
        ...{ type: 'upi_qr', usage: 'single_use', fixed_amount: true, payment_amount: 4_990 },
        ...{ description: 'ord_1', close_by: until, notes },
      });
      await qrCode.all(list);
    });
    const own = await ofOurs((ours) =>
      ours.start(present(), {
        ...{ ...ids, method: 'upi', amount: money(4_990, 'INR'), country: 'IN', payableUntil },
      }),
    );
    expect(own).toEqual(theirs);
    expect(theirs).toHaveLength(3);
  });

  it('start of a request to a UPI address', async () => {
    const list = { from: until - 40 * 60, count: 100, skip: 0 };
    const now = new Date((until - 30 * 60) * 1_000).toISOString();
    const theirs = await ofSdk(async ({ orders, payments }) => {
      await orders.all(list);
      const made = { amount: 4_990, currency: 'INR', receipt: 'pay_1', payment_capture: true, notes };
      await orders.create(made);
      await orders.all(list);
      await orders.fetch('order_1');
      await orders.fetchPayments('order_1');
      await payments.createUpi({
        ...{ amount: 4_990, currency: 'INR', order_id: 'order_1', email: 'asha.rao@example.com' },
        ...{ contact: '+919876543210', method: 'upi', description: 'ord_1', notes },
        upi: { flow: 'collect', vpa: 'asha.rao@examplebank', expiry_time: 30 },
        ...{ ip: '192.0.2.7', referer: 'https://shop.example/thanks', user_agent: 'Mozilla/5.0' },
      });
    });
    const address = { name: 'Asha Rao', line1: '1 MG Road', city: 'Pune', country: 'IN' };
    const payer = {
      ...{ customer: { email: 'asha.rao@example.com', phone: '+919876543210' }, address },
      ...{ vpa: 'asha.rao@examplebank', device: { ip: '192.0.2.7', userAgent: 'Mozilla/5.0' } },
    };
    const own = await ofOurs((ours) =>
      ours.start(now, {
        ...{ ...ids, method: 'upi-collect', amount: money(4_990, 'INR'), country: 'IN', payableUntil },
        ...{ payer, returnUrl: 'https://shop.example/thanks' },
      }),
    );
    expect(own).toEqual(theirs);
    expect(theirs).toHaveLength(6);
  });

  it('find, void and refund', async () => {
    const theirs = await ofSdk(async ({ qrCode, payments }) => {
      const find = async () => {
        await qrCode.fetch('qr_1');
        await qrCode.fetchAllPayments('qr_1', { count: 100 });
      };
      await find();
      await qrCode.close('qr_1');
      await find();
      await find();
      await payments.fetchMultipleRefund('pay_R1', { count: 100 });
      await payments.refund('pay_R1', { amount: 1_000, speed: 'normal', receipt: 'ref_1', notes });
    });
    const own = await ofOurs(async (ours) => {
      await ours.find(present(), ids);
      await ours.void(present(), { ...ids, currency: 'INR' });
      const command = { ...ids, amount: money(1_000, 'INR'), askedAt: present(), otherReferences: [] };
      await ours.refund(present(), command);
    });
    expect(own).toEqual(theirs);
    expect(theirs).toHaveLength(9);
  });
});

describe('our verdict on signatures equals that of its own SDK', () => {
  const body = JSON.stringify({ entity: 'event', event: 'qr_code.credited', payload: {} });
  const hex = createHmac('sha256', secret).update(body).digest('hex');
  const bound = razorpay.bind(settings, async () => ({ status: 500, headers: {}, body: '' }));
  const judge = async (text: string, signature: string) => {
    const verdict = await bound.verify(present(), {
      headers: { 'x-razorpay-signature': signature, 'x-razorpay-event-id': 'evt_1' },
      ...{ query: {}, rawBody: Buffer.from(text) },
    });
    return verdict.genuine;
  };

  it.each([
    ['right', body, hex, true],
    ['of another body', `${body} `, hex, false],
    ['by another secret', body, createHmac('sha256', 'other').update(body).digest('hex'), false],
    ['in the other case', body, hex.toUpperCase(), false],
    ['cut', body, hex.slice(2), false],
  ])('one that is %s', async (_what, text, signature, verdict) => {
    expect(Razorpay.validateWebhookSignature(text, signature, secret)).toBe(verdict);
    expect(await judge(text, signature)).toBe(verdict);
  });
});
