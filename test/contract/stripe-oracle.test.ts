import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { stripe } from '../../shared/payment/providers/stripe/adapter.ts';
import { apiVersion } from '../../shared/payment/providers/stripe/requests.ts';
import { parseForm } from '../../shared/payment/providers/stripe/sandbox/form.ts';
import { createSend } from '../../shared/runtime/partner-sender.ts';
import { callbackOf, present } from '../fixtures/partner-calls.ts';

/** The official SDK shows how a request must look. Both send their requests to a server that records them. */
interface Taken {
  readonly method: string;
  readonly path: string;
  readonly form: unknown;
  readonly version: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
}

const apiKey = 'sk_test_oracle';
const secret = 'whsec_test_secret';
const { webhooks } = new Stripe(apiKey);
const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  status: 'requires_payment_method',
  amount: 4_990,
  amount_capturable: 0,
  amount_received: 0,
  currency: 'eur',
  client_secret: 'pi_1_secret',
  metadata: {},
};
const refund = {
  id: 're_1',
  object: 'refund',
  status: 'succeeded',
  amount: 1_000,
  currency: 'eur',
  metadata: {},
};

const dispute = { id: 'du_1', object: 'dispute', status: 'needs_response', metadata: {} };
const pdf = Buffer.concat([
  Buffer.from('%PDF-1.7\r\n\r\n'),
  Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
]);
const sha = '5'.repeat(64);

/** The parts of an upload, whatever divides them. */
const partsOf = (body: Buffer, boundary: string) =>
  body
    .toString('latin1')
    .split(`--${boundary}`)
    .filter((part) => part.startsWith('\r\n'))
    .sort();

