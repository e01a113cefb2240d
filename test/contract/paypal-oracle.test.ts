import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { Client, Environment, OrdersController, PaymentsController } from '@paypal/paypal-server-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import type { PartnerRequest, Send } from '../../shared/partners/send.ts';
import { paypal } from '../../shared/payment/providers/paypal/adapter.ts';
import { EXPIRED, FOREIGN, OTHER_NAME } from '../../shared/payment/providers/paypal/fixtures/certificates.ts';
import {
  SANDBOX_CERTIFICATE,
  SANDBOX_ROOT,
} from '../../shared/payment/providers/paypal/sandbox/certificates.ts';
import { signEvent } from '../../shared/payment/providers/paypal/sandbox/sign.ts';
import { createSend } from '../../shared/runtime/partner-sender.ts';
import { idOf } from '../builders/ids.ts';
import { callbackOf } from '../fixtures/partner-calls.ts';

/** The official SDK shows how a request must look. Both send their requests to a server that records them. */
interface Taken {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly authorization: string | undefined;
  readonly prefer: string | undefined;
}

const [clientId, apiKey] = ['AQoracle', 'EFoUrFLuM9xTg'];
const ids = { orderId: idOf('order', 1), paymentId: idOf('payment', 2), refundId: idOf('refund', 3) };
const now = '2026-11-30T12:00:00.000Z';
const payableUntil = '2026-11-30T13:00:00.000Z';
const seconds = Date.parse(payableUntil) / 1_000;
const customId = `${ids.orderId}.${ids.paymentId}.${seconds}`;
const euros = (value: string) => ({ currency_code: 'EUR', value });
const ORDER = '5O190127TN364715T';

/** What the server shows as the state of the order. */
let payments: object | undefined;
let taken: Taken[] = [];

const answerTo = (method: string, path: string): object => {
  if (path === '/v1/oauth2/token')
    return { access_token: 'A21AAoracle', token_type: 'Bearer', expires_in: 32_400 };
  if (path.includes('/payments/'))
    return { id: '2GG279541U471931P', status: 'COMPLETED', amount: euros('10.00') };
  const links = [
    { rel: 'payer-action', href: `https://www.sandbox.paypal.com/checkoutnow?token=${ORDER}`, method },
  ];
  const unit = { reference_id: 'default', custom_id: customId, amount: euros('49.90') };
  return {
    id: ORDER,
    status: payments === undefined ? 'PAYER_ACTION_REQUIRED' : 'COMPLETED',
    links,
    purchase_units: [{ ...unit, ...(payments && { payments }) }],
  };
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url ?? '';
    const text = Buffer.concat(chunks).toString('utf8');
    const header = (name: string) => request.headers[name]?.toString();
    const isJson = header('content-type')?.startsWith('application/json') === true && text !== '';
    if (path !== '/v1/oauth2/token' || header('authorization')?.startsWith('Basic ') !== true || text !== '')
      taken.push({
        ...{ method: request.method ?? '', path, body: isJson ? JSON.parse(text) : text },
        ...{
          requestId: header('paypal-request-id'),
          authorization: header('authorization'),
          prefer: header('prefer'),
        },
      });
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answerTo('GET', path)));
  });
});

/** The SDK calls PayPal's own address: its connections lead to the server of this test. */
class LocalAgent extends Agent {
  override createConnection() {
    return connect((server.address() as AddressInfo).port, '127.0.0.1');
  }
}

const settings = (baseUrl: string, more: object = {}) => ({
  ...{ clientId, apiKey, baseUrl, webhooks: [{ id: 'only', webhookId: '4JH86294D6297924G' }], ...more },
});

