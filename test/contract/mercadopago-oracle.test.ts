import { createHmac } from 'node:crypto';
import { MercadoPagoConfig, Payment, PaymentRefund, WebhookSignatureValidator } from 'mercadopago';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import type { Payer } from '../../shared/payment/payer-data.ts';
import { mercadopago } from '../../shared/payment/providers/mercadopago/adapter.ts';
import { present, recordingSend } from '../fixtures/partner-calls.ts';

/** The official SDK shows how a request must look. Its requests are caught before they leave the machine. */
const accessToken = 'APP_USR-oracle-1001';
const secret = '4c1f09d2b7a86e35';
const settings = {
  accounts: [{ country: 'BR', userId: '1001', accessToken }],
  webhookSecrets: [{ id: 'only', value: secret }],
};
const payment = {
  ...{ id: 123, status: 'pending', currency_id: 'BRL', transaction_amount: 49.9, payment_method_id: 'pix' },
  ...{ date_of_expiration: '2026-11-30T13:00:00.000-04:00', metadata: {} },
  point_of_interaction: { transaction_data: { qr_code: '000201' } },
};
const refund = { id: 9, amount: 10, status: 'approved', date_created: '2026-11-30T08:00:00.000-04:00' };

const answerTo = (method: string, path: string) =>
  path.endsWith('/refunds') ? (method === 'GET' ? [] : refund) : payment;

interface Taken {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly contentType: string | undefined;
}

function taken(method: string, url: string, headers: Record<string, string>, body?: string): Taken {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    // The SDK ends the address of a list with a slash, the reference does not.
    ...{
      method,
      url: url.replace(/\/$/, ''),
      body: body === undefined ? undefined : (JSON.parse(body) as unknown),
    },
    authorization: own.authorization,
    idempotencyKey: method === 'GET' ? undefined : own['x-idempotency-key'],
    contentType: method === 'GET' ? undefined : own['content-type'],
  };
}

async function ofSdk(act: () => Promise<unknown>): Promise<Taken[]> {
  const calls: Taken[] = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', headers, body }: RequestInit) => {
    calls.push(taken(method, url, headers as Record<string, string>, body as string | undefined));
    return Response.json(answerTo(method, new URL(url).pathname));
  });
  await act();
  return calls;
}

