import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { notFound, ProblemError } from '../../../shared/kernel/problem.ts';
import { TooManyWriters } from '../../../shared/kernel/too-many-writers.ts';
import { http } from '../../../shared/runtime/http.ts';
import { defineContract } from '../../../shared/runtime/http-contract.ts';
import { answerOf, context, gatewayEvent, type Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const contract = defineContract({
  id: 'catalogue/put-product',
  summary: 'A route of the tests',
  params: z.strictObject({ thing: z.string().regex(/^[a-z]+$/) }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(9).default(5) }),
  body: z.strictObject({
    name: z.string().min(1),
    'a/b~c': z.string().optional(),
    lines: z.array(z.strictObject({ sku: z.string(), quantity: z.int().min(1) })).min(1),
  }),
  idempotent: true,
  answers: { 200: { description: 'What was read' } },
});

const lines = gatherLog();

type Handled = Parameters<Parameters<typeof http<never, never, never, unknown>>[2]>[0];

const good: Request = {
  params: { thing: 'towel' },
  headers: { 'idempotency-key': 'k-1' },
  body: JSON.stringify({ name: 'Grüße', lines: [{ sku: 'TEA', quantity: 2 }] }),
};

/** Answers a request with the input of the handler. */
async function echo(request: Request = {}) {
  const handler = http(
    contract,
    () => undefined,
    async (given) => ({ status: 200, body: given }),
  );
  const answer = answerOf(await handler(gatewayEvent({ ...good, ...request }), context));
  return { ...answer, given: answer.body as Handled };
}

