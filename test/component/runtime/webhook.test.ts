import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../../shared/aws/table.ts';
import type { BoundPlugIn, Callback, Verdict } from '../../../shared/partners/plug-in.ts';
import type { Partners } from '../../../shared/runtime/partners.ts';
import { webhook } from '../../../shared/runtime/webhook.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { answerOf, context, gatewayEvent, type Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

let on: TableOnEngine;
const lines = gatherLog();

beforeAll(async () => {
  on = await startTable();
  // The function finds its table as a deployed one does.
  Object.assign(process.env, {
    ...{ TABLE_NAME: on.table.name, BUS_NAME: 'bus', STAGE: 'local' },
    ...{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    AWS_ENDPOINT_URL_DYNAMODB: on.endpoint,
  });
});
afterAll(() => on.stop());

const secret = 'whsec_secret';
const signatureOf = (rawBody: Buffer | string) => createHmac('sha256', secret).update(rawBody).digest('hex');

/** A partner that signs the raw body, and names its calls in it. */
const partner: BoundPlugIn = {
  code: 'stripe',
  verify(_now, { headers, rawBody }: Callback): Verdict {
    if (headers['x-signature'] === undefined) return { genuine: false, reason: 'no-signature' };
    if (headers['x-signature'] !== signatureOf(rawBody)) return { genuine: false, reason: 'bad-signature' };
    return { genuine: true, callbackId: String(JSON.parse(rawBody.toString()).id), secretId: 'first' };
  },
  interpret: () => undefined,
};

const partners: Partners<BoundPlugIn> = {
  find: async (code) => {
    if (code === 'broken') throw new Error('the secret whsec_secret can’t be read');
    return code === 'stripe' ? partner : undefined;
  },
  get: async () => partner,
};

async function call(body: string, request: Request = {}) {
  const handler = webhook('payment', () => partners);
  const event = gatewayEvent({
    params: { code: 'stripe' },
    body,
    ...request,
    headers: { 'x-signature': signatureOf(body), ...request.headers },
  });
  return answerOf(await handler(event, context));
}

const codes = () => lines().map(({ code }) => code);

describe('a callback of a partner', () => {
  test('is stored unchanged and confirmed if it is genuine', async () => {
    const body = '{"id":"evt_1",  "name":"Grüße"}';
    const answer = await call(body);
    expect([answer.status, answer.body]).toEqual([200, { received: true }]);
    const item = await on.item(keys.callback('payment', 'stripe', 'evt_1'));
    expect(Buffer.from(String(item?.rawBody), 'base64').toString()).toBe(body);
  });

  test('is confirmed again if it is repeated, and stored once', async () => {
    const before = await on.items();
    expect((await call('{"id":"evt_1"}')).status).toBe(200);
    expect(codes()).toContain('CALLBACK_KNOWN');
    expect(await on.items()).toEqual(before);
  });

  test('is verified over its raw bytes, also if the gateway encoded them in base64', async () => {
    const bytes = Buffer.from('{"id":"evt_2","x":"\u00fc\u2028"}');
    const answer = await call(bytes.toString('base64'), {
      isBase64Encoded: true,
      headers: { 'x-signature': signatureOf(bytes) },
    });
    expect(answer.status).toBe(200);
    const item = await on.item(keys.callback('payment', 'stripe', 'evt_2'));
    expect(Buffer.from(String(item?.rawBody), 'base64')).toEqual(bytes);
  });

  test('is stored with header names in lower case', async () => {
    const body = '{"id":"evt_3"}';
    const handler = webhook('payment', () => partners);
    const event = gatewayEvent({ params: { code: 'stripe' }, body });
    const headers = { ...event.headers, 'X-Signature': signatureOf(body) };
    expect(answerOf(await handler({ ...event, headers }, context)).status).toBe(200);
  });

  test.each([
    ['no signature', { 'x-signature': undefined }, 'no-signature'],
    ['another signature', { 'x-signature': signatureOf('{}') }, 'bad-signature'],
  ])('with %s is refused without a reason, and not stored', async (_what, headers, reason) => {
    const before = await on.items();
    const answer = await call('{"id":"forged"}', { headers: headers as unknown as Record<string, string> });
    expect([answer.status, answer.headers['content-type']]).toEqual([401, 'application/problem+json']);
    expect(answer.body).toMatchObject({ detail: 'The signature of the call was not accepted.' });
    expect(JSON.stringify(answer.body)).not.toContain(reason);
    expect(lines().find(({ code }) => code === 'CALLBACK_REFUSED')).toMatchObject({
      ...{ kind: 'payment', partner: 'stripe', reason },
    });
    expect(await on.items()).toEqual(before);
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