async function ofOurs(
  act: (bound: ReturnType<typeof mercadopago.bind>) => Promise<unknown>,
): Promise<Taken[]> {
  const { send, requests } = recordingSend(async ({ method, url }) => ({
    ...{ status: 200, headers: {}, body: JSON.stringify(answerTo(method, new URL(url).pathname)) },
  }));
  await act(mercadopago.bind(settings, send));
  return requests.map(({ method, url, headers, body }) => taken(method, url, { ...headers }, body));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const client = new MercadoPagoConfig({ accessToken, options: { maxRetries: 0 } });
const payer: Payer = {
  customer: { email: 'ana@example.com' },
  address: {
    ...{ name: 'Ana Maria Souza', line1: 'Av. Paulista, 1000', line2: 'Bela Vista', city: 'São Paulo' },
    ...{ region: 'SP', postalCode: '01310-100', country: 'BR', taxId: '529.982.247-25' },
  },
};
const ids = { orderId: 'ord_1', paymentId: 'pay_1', refundId: 'ref_1', providerPaymentId: 'BR-123' };
const payableUntil = '2027-01-31T12:00:00.000Z';
const body = {
  ...{ transaction_amount: 49.9, description: 'ord_1', external_reference: 'pay_1' },
  metadata: { order_id: 'ord_1', payment_id: 'pay_1' },
};
const person = {
  ...{ email: 'ana@example.com', first_name: 'Ana', last_name: 'Maria Souza' },
  identification: { type: 'CPF', number: '52998224725' },
};
const street = { street_name: 'Av. Paulista', street_number: '1000', neighborhood: 'Bela Vista' };
const key = (idempotencyKey: string) => ({ requestOptions: { idempotencyKey } });

describe('two refunds of one amount that wait for the banks', () => {
  const waiting = (id: number, time: string) => ({
    ...{ id, amount: 10, status: 'in_process', date_created: `2026-11-30T${time}.000Z` },
  });
  const [first, second] = [waiting(1, '12:00:01'), waiting(2, '12:10:01')];
  const ask = (listed: readonly object[], time: string, otherReferences: readonly string[]) => {
    const { send, requests } = recordingSend(async ({ method }) => ({
      ...{ status: 200, headers: {}, body: JSON.stringify(method === 'GET' ? listed : refund) },
    }));
    const command = {
      ...ids,
      amount: money(1_000, 'BRL'),
      askedAt: `2026-11-30T${time}.000Z`,
      otherReferences,
    };
    const answer = mercadopago.bind(settings, send).refund(present(), command);
    return { answer, made: () => requests.filter(({ method }) => method === 'POST').length };
  };

  it.each([
    ['oldest', [first, second]],
    ['newest', [second, first]],
  ])('are found again, each its own, if the %s is listed first', async (_, listed) => {
    const earlier = ask(listed, '12:00:00', []);
    expect(await earlier.answer).toMatchObject({ providerReference: '1', status: 'pending' });
    const later = ask(listed, '12:10:00', ['1']);
    expect(await later.answer).toMatchObject({ providerReference: '2', status: 'pending' });
    expect([earlier.made(), later.made()]).toEqual([0, 0]);
  });
});

describe('requests to Mercado Pago equal those of its own SDK', () => {
  const start = (method: string) => (ours: ReturnType<typeof mercadopago.bind>) =>
    ours.start(present(), {
      ...{ ...ids, method, amount: money(4_990, 'BRL'), country: 'BR', payableUntil, payer },
    });

  it.each([
    ['pix', 'pix', '2027-01-31', person],
    [
      // A boleto ends three days before its order, since a bank passes the money on later.
      ...(['boleto', 'bolbradesco', '2027-01-28'] as const),
      { ...person, address: { zip_code: '01310100', ...street, city: 'São Paulo', federal_unit: 'SP' } },
    ],
  ])('start by %s', async (method, payment_method_id, lastDay, given) => {
    const date_of_expiration = `${lastDay}T12:00:00.000+00:00`;
    const theirs = await ofSdk(() =>
      new Payment(client).create({
        body: { ...body, payment_method_id, date_of_expiration, payer: given },
        ...key('start:pay_1'),
      }),
    );
    expect(await ofOurs(start(method))).toEqual(theirs);
    expect(theirs).toHaveLength(1);
  });

  it('find, void and refund', async () => {
    const theirs = await ofSdk(async () => {
      await new Payment(client).get({ id: 123 });
      await new Payment(client).cancel({ id: 123, ...key('void:pay_1') });
      await new PaymentRefund(client).list({ payment_id: 123 });
      await new PaymentRefund(client).create({
        payment_id: 123,
        body: { amount: 10 },
        ...key('refund:ref_1'),
      });
    });
    const own = await ofOurs(async (ours) => {
      await ours.find(present(), ids);
      await ours.void(present(), { ...ids, currency: 'BRL' });
      const command = { ...ids, amount: money(1_000, 'BRL'), askedAt: present(), otherReferences: [] };
      await ours.refund(present(), command);
    });
    expect(own).toEqual(theirs);
    expect(theirs).toHaveLength(4);
  });
});

describe('our verdict on signatures equals that of its own SDK', () => {
  const now = '2026-11-23T12:00:00.000Z';
  const requestId = 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e';
  const hex = createHmac('sha256', secret)
    .update(`id:123456789;request-id:${requestId};ts:1742505638683;`)
    .digest('hex');
  const vector = {
    ...{
      'x-request-id': 'bb56a2f1-6aae-46ac-982e-9dcd3581d08e',
      'x-signature': `ts=1742505638683,v1=${hex}`,
    },
  };
  const judge = async (headers: Record<string, string>, dataId: string, at = now) => {
    const rawBody = Buffer.from(JSON.stringify({ id: 1, type: 'payment', data: { id: dataId } }));
    const query = { 'data.id': dataId, type: 'payment' };
    const bound = mercadopago.bind(settings, async () => ({ status: 500, headers: {}, body: '' }));
    return bound.verify(at, { headers, query, rawBody });
  };

  it('on a vector: right in its time, and stale later', async () => {
    expect(() =>
      WebhookSignatureValidator.validate({
        ...{ xSignature: vector['x-signature'], xRequestId: vector['x-request-id'] },
        ...{ dataId: '123456789', secret },
      }),
    ).not.toThrow();
    const then = new Date(1_742_505_638_683).toISOString();
    expect(await judge(vector, '123456789', then)).toEqual({
      ...{ genuine: true, callbackId: '1', secretId: 'only' },
    });
    expect(await judge(vector, '123456789')).toEqual({ genuine: false, reason: 'stale' });
  });

  it.each([
    ['another object', vector, '123456788'],
    ['another request', { ...vector, 'x-request-id': 'other' }, '123456789'],
    ['no time', { ...vector, 'x-signature': `v1=${hex}` }, '123456789'],
    ['no hash', { ...vector, 'x-signature': 'ts=1742505638683' }, '123456789'],
    ['no header', { 'x-request-id': 'x' }, '123456789'],
  ])('on %s: neither accepts it', async (_name, headers: Record<string, string>, dataId) => {
    expect(() =>
      WebhookSignatureValidator.validate({
        ...{ xSignature: headers['x-signature'], xRequestId: headers['x-request-id'], dataId, secret },
      }),
    ).toThrow();
    expect(await judge(headers, dataId)).toMatchObject({ genuine: false });
  });

  it('a semicolon in a part does not make one part pass for two', async () => {
    const shifted = { 'x-signature': vector['x-signature'] };
    const dataId = `123456789;request-id:${requestId}`;
    const at = new Date(1_742_505_638_683).toISOString();
    expect(() =>
      WebhookSignatureValidator.validate({
        xSignature: shifted['x-signature'],
        xRequestId: undefined,
        dataId,
        secret,
      }),
    ).not.toThrow();
    expect(await judge(shifted, dataId, at)).toEqual({ genuine: false, reason: 'malformed' });
  });
});