interface ProblemBody {
  readonly type: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

async function refusalOf(request: Request) {
  const { status, headers, body } = await echo(request);
  const { type, errors = [] } = body as ProblemBody;
  expect(headers['content-type']).toBe('application/problem+json');
  return [status, type.split('/').at(-1), ...errors.map(({ pointer, code }) => `${pointer} ${code}`)];
}

describe('a valid request', () => {
  test('reaches the handler in parsed form: path, query with its defaults, body, key, caller', async () => {
    const { status, headers, given } = await echo({
      query: { limit: '7' },
      authorizer: { lambda: { storefrontId: 'shop', takesFreeOrders: 'true' } },
    });
    expect(status).toBe(200);
    expect(headers).toEqual({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(given).toEqual({
      params: { thing: 'towel' },
      query: { limit: 7 },
      body: { name: 'Grüße', lines: [{ sku: 'TEA', quantity: 2 }] },
      idempotencyKey: 'k-1',
      caller: {
        ...{ storefrontId: 'shop', takesFreeOrders: true, network: '192.0.2.1' },
        device: { ip: '192.0.2.1', userAgent: 'tests' },
      },
      requestId: 'request-1',
      accepts: { csv: false, html: false, gzip: false },
    });
    expect((await echo()).given).toMatchObject({ query: { limit: 5 }, caller: { takesFreeOrders: false } });
  });

  test('may have a body in base64, as the gateway encodes bodies of other types', async () => {
    const body = Buffer.from(String(good.body)).toString('base64');
    const { given } = await echo({ body, isBase64Encoded: true });
    expect(given.body).toEqual(JSON.parse(String(good.body)));
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=UTF-8',
    'application/vnd.shop.v2+json',
  ])('may be sent as %s', async (type) => {
    expect((await echo({ headers: { ...good.headers, 'content-type': type } })).status).toBe(200);
  });

  test.each([
    ['text/csv', true],
    ['application/json;q=0.5, Text/CSV; charset=utf-8', true],
    ['application/json', false],
    ['*/*', false],
    ['text/csv-schema', false],
  ])('with Accept: %s requests comma-separated values: %s', async (accept, csv) => {
    const { given } = await echo({ headers: { ...good.headers, accept } });
    expect(given.accepts).toMatchObject({ csv });
  });

  test.each([
    ['text/html', true],
    ['text/html;q=0.9, application/json', true],
    ['*/*', false],
    ['text/html-fragment', false],
    ['text/html;q=0, application/json', false],
  ])('with Accept: %s requests a page: %s', async (accept, html) => {
    const { given } = await echo({ headers: { ...good.headers, accept } });
    expect(given.accepts).toMatchObject({ html });
  });

  test.each([
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['gzip;q=0.001', true],
    ['br', false],
    ['gzip;q=0', false],
    ['br, GZIP; q=0.000', false],
    ['gzip;q=0, identity', false],
  ])('with Accept-Encoding: %s may be answered compressed: %s', async (encoding, gzip) => {
    const { given } = await echo({ headers: { ...good.headers, 'accept-encoding': encoding } });
    expect(given.accepts).toMatchObject({ gzip });
  });

  test('comes from an operator if it has a token’s claims, and from a guest if it has a bearer token', async () => {
    const authorizer = { jwt: { claims: { sub: 'operator-1' }, scopes: [] } };
    const { given } = await echo({
      authorizer,
      headers: { ...good.headers, authorization: 'Bearer ot_abc' },
    });
    expect(given).toMatchObject({ caller: { subject: 'operator-1' }, orderToken: 'ot_abc' });
    const basic = await echo({ headers: { ...good.headers, authorization: 'Basic b3RfYWJj' } });
    expect(basic.given).not.toHaveProperty('orderToken');
  });
});

describe('the idempotency key', () => {
  const keyOf = async (raw: string) =>
    (await echo({ headers: { 'idempotency-key': raw } })).given.idempotencyKey;

  test('may be in quotes, as in the draft standard, or not: both are the same key', async () => {
    expect(await keyOf('"order-7"')).toBe('order-7');
    expect(await keyOf('order-7')).toBe('order-7');
    expect(await keyOf('  "order-7" ')).toBe('order-7');
    expect(await keyOf('x'.repeat(128))).toHaveLength(128);
  });

  test.each(['', '""', '   ', 'x'.repeat(129)])('is reported as missing if it is %j', async (raw) => {
    expect(await refusalOf({ headers: { 'idempotency-key': raw } })).toEqual([
      400,
      'idempotency-key-missing',
      '#/headers/idempotency-key required',
    ]);
  });
});

describe('an invalid request', () => {
  test.each([
    ['no JSON', { body: '{"name":' }],
    ['nothing', {}],
    ['no JSON in base 64', { body: Buffer.from('<name/>').toString('base64'), isBase64Encoded: true }],
    ['base 64 that was not said to be', { body: Buffer.from('{}').toString('base64') }],
  ])('that is %s gives 400', async (_what, over) => {
    const { body: _body, ...rest } = good;
    const handler = http(
      contract,
      () => undefined,
      async () => ({ status: 200 }),
    );
    const { status, body } = answerOf(await handler(gatewayEvent({ ...rest, ...over }), context));
    expect([status, (body as ProblemBody).type]).toEqual([
      400,
      'https://entrepot.dev/problems/malformed-json',
    ]);
  });

  test.each(['text/plain', 'application/xml', 'application/jsonp', 'multipart/form-data', ''])(
    'that is sent as %j gives 415',
    async (type) => {
      const answer = await refusalOf({ headers: { ...good.headers, 'content-type': type } });
      expect(answer).toEqual([415, 'unsupported-media-type']);
    },
  );

  test.each<[string, unknown, string[]]>([
    [
      'unknown fields',
      { name: 'x', lines: [{ sku: 'a', quantity: 1 }], colour: 1, size: 2 },
      ['/colour unknown-field', '/size unknown-field'],
    ],
    [
      'an unknown field deep inside',
      { name: 'x', lines: [{ sku: 'a', quantity: 1, 'p/q~r': 1 }] },
      ['/lines/0/p~1q~0r unknown-field'],
    ],
    [
      'wrong values, all of them reported',
      { name: '', lines: [{ sku: 5, quantity: 0 }] },
      ['/name too-small', '/lines/0/sku invalid-type', '/lines/0/quantity too-small'],
    ],
    [
      'a field name that a pointer has to escape',
      { name: 'x', lines: [{ sku: 'a', quantity: 1 }], 'a/b~c': 1 },
      ['/a~1b~0c invalid-type'],
    ],
    ['missing fields', {}, ['/name invalid-type', '/lines invalid-type']],
    ['no object', [1], [' invalid-type']],
    ['null', null, [' invalid-type']],
  ])('with %s gives 422 with a pointer for each error', async (_what, body, errors) => {
    expect(await refusalOf({ body: JSON.stringify(body) })).toEqual([422, 'invalid-input', ...errors]);
  });

  test('with a member called __proto__ treats it like any other member', async () => {
    const body = '{"name":"x","lines":[{"sku":"a","quantity":1}],"__proto__":{"isAdmin":true}}';
    const answer = await echo({ body });
    const reported = answer.status === 422 ? [] : Object.keys(answer.given.body as object);
    expect(reported).not.toContain('isAdmin');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test.each<[string, Request, string]>([
    ['in its path', { params: { thing: '4242424242424242' } }, '#/path/thing card-number'],
    ['in its query', { query: { limit: '378282246310005' } }, '#/query/limit card-number'],
    ['in the name of a parameter', { query: { '4242-4242-4242-4242': '1' } }, '#/query card-number'],
    [
      'in its Idempotency-Key',
      { headers: { 'idempotency-key': 'order 5555555555554444' } },
      '#/headers/idempotency-key card-number',
    ],
    ['in a field', { body: '{"name":"4242 4242 4242 4242"}' }, '/name card-number'],
    ['in escapes', { body: '{"name":"\\u0034242424242424242"}' }, '/name card-number'],
    ['in slashes that are escaped', { body: '{"name":"4242\\/4242\\/4242\\/4242"}' }, '/name card-number'],
    [
      // 4242000000000000: 4·2 + 2 + 4·2 + 2 = 20, so that the check digit is right.
      'as a number with an exponent',
      { body: '{"lines":[{"sku":"T","quantity":4242e12}]}' },
      '/lines/0/quantity card-number',
    ],
    [
      'as a number',
      { body: '{"lines":[{"sku":"T","quantity":4242424242424242}]}' },
      '/lines/0/quantity card-number',
    ],
    ['in the name of a field', { body: '{"lines":[{"4242424242424242":1}]}' }, '/lines/0 card-number'],
  ])('with the number of a card %s is refused, and repeats it nowhere', async (_where, request, problem) => {
    expect(await refusalOf(request)).toEqual(expect.arrayContaining([422, 'invalid-input', problem]));
    const answer = JSON.stringify([await echo(request), lines()]);
    expect(answer).not.toMatch(/4242|5555|3782/);
  });

  test('with errors in path, query and body reports all of them with their places', async () => {
    const answer = await refusalOf({
      params: { thing: 'NO' },
      query: { limit: '99', sort: 'up' },
      body: JSON.stringify({ name: 'x', lines: [] }),
    });
    expect(answer).toEqual([
      422,
      'invalid-input',
      '#/path/thing invalid-format',
      '#/query/limit too-big',
      '#/query/sort unknown-field',
      '/lines too-small',
    ]);
  });
});

describe('a refusal', () => {
  test('is sent as problem details with the id of the request', async () => {
    const handler = http(
      contract,
      () => undefined,
      async () => {
        throw new ProblemError(notFound('thing'));
      },
    );
    const { status, headers, body } = answerOf(await handler(gatewayEvent(good), context));
    expect({ status, headers, body }).toEqual({
      status: 404,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      body: {
        type: 'https://entrepot.dev/problems/not-found',
        title: 'Not found',
        status: 404,
        detail: 'There is no such thing.',
        instance: 'urn:entrepot:request:request-1',
      },
    });
  });

  test.each([
    ['the handler', () => undefined, async () => Promise.reject(new TypeError('secret of ada@example.test'))],
    [
      'the making of its world',
      () => {
        throw new Error('secret of ada@example.test');
      },
      async () => ({ status: 200 }),
    ],
    ['something that is no error', () => undefined, async () => Promise.reject('secret of ada@example.test')],
  ])(
    'that nobody expected, caused by %s, contains only the id of the request',
    async (_who, harness, handle) => {
      const handler = http(contract, harness, handle);
      const { status, headers, body } = answerOf(await handler(gatewayEvent(good), context));
      expect([status, headers['content-type']]).toEqual([500, 'application/problem+json']);
      expect(JSON.stringify(body)).not.toContain('secret');
      expect(body).toMatchObject({ status: 500, instance: 'urn:entrepot:request:request-1' });
      expect(lines().filter(({ code }) => code === 'FAILED')).toHaveLength(1);
    },
  );

  test('writes no body, key or token to the log', async () => {
    await echo({ headers: { 'idempotency-key': 'key-secret', authorization: 'Bearer token-secret' } });
    await refusalOf({ body: JSON.stringify({ name: 5, secret: 'secret-value' }) });
    const codes = lines().map(({ code, status }) => [code, status]);
    expect(codes).toEqual([
      ['COMPLETED', 200],
      ['REFUSED', 422],
    ]);
    expect(JSON.stringify(lines())).not.toContain('secret');
  });
});

test('a request that is not answered in time is answered with 503 and Retry-After before its function is ended', async () => {
  const handler = http(
    defineContract({ id: 'catalogue/put-product', summary: 'A route of the tests', answers: {} }),
    () => undefined,
    () => new Promise<never>(() => {}),
  );
  const { status, headers, body } = answerOf(
    await handler(gatewayEvent({}), { ...context, getRemainingTimeInMillis: () => 30 }),
  );
  expect(status).toBe(503);
  expect((body as ProblemBody).type).toMatch(/\/busy$/);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});

describe('a request that meets a busy table', () => {
  const throttled = Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' });
  const conflict = Object.assign(new Error('in conflict'), { name: 'TransactionConflictException' });
  const contention = new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
  });

  const tooMany = new TooManyWriters('order ord_1');

  test.each([throttled, conflict, contention, tooMany])(
    'is answered with 503 and Retry-After: %s',
    async (error) => {
      const { status, headers, body } = answerOf(await failing(error)(gatewayEvent(good), context));
      expect(status).toBe(503);
      expect(String(headers['retry-after'])).toMatch(/^[1-9]\d*$/);
      expect((body as ProblemBody).type).toMatch(/\/busy$/);
    },
  );

  test('gets a 500 if the transaction was refused for another reason', async () => {
    const refused = new TransactionCanceledException({
      $metadata: {},
      message: 'cancelled',
      CancellationReasons: [{ Code: 'ValidationError' }],
    });
    const { status, headers } = answerOf(await failing(refused)(gatewayEvent(good), context));
    expect(status).toBe(500);
    expect(headers['retry-after']).toBeUndefined();
  });
});

/** A route whose handler throws this error. */
const failing = (error: unknown) =>
  http(
    contract,
    () => undefined,
    async () => {
      throw error;
    },
  );
