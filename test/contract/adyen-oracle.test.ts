import { CheckoutAPI, Client, EnvironmentEnum, hmacValidator, Types } from '@adyen/api-library';
import { beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import type { Verdict } from '../../shared/partners/plug-in.ts';
import type { PartnerRequest } from '../../shared/partners/send.ts';
import { adyen } from '../../shared/payment/providers/adyen/adapter.ts';
import { idOf } from '../builders/ids.ts';
import { callbackOf } from '../fixtures/partner-calls.ts';

/** A request as both send it. The library adds headers about itself, which are left out. */
interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly apiKey: string | undefined;
  readonly idempotencyKey: string | undefined;
}

const apiKey = 'AQE_oracle';
const merchantAccount = 'SandboxECOM';
const now = '2026-11-30T12:00:00.000Z';
const hmacKey = 'DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00';
const user = { name: 'hooks', password: 'aKx7-oracle' };
const ids = { orderId: idOf('order', 1), paymentId: idOf('payment', 2), refundId: idOf('refund', 3) };
const amount = money(4_990, 'EUR');
const link = {
  ...{ id: 'PL61C53A8B97E6915A', url: 'https://test.adyen.link/PL61C53A8B97E6915A', status: 'active' },
  ...{ merchantAccount, reference: 'any', amount: { currency: 'EUR', value: 4_990 } },
};
const received = { pspReference: '993617894906488A', status: 'received' };
const answerTo = (url: string) => JSON.stringify(url.includes('/paymentLinks') ? link : received);

let sent: Sent[] = [];
beforeEach(() => {
  sent = [];
});

const sdk = new CheckoutAPI(
  new Client(
    { apiKey, environment: EnvironmentEnum.TEST },
    {
      request: async (url, json, config, _isApiRequired, options = {}) => {
        const { method = 'POST', idempotencyKey } = options as { method?: string; idempotencyKey?: string };
        const text = String(json);
        const body = method === 'GET' ? undefined : JSON.parse(text);
        sent.push({ method, url, body, apiKey: config.apiKey, idempotencyKey });
        return answerTo(url);
      },
    },
  ),
);

const settings = {
  ...{ apiKey, merchantAccount, webhookUser: user, baseUrl: 'https://checkout-test.adyen.com/v72' },
  webhookSecrets: [{ id: 'only', value: hmacKey }],
};
const ours = adyen.bind(settings, async ({ method, url, headers, body }: PartnerRequest) => {
  const [key, idempotencyKey] = [headers['x-api-key'], headers['idempotency-key']];
  sent.push({
    method,
    url,
    body: body === undefined ? undefined : JSON.parse(body),
    apiKey: key,
    idempotencyKey,
  });
  return { status: 200, headers: {}, body: answerTo(url) };
});

