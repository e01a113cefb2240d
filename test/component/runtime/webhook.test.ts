import { createHmac, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { defined } from '../../../shared/kernel/defined.ts';
import type { BoundPlugIn, Callback, Verdict } from '../../../shared/partners/plug-in.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { MAX_CALL_BYTES } from '../../../shared/runtime/callback-message.ts';
import type { Partners } from '../../../shared/runtime/partners.ts';
import { readQueueMessage } from '../../../shared/runtime/queue-message.ts';
import { webhook } from '../../../shared/runtime/webhook.ts';
import { answerOf, context, gatewayEvent, type Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();

/** The queue of the function that interprets calls. It has the accepted messages, or the error that it answers. */
let queued: string[] = [];
let queueError: Error | undefined;
beforeEach(() => {
  queued = [];
  queueError = undefined;
});
const deps = () => ({
  clock: () => new Date('2026-11-23T10:00:00.000Z'),
  queue: {
    send: async (body: string) => {
      if (queueError !== undefined) throw queueError;
      queued.push(body);
    },
  },
});
const calls = () =>
  queued.map((body) => {
    const message = readQueueMessage(body);
    if (message.kind !== 'callback') throw new Error(`a ${message.kind} is no call`);
    return message.callback;
  });

const secret = 'whsec_secret';
const signatureOf = (rawBody: Buffer | string) => createHmac('sha256', secret).update(rawBody).digest('hex');

/** A partner that signs the raw body. The body contains the id of the call. */
const partner: BoundPlugIn = {
  code: 'stripe',
  verify(_now, { headers, rawBody }: Callback): Verdict {
    if (headers['x-unreachable'] !== undefined) throw new PartnerUnavailable('stripe', 'no certificate');
    if (headers['x-signature'] === undefined) return { genuine: false, reason: 'no-signature' };
    if (headers['x-signature'] !== signatureOf(rawBody)) return { genuine: false, reason: 'bad-signature' };
    const { id, several } = JSON.parse(rawBody.toString()) as { id: unknown; several?: { id: string }[] };
    const parts = several?.map((one) => ({ callbackId: one.id, rawBody: Buffer.from(JSON.stringify(one)) }));
    return { genuine: true, callbackId: String(id), secretId: 'first', ...defined({ parts }) };
  },
  interpret: (rawBody) => {
    const { type } = JSON.parse(rawBody.toString());
    if (type === 'unreadable') throw new Error('not one of ours');
    if (type === 'label.created') return { ignored: type };
    return type === 'intent.created' ? { kind: 'ignored', word: type } : { kind: 'payment' };
  },
};

const partners: Pick<Partners<BoundPlugIn>, 'find'> = {
  find: async (code) => {
    if (code === 'broken') throw new Error('the secret whsec_secret can’t be read');
    return code === 'stripe' ? partner : undefined;
  },
};

async function call(body: string, request: Request = {}) {
  const handler = webhook('payment', () => partners, deps);
  const event = gatewayEvent({
    params: { code: 'stripe' },
    body,
    ...request,
    headers: { 'x-signature': signatureOf(body), ...request.headers },
  });
  return answerOf(await handler(event, context));
}

const codes = () => lines().map(({ code }) => code);

describe('a partner’s call', () => {
  test('is queued unchanged and answered if it is genuine', async () => {
    const body = '{"id":"evt_1",  "name":"Grüße"}';
    const answer = await call(body);
    expect([answer.status, answer.body]).toEqual([200, { received: true }]);
    expect(calls()).toEqual([
      {
        ...{ kind: 'payment', code: 'stripe', callbackId: 'evt_1', deliveryId: 'request-1' },
        ...{ receivedAt: '2026-11-23T10:00:00.000Z', rawBody: Buffer.from(body) },
      },
    ]);
  });

  test('is answered with the words that its partner wants', async () => {
    const wanted = '{"result":{"resultStatus":"S"}}';
    const wordy = { find: async () => ({ ...partner, acknowledgement: wanted }) };
    const body = '{"id":"evt_1"}';
    const headers = { 'x-signature': signatureOf(body) };
    const event = gatewayEvent({ params: { code: 'stripe' }, body, headers });
    const answer = await webhook('payment', () => wordy, deps)(event, context);
    expect(answer).toMatchObject({ statusCode: 200, body: wanted });
    expect(calls()).toHaveLength(1);
  });

  test('is queued each time that it arrives, because the function that stores it recognises repeats', async () => {
    await call('{"id":"evt_1"}');
    expect((await call('{"id":"evt_1"}')).status).toBe(200);
    expect(calls().map(({ callbackId }) => callbackId)).toEqual(['evt_1', 'evt_1']);
  });

  test.each(['label.created', 'intent.created'])(
    'that the adapter ignores is answered and not queued: %s',
    async (type) => {
      const answer = await call(JSON.stringify({ id: 'evt_1', type, email: 'ada@example.test' }));
      expect([answer.status, answer.body]).toEqual([200, { received: true }]);
      expect(calls()).toEqual([]);
      expect(lines()).toMatchObject([
        { code: 'CALLBACK_IGNORED', partner: 'stripe', callbackId: 'evt_1', word: type },
      ]);
      expect(JSON.stringify(lines())).not.toContain('ada@');
    },
  );

  test('is not accepted while its check has to wait for the partner, so that the partner repeats it', async () => {
    const answer = await call('{"id":"evt_1"}', { headers: { 'x-unreachable': '1' } });
    expect([answer.status, calls()]).toEqual([503, []]);
    expect(lines()[0]).toMatchObject({ code: 'CALLBACK_NOT_VERIFIED', partner: 'stripe' });
  });

  test('that reports several things is queued as several calls, but for what the adapter ignores', async () => {
    const several = [{ id: 'evt_1' }, { id: 'evt_2', type: 'intent.created' }, { id: 'evt_3' }];
    expect((await call(JSON.stringify({ id: 'evt_0', several }))).status).toBe(200);
    expect(calls().map(({ callbackId, rawBody }) => [callbackId, JSON.parse(rawBody.toString())])).toEqual([
      ['evt_1', { id: 'evt_1' }],
      ['evt_3', { id: 'evt_3' }],
    ]);
    expect(lines()).toMatchObject([{ code: 'CALLBACK_IGNORED', callbackId: 'evt_2' }]);
  });

  test('that can’t be read is queued: its consumer fails on it, and it is parked', async () => {
    expect((await call('{"id":"evt_1","type":"unreadable"}')).status).toBe(200);
    expect(calls()).toHaveLength(1);
  });

  test('is not accepted if the queue does not store it, so that the partner repeats it', async () => {
    queueError = new Error('the queue does not answer');
    const answer = await call('{"id":"evt_1","email":"ada@example.test"}');
    expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/problem+json']);
    expect(answer.body).toMatchObject({ detail: 'The call was not stored. Repeat it later.' });
    expect(lines().find(({ code }) => code === 'CALLBACK_NOT_QUEUED')).toMatchObject({
      ...{ kind: 'payment', partner: 'stripe', callbackId: 'evt_1' },
    });
    expect(JSON.stringify(lines())).not.toContain('ada@');
  });

  test('of the largest size fits into a message of 256 KB with any content', async () => {
    const noise = randomBytes(MAX_CALL_BYTES).toString('base64');
    const start = '{"id":"evt_1","noise":"';
    const body = `${start}${noise.slice(0, MAX_CALL_BYTES - start.length - 2)}"}`;
    expect((await call(body)).status).toBe(200);
    expect(calls()[0]?.rawBody.toString()).toBe(body);
    expect(Buffer.byteLength(queued[0] ?? '')).toBeLessThan(256 * 1024);
  });

  test('is refused before it is verified if it is larger', async () => {
    const answer = await call(`{"id":"evt_1","x":"${'x'.repeat(MAX_CALL_BYTES)}"}`, {
      headers: { 'x-signature': 'wrong' },
    });
    expect(answer).toMatchObject({ status: 413, body: { detail: 'The body of a call may have 160 KB.' } });
    expect(queued).toEqual([]);
  });

  test('is verified over its raw bytes, also if the gateway encoded them in base64', async () => {
    const bytes = Buffer.from('{"id":"evt_2","x":"\u00fc\u2028"}');
    const answer = await call(bytes.toString('base64'), {
      isBase64Encoded: true,
      headers: { 'x-signature': signatureOf(bytes) },
    });
    expect(answer.status).toBe(200);
    expect(calls()[0]?.rawBody).toEqual(bytes);
  });

  test('is stored with header names in lower case', async () => {
    const body = '{"id":"evt_3"}';
    const handler = webhook('payment', () => partners, deps);
    const event = gatewayEvent({ params: { code: 'stripe' }, body });
    const headers = { ...event.headers, 'X-Signature': signatureOf(body) };
    expect(answerOf(await handler({ ...event, headers }, context)).status).toBe(200);
  });

  test.each([
    ['no signature', { 'x-signature': undefined }, 'no-signature'],
    ['another signature', { 'x-signature': signatureOf('{}') }, 'bad-signature'],
  ])('with %s is refused without saying why, and not queued', async (_what, headers, reason) => {
    const answer = await call('{"id":"forged"}', { headers: headers as unknown as Record<string, string> });
    expect([answer.status, answer.headers['content-type']]).toEqual([401, 'application/problem+json']);
    expect(answer.body).toMatchObject({ detail: 'The signature of the call was not accepted.' });
    expect(JSON.stringify(answer.body)).not.toContain(reason);
    expect(lines().find(({ code }) => code === 'CALLBACK_REFUSED')).toMatchObject({
      ...{ kind: 'payment', partner: 'stripe', reason },
    });
    expect(queued).toEqual([]);
  });

  test.each(['adyen', '', '__proto__', '../stripe'])('of the unknown partner %j gives 404', async (code) => {
    expect((await call('{"id":"evt_9"}', { params: { code } })).status).toBe(404);
  });

  test('gives a 500 without details if it cannot be verified, so that the partner repeats it', async () => {
    const answer = await call('{"id":"evt_9"}', { params: { code: 'broken' } });
    expect([answer.status, answer.headers['content-type']]).toEqual([500, 'application/problem+json']);
    expect(answer.body).toMatchObject({ instance: 'urn:entrepot:request:request-1' });
    expect(JSON.stringify(answer.body)).not.toContain('whsec');
    expect(codes()).toContain('FAILED');
  });

  test('writes none of its content to the log', async () => {
    await call('{"id":"evt_10","email":"ada@example.test"}');
    await call('{"id":"evt_11","email":"ada@example.test"}', { headers: { 'x-signature': 'wrong' } });
    expect(JSON.stringify(lines())).not.toContain('ada@');
  });
});
