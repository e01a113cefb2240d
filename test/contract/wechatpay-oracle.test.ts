import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { wechatpay } from '../../shared/payment/providers/wechatpay/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present, toCallback } from '../fixtures/partner-calls.ts';
import { type Receiver, startFast, startReceiver, until } from './partners/sandbox.ts';
import { visitWallet } from './suites/payment/wallets.ts';

/** A library of WeChat Pay's API for Node.js and our adapter call the same sandbox, through a server that records. */
interface Taken {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly authorization: Readonly<Record<string, string>>;
  readonly isSigned: boolean;
}

interface Settings {
  readonly mchid: string;
  readonly appid: string;
  readonly serialNo: string;
  readonly privateKey: string;
  readonly apiV3Key: string;
  readonly notifyUrl: string;
  readonly webhookSecrets: readonly { readonly value: string }[];
}

const PLATFORM_SERIAL = 'PUB_KEY_ID_0119000001092026';
let taken: Taken[] = [];
let partners: Partners;
let receiver: Receiver;
let settings: Settings;
let ours: BoundPaymentProvider;
let theirs: Wechatpay;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '', headers } = request;
    const [scheme = '', rest = ''] = (headers.authorization ?? '').split(/ (.*)/);
    const pairs = [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
    const { signature, timestamp, nonce_str, ...named } = Object.fromEntries(pairs) as Record<string, string>;
    const text = Formatter.request(method, url, timestamp ?? '', nonce_str ?? '', body);
    const publicKey = Rsa.from(settings.privateKey, Rsa.KEY_TYPE_PUBLIC);
    taken.push({
      ...{ method, url, body: body === '' ? undefined : JSON.parse(body) },
      contentType: body === '' ? undefined : headers['content-type']?.split(';')[0],
      authorization: { scheme, ...named },
      isSigned: Rsa.verify(text, signature ?? '', publicKey),
    });
    const onward = forward(`${partners.urlOf('wechatpay')}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  });
});

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
  settings = partners.settings()['partners-payment']?.wechatpay as unknown as Settings;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ours = wechatpay.bind({ ...settings, baseUrl }, impatientSend('wechatpay', 5_000));
  const { mchid, serialNo: serial, privateKey, webhookSecrets } = settings;
  const certs = { [PLATFORM_SERIAL]: webhookSecrets[0]?.value ?? '' };
  theirs = new Wechatpay({ mchid, serial, privateKey, certs, baseURL: baseUrl });
});
beforeEach(() => {
  taken = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await partners.stop();
  await receiver.stop();
});

const ids = (n: number) => ({
  orderId: idOf('order', n),
  paymentId: idOf('payment', n),
  refundId: idOf('refund', n),
});
const payableUntil = '2099-12-31T23:59:59.000Z';
const orderOf = (n: number) => {
  const { orderId, paymentId } = ids(n);
  const { appid, mchid, notifyUrl: notify_url } = settings;
  return {
    ...{
      appid,
      mchid,
      description: `Order ${orderId}`,
      notify_url,
      out_trade_no: paymentId,
      attach: orderId,
    },
    ...{ trade_type: 'NATIVE', time_expire: '2099-12-31T23:59:59+00:00', merchant_category_code: '5311' },
    amount: { total: 4_990, currency: 'EUR' },
  };
};
const start = (n: number) =>
  ours.start(present(), {
    ...ids(n),
    amount: money(4_990, 'EUR'),
    method: 'wechat-pay',
    country: 'CN',
    payableUntil,
  });

/** What both sent for the same order; their own calls may not be refused. */
async function bothSend(act: { sdk: () => Promise<unknown>; us: () => Promise<unknown> }) {
  await act.sdk();
  const wanted = taken;
  taken = [];
  await act.us();
  return { wanted, sent: taken };
}

describe('requests to WeChat Pay equal those of a library of its own', () => {
  it('an order', async () => {
    const sdk = () => theirs.chain('v3/global/transactions/native').post(orderOf(1));
    const { wanted, sent } = await bothSend({ sdk, us: () => start(1) });
    expect(sent).toEqual(wanted);
    expect(sent).toMatchObject([{ isSigned: true, method: 'POST', url: '/v3/global/transactions/native' }]);
  });

  it('its state', async () => {
    const { paymentId: providerPaymentId } = ids(1);
    const path = `v3/global/transactions/out-trade-no/${providerPaymentId}`;
    const sdk = () => theirs.chain(path).get({ params: { mchid: settings.mchid } });
    const us = () => ours.find(present(), { providerPaymentId });
    const { wanted, sent } = await bothSend({ sdk, us });
    expect(sent).toEqual(wanted);
    expect(sent).toMatchObject([{ isSigned: true, method: 'GET' }]);
  });

  it('a refund', async () => {
    await start(2);
    const { orderId, paymentId, refundId } = ids(2);
    await visitWallet('wechatpay', partners.urlOf('wechatpay'), { providerPaymentId: paymentId }, 'pay');
    taken = [];
    const { appid, mchid, notifyUrl: notify_url } = settings;
    const reference = `${orderId}_${refundId}`;
    const sdk = async () => {
      const amount = { refund: 1_000, total: 4_990, currency: 'EUR' };
      const asked = { appid, mchid, out_trade_no: paymentId, out_refund_no: reference, amount, notify_url };
      await theirs.chain('v3/global/refunds').post(asked);
      await theirs.chain(`v3/global/refunds/out-refund-no/${reference}`).get({ params: { mchid } });
    };
    const asked = { orderId, paymentId, refundId, providerPaymentId: paymentId, amount: money(1_000, 'EUR') };
    const us = () => ours.refund(present(), { ...asked, askedAt: present(), otherReferences: [] });
    const { wanted, sent } = await bothSend({ sdk, us });
    // Ours first asks what was paid in all.
    expect(sent.slice(1)).toEqual(wanted);
  });

  it('the end of an order', async () => {
    await start(3);
    await start(4);
    taken = [];
    const close = (id: string) => theirs.chain(`v3/global/transactions/out-trade-no/${id}/close`);
    await close(ids(3).paymentId).post({ mchid: settings.mchid });
    const [wanted] = taken;
    taken = [];
    await ours.void(present(), { ...ids(4), providerPaymentId: ids(4).paymentId, currency: 'EUR' });
    const sent = taken.find(({ method }) => method === 'POST');
    expect(sent).toEqual({ ...wanted, url: wanted?.url.replace(ids(3).paymentId, ids(4).paymentId) });
  });
});

describe('notifications of the sandbox', () => {
  it('pass the check of the library, which decrypts what they report, and we read the same', async () => {
    await start(5);
    const { orderId, paymentId } = ids(5);
    await until(() => partners.idle());
    const before = receiver.arrived.length;
    await visitWallet('wechatpay', partners.urlOf('wechatpay'), { providerPaymentId: paymentId }, 'pay');
    await until(() => partners.idle());
    const [hook] = receiver.arrived.slice(before);
    if (hook === undefined) throw new Error('nothing was sent');
    const callback = toCallback(hook);
    const { headers, rawBody } = callback;
    const text = Formatter.response(
      headers['wechatpay-timestamp'] ?? '',
      headers['wechatpay-nonce'] ?? '',
      rawBody.toString('utf8'),
    );
    const key = Rsa.from(settings.webhookSecrets[0]?.value ?? '', Rsa.KEY_TYPE_PUBLIC);
    expect(Rsa.verify(text, headers['wechatpay-signature'] ?? '', key)).toBe(true);
    const { resource } = JSON.parse(rawBody.toString('utf8'));
    const { ciphertext, nonce, associated_data: associated } = resource;
    const reported = JSON.parse(Aes.AesGcm.decrypt(ciphertext, settings.apiV3Key, nonce, associated));
    expect(reported).toMatchObject({ out_trade_no: paymentId, attach: orderId, trade_state: 'SUCCESS' });
    expect(ours.verify(present(), callback)).toMatchObject({ genuine: true });
    expect(ours.interpret(rawBody)).toMatchObject({
      ...{ kind: 'payment', orderId, paymentId },
      payment: { status: 'captured', amount: money(4_990, 'EUR'), captures: [{ reference: reported.id }] },
    });
  });

  it('that another key encrypted can’t be read, and are kept', async () => {
    const body = Buffer.from(
      JSON.stringify({
        ...{ id: 'EV-1', event_type: 'TRANSACTION.SUCCESS' },
        resource: {
          ...{ algorithm: 'AEAD_AES_256_GCM', nonce: 'fdasflkja484', associated_data: 'transaction' },
          ciphertext: Aes.AesGcm.encrypt('{}', '0'.repeat(32), 'fdasflkja484', 'transaction'),
        },
      }),
    );
    expect(() => ours.interpret(body)).toThrow();
  });
});