let taken: Taken[] = [];
let sdk: Stripe;
let ours: BoundPaymentProvider;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    const sent = request.method === 'GET' ? search.slice(1) : Buffer.concat(chunks).toString('utf8');
    const header = (name: string) => request.headers[name]?.toString();
    const [, boundary] = /boundary=(\S+)/.exec(header('content-type') ?? '') ?? [];
    taken.push({
      method: request.method ?? '',
      path: pathname,
      form: boundary === undefined ? parseForm(sent) : partsOf(Buffer.concat(chunks), boundary),
      version: header('stripe-version'),
      idempotencyKey: header('idempotency-key'),
      authorization: header('authorization'),
      contentType: request.method === 'GET' ? undefined : header('content-type')?.split(';')[0],
    });
    const list = { object: 'list', data: [], has_more: false, url: '/v1/refunds' };
    const isList = request.method === 'GET' && pathname === '/v1/refunds';
    const objects = {
      '/v1/refunds': refund,
      '/v1/disputes': dispute,
      '/v1/files': { id: 'file_1', object: 'file' },
    };
    const named = Object.entries(objects).find(([path]) => pathname.startsWith(path));
    const body = isList ? list : (named?.[1] ?? intent);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  sdk = new Stripe(apiKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
  const settings = {
    apiKey,
    webhookSecrets: [{ id: 'only', value: secret }],
    baseUrl: `http://127.0.0.1:${port}`,
  };
  ours = stripe.bind(settings, createSend({ partner: 'stripe' }));
});
beforeEach(() => {
  taken = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('requests to Stripe equal those of its own SDK', () => {
  const ids = { orderId: 'ord_1 ä&=', paymentId: 'pay_1', refundId: 'ref_1', providerPaymentId: 'pi_1' };
  const amount = money(4_990, 'EUR');
  const calls = {
    start: {
      sdk: () =>
        sdk.paymentIntents.create(
          {
            amount: 4_990,
            currency: 'eur',
            capture_method: 'manual',
            allowed_payment_method_types: ['card'],
            payment_method_options: { card: { request_three_d_secure: 'any' } },
            metadata: { orderId: ids.orderId, paymentId: ids.paymentId },
          },
          { idempotencyKey: 'start:pay_1' },
        ),
      ours: () =>
        ours.start(present(), { ...ids, amount, method: 'card', country: 'DE', payableUntil: present() }),
    },
    'start of an order to a place without the rule': {
      sdk: () =>
        sdk.paymentIntents.create(
          {
            ...{ amount: 4_990, currency: 'eur', capture_method: 'manual' },
            allowed_payment_method_types: ['card'],
            metadata: { orderId: ids.orderId, paymentId: ids.paymentId },
          },
          { idempotencyKey: 'start:pay_1' },
        ),
      ours: () =>
        ours.start(present(), { ...ids, amount, method: 'card', country: 'US', payableUntil: present() }),
    },
    'start by Pix': {
      sdk: async () => {
        await sdk.paymentIntents.create(
          {
            ...{ amount: 4_990, currency: 'brl', capture_method: 'automatic' },
            allowed_payment_method_types: ['pix'],
            metadata: { orderId: ids.orderId, paymentId: ids.paymentId },
          },
          { idempotencyKey: 'start:pay_1' },
        );
        return sdk.paymentIntents.confirm(
          'pi_1',
          {
            payment_method_data: {
              type: 'pix',
              billing_details: { email: 'ana@example.com', name: 'Ana Souza', tax_id: '52998224725' },
            },
            payment_method_options: { pix: { expires_at: 1_796_032_800 } },
            return_url: 'https://shop.example/return',
          },
          { idempotencyKey: 'confirm:pay_1:first' },
        );
      },
      ours: () =>
        ours.start(present(), {
          ...{ ...ids, amount: money(4_990, 'BRL'), method: 'pix', country: 'BR' },
          // 1,796,032,800 seconds after 1970.
          payableUntil: '2026-11-30T10:00:00.000Z',
          returnUrl: 'https://shop.example/return',
          payer: {
            customer: { email: 'ana@example.com' },
            address: {
              ...{ name: 'Ana Souza', line1: 'Rua 1', city: 'São Paulo', postalCode: '01310-100' },
              ...{ country: 'BR', taxId: '52998224725' },
            },
          },
        }),
    },
    capture: {
      sdk: () =>
        sdk.paymentIntents.capture(
          'pi_1',
          { amount_to_capture: 4_990, metadata: { captureId: 'pay_1' }, expand: ['latest_charge'] },
          { idempotencyKey: 'capture:pay_1' },
        ),
      ours: () => ours.capture(present(), { ...ids, captureId: 'pay_1', amount, isFinal: true }),
    },
    void: {
      sdk: () => sdk.paymentIntents.cancel('pi_1', {}, { idempotencyKey: 'void:pay_1' }),
      ours: () => ours.void(present(), { ...ids, currency: 'EUR' }),
    },
    find: {
      sdk: () => sdk.paymentIntents.retrieve('pi_1', { expand: ['latest_charge'] }),
      ours: () => ours.find(present(), ids),
    },
    evidence: {
      sdk: async () => {
        await sdk.disputes.retrieve('du_1');
        const file = { data: pdf, name: 'evidence.pdf', type: 'application/pdf' };
        await sdk.files.create(
          { purpose: 'dispute_evidence', file },
          { idempotencyKey: `evidence-file:du_1:${sha}` },
        );
        await sdk.disputes.update(
          'du_1',
          {
            evidence: {
              product_description: 'Tüch',
              uncategorized_text: 'sent & delivered',
              customer_name: 'Ανδρέας',
              uncategorized_file: 'file_1',
            },
            metadata: { evidenceDocument: sha },
            submit: true,
          },
          { idempotencyKey: `evidence:du_1:${sha}` },
        );
      },
      ours: async () =>
        ours.submitEvidence?.(present(), {
          ...{ orderId: ids.orderId, disputeId: 'du_1' },
          texts: { product: 'Tüch', summary: 'sent & delivered', customerName: 'Ανδρέας' },
          document: { name: 'evidence.pdf', bytes: pdf, sha256: sha },
        }),
    },
    refund: {
      sdk: async () => {
        await sdk.refunds.list({ payment_intent: 'pi_1', limit: 100 });
        const { orderId, paymentId, refundId } = ids;
        return sdk.refunds.create(
          { payment_intent: 'pi_1', amount: 1_000, metadata: { orderId, paymentId, refundId } },
          { idempotencyKey: 'refund:ref_1' },
        );
      },
      ours: () =>
        ours.refund(present(), {
          ...ids,
          amount: money(1_000, 'EUR'),
          askedAt: present(),
          otherReferences: [],
        }),
    },
  };

  it.each(Object.entries(calls))('%s', async (_name, call) => {
    await call.sdk();
    const wanted = taken;
    taken = [];
    await call.ours();
    expect(taken).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
  });

  it('requests use the API version of the SDK', () => {
    expect(apiVersion).toBe(Stripe.API_VERSION);
  });
});

describe('our verdict on Stripe’s signatures equals that of its own SDK', () => {
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'test', data: { object: 'ä' } });
  const now = '2026-11-23T12:00:00.000Z';
  const seconds = Date.parse(now) / 1_000;
  const header = (timestamp: number, key = secret) =>
    webhooks.generateTestHeaderString({ payload, secret: key, timestamp });
  const cases = {
    good: header(seconds),
    'at the edge of its age': header(seconds - 300),
    'too old': header(seconds - 301),
    'by another secret': header(seconds, 'whsec_other'),
    'with an unknown scheme beside it': `${header(seconds)},v0=00`,
    'one of two is ours': `t=${seconds},v1=${'0'.repeat(64)},${header(seconds).split(',')[1]}`,
    'only an unknown scheme': `t=${seconds},v0=00`,
    'no time': 'v1=00',
    empty: '',
  };

  it.each(Object.entries(cases))('%s', async (_name, signature) => {
    let theirs = true;
    try {
      webhooks.constructEvent(payload, signature, secret, 300, undefined, seconds * 1_000);
    } catch {
      theirs = false;
    }
    const verdict = await ours.verify(now, callbackOf({ 'stripe-signature': signature }, payload));
    expect(verdict.genuine).toBe(theirs);
  });

  it('except that we refuse a time in the future, which the SDK accepts', async () => {
    const verdict = await ours.verify(
      now,
      callbackOf({ 'stripe-signature': header(seconds + 301) }, payload),
    );
    expect(verdict).toEqual({ genuine: false, reason: 'stale' });
  });
});