let ours: ReturnType<typeof paypal.bind>;
let orders: OrdersController;
let modifications: PaymentsController;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  ours = paypal.bind(settings(`http://127.0.0.1:${port}`), createSend({ partner: 'paypal' }));
  const sdk = new Client({
    clientCredentialsAuthCredentials: { oAuthClientId: clientId, oAuthClientSecret: apiKey },
    ...{ environment: Environment.Sandbox, httpClientOptions: { httpsAgent: new LocalAgent() } },
  });
  orders = new OrdersController(sdk);
  modifications = new PaymentsController(sdk);
});
beforeEach(() => {
  taken = [];
  payments = undefined;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The calls that change something, and the reading of an order, without those that get a token. */
const sent = () => taken.filter(({ path }) => path !== '/v1/oauth2/token');

describe('requests to PayPal equal those of its own SDK', () => {
  const amount = money(4_990, 'EUR');
  const head = { orderId: ids.orderId, paymentId: ids.paymentId, providerPaymentId: ORDER };
  const authorized = { authorizations: [{ id: '0AW12345', status: 'CREATED', amount: euros('49.90') }] };
  const captured = {
    authorizations: [{ id: '0AW12345', status: 'CAPTURED', amount: euros('49.90') }],
    captures: [{ id: '2GG279541U471931P', status: 'COMPLETED', amount: euros('49.90') }],
  };
  const prefer = 'return=representation';
  const read = () => orders.getOrder({ id: ORDER });

  it('start', async () => {
    await orders.createOrder({
      prefer,
      paypalRequestId: `start:${ids.paymentId}`,
      body: {
        intent: 'AUTHORIZE' as never,
        purchaseUnits: [{ customId, amount: { currencyCode: 'EUR', value: '49.90' } }],
        paymentSource: {
          paypal: {
            experienceContext: {
              ...{ userAction: 'PAY_NOW' as never, shippingPreference: 'NO_SHIPPING' as never },
              ...{ returnUrl: 'https://shop.example/thanks', cancelUrl: 'https://shop.example/thanks' },
            },
          },
        },
      },
    });
    const wanted = sent();
    taken = [];
    await ours.start(now, {
      ...{
        ...head,
        amount,
        method: 'paypal',
        country: 'DE',
        payableUntil,
        returnUrl: 'https://shop.example/thanks',
      },
    });
    expect(sent()).toEqual(wanted);
    expect(wanted).toHaveLength(1);
  });

  const calls = {
    find: { state: authorized, sdk: read, ours: () => ours.find(now, head) },
    capture: {
      state: authorized,
      sdk: async () => {
        await read();
        await modifications.captureAuthorizedPayment({
          ...{ authorizationId: '0AW12345', prefer, paypalRequestId: `capture:${ids.paymentId}` },
          body: {
            amount: { currencyCode: 'EUR', value: '49.90' },
            invoiceId: ids.paymentId,
            finalCapture: true,
          },
        });
        await read();
      },
      ours: () => ours.capture(now, { ...head, captureId: ids.paymentId, amount, isFinal: true }),
    },
    refund: {
      state: captured,
      sdk: async () => {
        await read();
        await modifications.refundCapturedPayment({
          ...{ captureId: '2GG279541U471931P', prefer, paypalRequestId: `refund:${ids.refundId}` },
          body: {
            amount: { currencyCode: 'EUR', value: '10.00' },
            customId: `${ids.orderId}.${ids.paymentId}.${ids.refundId}`,
          },
        });
      },
      ours: () =>
        ours.refund(now, {
          ...{ ...head, refundId: ids.refundId, amount: money(1_000, 'EUR') },
          ...{ askedAt: now, otherReferences: [] },
        }),
    },
    'void of an order that nobody paid': {
      state: undefined,
      sdk: async () => {
        await read();
        const path = "/purchase_units/@reference_id=='default'/custom_id";
        const value = `${ids.orderId}.${ids.paymentId}.void`;
        await orders.patchOrder({ id: ORDER, body: [{ op: 'replace' as never, path, value }] });
        await read();
      },
      ours: () => ours.void(now, { ...head, currency: 'EUR' }),
    },
  };

  it.each(Object.entries(calls))('%s', async (_name, call) => {
    payments = call.state;
    await call.sdk();
    // The SDK sets no preference where PayPal has none to take.
    const plain = (all: readonly Taken[]) => all.map(({ prefer: _, ...one }) => one);
    const wanted = plain(sent());
    taken = [];
    await call.ours();
    expect(plain(sent())).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
  });

  it('one token serves many calls', async () => {
    await ours.find(now, head);
    await ours.find(now, head);
    expect(taken.filter(({ path }) => path === '/v1/oauth2/token')).toEqual([]);
  });
});

const WEBHOOK = '4JH86294D6297924G';
const body = JSON.stringify({ id: 'WH-1', event_type: 'CHECKOUT.ORDER.SAVED', resource: {} });
const time = Date.parse(now) / 1_000;

/** A sender with one certificate, and PayPal's answer to the question whether a signature is its own. */
function senderOf(pem: string, isOwn = false): { readonly send: Send; readonly asked: PartnerRequest[] } {
  const asked: PartnerRequest[] = [];
  const send: Send = async (request) => {
    asked.push(request);
    const answer = request.url.includes('/certs/')
      ? pem
      : request.url.endsWith('/oauth2/token')
        ? JSON.stringify({ access_token: 'A21', expires_in: 32_400 })
        : JSON.stringify({ verification_status: isOwn ? 'SUCCESS' : 'FAILURE' });
    return { status: 200, headers: {}, body: answer };
  };
  return { send, asked };
}

let count = 0;

/** Judges a call with a certificate that no other call of this test has. */
async function judge(
  { send }: { readonly send: Send },
  {
    at = 'http://127.0.0.1:4010',
    more = { sandboxRoot: SANDBOX_ROOT },
    certUrl,
    algorithm,
  }: { at?: string; more?: object; certUrl?: string; algorithm?: string } = {},
) {
  count += 1;
  const signed = signEvent(WEBHOOK, { timestamp: time, body }, at);
  const own = `${at}/v1/notifications/certs/CERT-${count}`;
  const headers = {
    ...signed,
    'paypal-cert-url': certUrl ?? own,
    'paypal-auth-algo': algorithm ?? 'SHA256withRSA',
  };
  return paypal.bind(settings(at, more), send).verify(now, callbackOf(headers, body));
}

describe('the certificate of a webhook', () => {
  const genuine = { genuine: true, callbackId: 'WH-1', secretId: 'only' };
  const bad = { genuine: false, reason: 'bad-signature' };

  it('counts if it leads to the root, and is fetched once', async () => {
    const { send, asked } = senderOf(SANDBOX_CERTIFICATE);
    const certUrl = 'http://127.0.0.1:4010/v1/notifications/certs/CERT-kept';
    expect(await judge({ send }, { certUrl })).toEqual(genuine);
    expect(await judge({ send }, { certUrl })).toEqual(genuine);
    expect(asked.map(({ url }) => url)).toEqual([certUrl]);
  });

  it.each([
    ['of another time', EXPIRED],
    ['of another name', OTHER_NAME],
    ['that is an authority', SANDBOX_ROOT],
    ['that is no certificate', 'not a certificate'],
    ['that is empty', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('one %s does not count', async (_name, pem) => {
    expect(await judge(senderOf(pem, true))).toEqual(bad);
  });

  it('of an unknown authority counts only if PayPal confirms the signature', async () => {
    const confirmed = senderOf(FOREIGN, true);
    expect(await judge(confirmed)).toEqual(genuine);
    const question = confirmed.asked.at(-1);
    expect(question?.url).toBe('http://127.0.0.1:4010/v1/notifications/verify-webhook-signature');
    expect(JSON.parse(question?.body ?? '')).toMatchObject({
      ...{ webhook_id: WEBHOOK, webhook_event: JSON.parse(body), auth_algo: 'SHA256withRSA' },
    });
    expect(await judge(senderOf(FOREIGN, false))).toEqual(bad);
  });

  const live = { at: 'https://api-m.paypal.com', more: {} };
  it.each([
    'https://paypal.com.example/certs/1',
    'https://notpaypal.com/certs/1',
    'http://api.paypal.com/certs/1',
    'https://api.paypal.com:8443/certs/1',
    'https://user@api.paypal.com/certs/1',
    'https://127.0.0.1/certs/1',
    'file:///certs/1',
    'api.paypal.com/certs/1',
  ])('is not fetched from %s', async (certUrl) => {
    const { send, asked } = senderOf(SANDBOX_CERTIFICATE, true);
    expect(await judge({ send }, { ...live, certUrl })).toEqual(bad);
    expect(asked).toEqual([]);
  });

  it('of the sandbox does not count in a deployment, which can’t be given its root', async () => {
    const { send, asked } = senderOf(SANDBOX_CERTIFICATE, false);
    const certUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-sandbox';
    expect(await judge({ send }, { ...live, certUrl })).toEqual(bad);
    expect(asked.at(-1)?.url).toBe('https://api-m.paypal.com/v1/notifications/verify-webhook-signature');
    const bind = () => paypal.bind(settings('https://api-m.paypal.com', { sandboxRoot: SANDBOX_ROOT }), send);
    expect(bind).toThrow('/sandboxRoot: only with a server of this machine');
  });

  it('needs the algorithm that PayPal names', async () => {
    expect(await judge(senderOf(SANDBOX_CERTIFICATE, true), { algorithm: 'SHA1withRSA' })).toEqual(bad);
  });

  it('that can’t be had now makes the call fail, so that PayPal repeats it', async () => {
    const send: Send = async () => ({ status: 503, headers: {}, body: '' });
    await expect(judge({ send })).rejects.toThrow('answered 503 for a certificate');
  });
});