describe('requests to Adyen equal those of its own library', () => {
  const { PaymentLinksApi: links, ModificationsApi: modifications } = sdk;
  const head = { orderId: ids.orderId, paymentId: ids.paymentId, providerPaymentId: link.id };
  const held = { ...head, authorisationReference: '993617894903480A' };
  const eur = { currency: 'EUR', value: 4_990 };
  const reference = (what: string) => `${ids.orderId}.${ids.paymentId}.${what}`;
  const calls = {
    start: {
      sdk: () =>
        links.paymentLinks(
          {
            ...{ merchantAccount, reference: reference('card'), amount: eur, countryCode: 'NL' },
            ...{ allowedPaymentMethods: ['scheme'], expiresAt: new Date('2026-11-30T12:30:00Z') },
            ...{ manualCapture: true, returnUrl: 'https://shop.example/thanks' },
          },
          { idempotencyKey: `start:${ids.paymentId}` },
        ),
      ours: () =>
        ours.start(now, {
          ...{ ...head, amount, method: 'card', country: 'NL', returnUrl: 'https://shop.example/thanks' },
          payableUntil: '2026-11-30T12:30:00.000Z',
        }),
    },
    'start of a method that is captured at once': {
      sdk: () =>
        links.paymentLinks(
          {
            ...{ merchantAccount, reference: reference('ideal'), amount: eur, countryCode: 'NL' },
            ...{ allowedPaymentMethods: ['ideal'], expiresAt: new Date('2026-11-30T12:30:00Z') },
            captureDelayHours: 0,
          },
          { idempotencyKey: `start:${ids.paymentId}` },
        ),
      ours: () =>
        ours.start(now, {
          ...{ ...head, amount, method: 'ideal', country: 'NL', payableUntil: '2026-11-30T12:30:00.000Z' },
        }),
    },
    find: { sdk: () => links.getPaymentLink(link.id), ours: () => ours.find(now, held) },
    capture: {
      sdk: async () => {
        await links.getPaymentLink(link.id);
        return modifications.captureAuthorisedPayment(
          '993617894903480A',
          { merchantAccount, amount: eur, reference: reference('capture') },
          { idempotencyKey: `capture:${ids.paymentId}` },
        );
      },
      ours: () => ours.capture(now, { ...held, captureId: ids.paymentId, amount, isFinal: true }),
    },
    'void of an authorisation': {
      sdk: async () => {
        await links.getPaymentLink(link.id);
        return modifications.cancelAuthorisedPaymentByPspReference(
          '993617894903480A',
          { merchantAccount, reference: reference('void') },
          { idempotencyKey: `void:${ids.paymentId}` },
        );
      },
      ours: () => ours.void(now, { ...held, currency: 'EUR' }),
    },
    'void of a link that can’t be ended': {
      sdk: async () => {
        await links.updatePaymentLink(link.id, {
          status: Types.checkout.UpdatePaymentLinkRequest.StatusEnum.Expired,
        });
        return modifications.cancelAuthorisedPayment(
          { merchantAccount, paymentReference: 'any', reference: reference('void') },
          // Not the key of the cancellation by the payment's own reference: that is another request.
          { idempotencyKey: `void:${ids.paymentId}:link` },
        );
      },
      ours: () => ours.void(now, { ...head, currency: 'EUR' }),
    },
    refund: {
      sdk: () =>
        modifications.refundCapturedPayment(
          '993617894903480A',
          {
            merchantAccount,
            amount: { currency: 'EUR', value: 1_000 },
            reference: [ids.orderId, ids.paymentId, ids.refundId].map((id) => id.slice(4)).join('.'),
          },
          { idempotencyKey: `refund:${ids.refundId}` },
        ),
      ours: () =>
        ours.refund(now, {
          ...{ ...held, refundId: ids.refundId, amount: money(1_000, 'EUR') },
          ...{ askedAt: now, otherReferences: [] },
        }),
    },
  };

  it.each(Object.entries(calls))('%s', async (_name, call) => {
    await call.sdk();
    const wanted = sent.map((one) => ({ ...one, body: withoutFractions(one.body) }));
    sent = [];
    await call.ours();
    expect(sent).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
  });
});

/** The library writes a time with milliseconds. Adyen's examples have none. */
const withoutFractions = (body: unknown): unknown =>
  body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace(/\.000Z"/g, 'Z"'));

interface Item {
  readonly pspReference: string;
  readonly originalReference?: string;
  readonly merchantAccountCode: string;
  readonly merchantReference: string;
  readonly amount: { readonly value: number; readonly currency: string };
  readonly eventCode: string;
  readonly success: string;
  readonly additionalData: { readonly hmacSignature?: string };
}

/** The two signatures that Adyen publishes, with their keys. */
const published = [
  {
    key: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
    item: {
      ...{ pspReference: '7914073381342284', merchantAccountCode: 'TestMerchant' },
      ...{ merchantReference: 'TestPayment-1407325143704', amount: { value: 1_130, currency: 'EUR' } },
      ...{ eventCode: 'AUTHORISATION', success: 'true' },
      additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
    },
  },
  {
    key: hmacKey,
    item: {
      ...{ pspReference: 'pspReference', originalReference: 'originalReference' },
      ...{ merchantAccountCode: 'merchantAccount', merchantReference: 'reference' },
      ...{ amount: { value: 1_000, currency: 'EUR' }, eventCode: 'CAPTURE', success: 'true' },
      additionalData: { hmacSignature: 'xhpHvYq2u2Np0rstbZ6QjLGu7JWhvf7Iwaa6EviJSX0=' },
    },
  },
] as const satisfies readonly { readonly key: string; readonly item: Item }[];

const bodyOf = (...items: readonly object[]): string =>
  JSON.stringify({
    live: 'false',
    notificationItems: items.map((item) => ({ NotificationRequestItem: item })),
  });

const basic = { authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` };

async function judge(
  body: string,
  key: string = hmacKey,
  headers: Record<string, string> = basic,
): Promise<Verdict> {
  const bound = adyen.bind({ ...settings, webhookSecrets: [{ id: 'only', value: key }] }, () =>
    Promise.reject(new Error('nothing is sent')),
  );
  return bound.verify(now, callbackOf(headers, body));
}

describe('our verdict on webhooks', () => {
  it.each(published)(
    'accepts the published signature $item.additionalData.hmacSignature',
    async ({ key, item }) => {
      const callbackId = `${item.pspReference}:${item.eventCode}:true`;
      expect(await judge(bodyOf(item), key)).toEqual({ genuine: true, callbackId, secretId: 'only' });
    },
  );

  const [, { item }] = published;
  const changes: Readonly<Record<string, Item>> = {
    'nothing is changed': item,
    'the payment is another': { ...item, pspReference: 'pspReferencf' },
    'the original is another': { ...item, originalReference: 'other' },
    'the account is another': { ...item, merchantAccountCode: 'merchantAccounu' },
    'the reference is another': { ...item, merchantReference: 'referencf' },
    'the amount is another': { ...item, amount: { value: 1_001, currency: 'EUR' } },
    'the currency is another': { ...item, amount: { value: 1_000, currency: 'USD' } },
    'the event is another': { ...item, eventCode: 'REFUND' },
    'the outcome is another': { ...item, success: 'false' },
    'the signature is another': {
      ...item,
      additionalData: { hmacSignature: 'yhpHvYq2u2Np0rstbZ6QjLGu7JWhvf7Iwaa6EviJSX0=' },
    },
  };

  it.each(Object.entries(changes))('equals that of its own library if %s', async (_name, changed) => {
    const theirs = new hmacValidator().validateHMAC(changed as never, hmacKey);
    expect((await judge(bodyOf(changed))).genuine).toBe(theirs);
  });

  it('needs the user and the password beside the signature', async () => {
    expect(await judge(bodyOf(item), hmacKey, {})).toEqual({ genuine: false, reason: 'no-signature' });
    const wrong = { authorization: `Basic ${Buffer.from(`${user.name}:other`).toString('base64')}` };
    expect(await judge(bodyOf(item), hmacKey, wrong)).toEqual({ genuine: false, reason: 'bad-signature' });
  });

  it('splits a body with several items, and each part is read as a call of its own', async () => {
    const other = signed({ ...item, eventCode: 'REPORT_AVAILABLE', merchantReference: '' });
    const verdict = await judge(bodyOf(item, other));
    const parts = verdict.genuine ? verdict.parts : undefined;
    expect(parts?.map(({ callbackId }) => callbackId)).toEqual([
      'pspReference:CAPTURE:true',
      'pspReference:REPORT_AVAILABLE:true',
    ]);
    expect(parts?.map(({ rawBody }) => ours.interpret(rawBody))).toEqual([
      { kind: 'ignored', word: 'CAPTURE: not our payment' },
      { kind: 'ignored', word: 'REPORT_AVAILABLE' },
    ]);
  });

  it('refuses the whole body if one of its items is forged, unsigned or lacks a member', async () => {
    const forged = { ...item, amount: { value: 1, currency: 'EUR' } };
    const { additionalData: _, ...unsigned } = item;
    const { success: __, ...short } = item;
    for (const [bad, reason] of [
      [forged, 'bad-signature'],
      [unsigned, 'no-signature'],
      [short, 'malformed'],
    ] as const)
      for (const items of [
        [item, bad],
        [bad, item],
      ])
        expect(await judge(bodyOf(...items))).toEqual({ genuine: false, reason });
    expect(await judge(bodyOf())).toEqual({ genuine: false, reason: 'malformed' });
  });
});

/** The item with the signature of Adyen's own library. */
function signed(item: Item): Item {
  const hmacSignature = new hmacValidator().calculateHmac(item as never, hmacKey);
  return { ...item, additionalData: { hmacSignature } };
}
