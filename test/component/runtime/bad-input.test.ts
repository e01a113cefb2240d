import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bodyLimitOf } from '../../../events/body-limits.ts';
import { type HttpTrigger, triggerList } from '../../../events/triggers.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { keys, REFUSED_QUOTE } from '../../../shared/aws/table.ts';
import { type ContractSchemas, readContract } from './contract-schemas.ts';
import {
  basket,
  type FullRequest,
  fullRequests,
  product,
  type References,
  withSlot,
} from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { type Mutation, mutationsOf, textOf, wrongTypesOf } from './hostile-values.ts';
import { type Path, placesOf, pointerTo, replaced, valueAt, withValue } from './json-nodes.ts';
import type { Answer } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();

let handlers: HandlersOnEngine;
let contract: ContractSchemas;
let requests: FullRequest[];
let references: References;

/** Containers keep network, rates and rules for some seconds. These tests do not wait for that. */
const HOLD_MS = 6_000;
/** Thousands of requests take ten seconds, and longer if other programs use the machine. */
const LONG_MS = 180_000;

/** The number of writes, without refused transactions. */
let writes = 0;
/** Demand that was not met and quotes that were refused are kept on purpose: reports count them. */
const keptOfRefused = [`"pk":{"S":"${keys.stockDemandPartition}"}`, `"sk":{"S":"${REFUSED_QUOTE}"}`];
const isWrite = /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem)$/;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  handlers = await handlersOnEngine();
  contract = await readContract();
  await seed(handlers.operator);
});
beforeEach(() => {
  handlers.through(async ({ operation, input }, ask) => {
    const text = JSON.stringify(input);
    const answer = await ask();
    const isKept = keptOfRefused.some((key) => text.includes(key));
    if (isWrite.test(operation) && !isKept && answer.status === 200) writes += 1;
    return answer;
  });
});
afterEach(() => handlers.through(undefined));
afterAll(async () => {
  vi.useRealTimers();
  await handlers.stop();
});

let sent = 0;

function send({ route, params, query }: FullRequest, text: string | undefined): Promise<Answer> {
  sent += 1;
  return handlers.call(route, {
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(text === undefined ? {} : { body: text }),
    headers: { 'idempotency-key': `key-${sent}` },
  });
}

const isTooLong = ({ route }: FullRequest, text: string) => Buffer.byteLength(text) > bodyLimitOf(route);

const asItIs = (request: FullRequest) =>
  send(request, request.body === undefined ? undefined : JSON.stringify(request.body));

async function quoted(): Promise<References> {
  const quoteOf = async (of: object) => {
    const { body } = await handlers.call('1-quote/post-quote', { body: JSON.stringify(of) });
    return (body as { quoteId: string }).quoteId;
  };
  const { body: listed } = await handlers.call('1-quote/get-delivery-slots', {
    query: { country: 'DE', postalCode: '20095' },
  });
  const slotId = (listed as { slots: { slotId: string }[] }).slots.at(-1)?.slotId ?? '';
  return { quoteId: await quoteOf(basket), slotQuoteId: await quoteOf(withSlot(slotId)), slotId };
}

interface Problem {
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

/** Fails with the sent body unless the answer is a problem that points at the place, at a part of it, or around it. */
function expectProblem(
  { status, headers, body }: Answer,
  { what, path }: Mutation,
  { isNamed }: { isNamed: boolean },
) {
  const instance = expect.stringContaining('urn:entrepot:request:');
  const form = { type: expect.stringContaining('/problems/'), status, title: expect.any(String), instance };
  expect({ what, headers, body }).toMatchObject({
    ...{ what, headers: { 'content-type': 'application/problem+json' } },
    body: { ...form, detail: expect.any(String) },
  });
  expect({ what, status }).toEqual({ what, status: expect.toBeOneOf([400, 404, 409, 410, 413, 415, 422]) });
  // A body that is too large is not read.
  if (!isNamed || status === 413) return;
  // The form of an object decides which fields are valid.
  const isChoice = ['kind', 'to', 'step'].includes(String(path.at(-1)));
  const place = pointerTo(isChoice ? path.slice(0, -1) : path);
  const pointers = ((body as Problem).errors ?? []).map(({ pointer }) => pointer);
  const near = pointers.filter(
    (pointer) => `${pointer}/`.startsWith(`${place}/`) || place.startsWith(`${pointer}/`),
  );
  expect({ what, pointers, near: near.length > 0 || pointers.includes('') }).toMatchObject({
    what,
    near: true,
  });
}

/** Sends one mutation. If it is accepted, the shop must still work, and the earlier state is restored. */
async function trySend(request: FullRequest, mutation: Mutation): Promise<void> {
  const text = textOf(mutation.body);
  const fits = contract.fits(request.route, text === '' ? undefined : JSON.parse(text));
  writes = 0;
  const answer = await send(request, text);
  const { what } = mutation;
  if ((answer.status ?? 500) >= 400) {
    expectProblem(answer, mutation, { isNamed: !fits });
    expect({ what, writes }).toEqual({ what, writes: 0 });
    return;
  }
  expect({ what, fits }).toEqual({ what, fits: true });
  vi.setSystemTime(Date.now() + HOLD_MS);
  for (const probe of probesAfter(request)) {
    const { status, body } = await asItIs(probe);
    expect({ what, route: probe.route, status, body }).not.toMatchObject({ status: 500 });
  }
  if (/^(setup|catalogue|stock)\/put/.test(request.route)) await asItIs(request);
  if (request.route === '2-order/post-order') references = await quoted();
}

function probesAfter({ route, params }: FullRequest): FullRequest[] {
  if (!/^(setup|catalogue|stock)\//.test(route)) return [];
  if (route === 'stock/post-stock-movement' || route === 'stock/put-stock-buckets')
    return [{ route: 'stock/get-stock', params: { sku: 'MAT-YOGA' }, query: { rebuilt: 'true' } }];
  if (route === 'setup/put-slots')
    return [{ route: '1-quote/get-delivery-slots', query: { country: 'DE', postalCode: '20095' } }];
  const lines = [
    ...basket.lines,
    ...(params?.sku === undefined ? [] : [{ sku: params.sku, quantity: 10_000 }]),
  ];
  const to = (country: string, currency: string): FullRequest => ({
    route: '1-quote/post-quote',
    body: { destination: { country }, currency, lines },
  });
  return [to('DE', 'EUR'), to('NO', 'JPY')];
}

/** The current requests. A quote that was ordered is replaced by another. */
const current = (index: number): FullRequest => {
  const request = fullRequests(references)[index];
  if (request === undefined) throw new Error('no such request');
  return request;
};

/** Routes without input beyond their path, and routes that partners call with bodies of their own format. */
const isWithoutInput = (id: string, { path }: HttpTrigger) =>
  path.startsWith('/v1/hooks/') || id.startsWith('operations/');

describe('bad input', () => {
  test('is tried on every route that takes input', () => {
    const tried = new Set<string>(
      fullRequests({ quoteId: '', slotQuoteId: '', slotId: '' }).map(({ route }) => route),
    );
    const untried = triggerList.filter(
      ([id, trigger]) => trigger.kind === 'http' && !isWithoutInput(id, trigger) && !tried.has(id),
    );
    expect(untried.map(([id]) => id)).toEqual([]);
  });

  test('covers every field of every body, because accepted requests contain each', async () => {
    await asItIs({
      route: 'stock/post-stock-movement',
      body: { kind: 'receive', sku: 'FUZZ', warehouseId: 'pl-poznan', quantity: 20_000 },
    });
    const zone = fullRequests({ quoteId: '', slotQuoteId: '', slotId: '' }).find(
      ({ route }) => route === 'setup/put-slots',
    );
    if (zone !== undefined) await asItIs(zone);
    references = await quoted();
    requests = fullRequests(references);
    const unseen: string[] = [];
    const refused: unknown[] = [];
    for (const [route, alike] of Map.groupBy(requests, (request) => request.route)) {
      const schema = contract.bodyOf(route);
      const seen = new Set(alike.flatMap(({ body }) => placesOf(body).map(nameOf)));
      if (schema !== undefined)
        unseen.push(
          ...contract
            .fieldsOf(schema)
            .filter((field) => !isSeen(field, seen))
            .map((field) => `${route} ${field}`),
        );
      for (const request of alike) {
        const { status, body } = await asItIs(request);
        if ((status ?? 500) >= 400 && request.isRefused !== true) refused.push({ route, status, body });
      }
    }
    references = await quoted();
    expect({ unseen, refused }).toEqual({ unseen: [], refused: [] });
  });

  test('is refused if a field is missing or has another type, and the field is named', {
    timeout: LONG_MS,
  }, async () => {
    for (const [index, request] of requests.entries()) {
      const { route, body } = request;
      const schema = contract.bodyOf(route);
      if (schema === undefined) continue;
      for (const path of placesOf(body))
        for (const mutation of wrongTypesOf(body, path)) {
          const fits = contract.fits(route, mutation.body);
          if (!fits) await trySend(current(index), mutation);
        }
    }
  });

  test('is refused for other errors in a field, and writes nothing or leaves the shop in order', {
    timeout: LONG_MS,
  }, async () => {
    const places = requests.flatMap(({ route, body }, index) => {
      const schema = contract.bodyOf(route);
      return schema === undefined ? [] : placesOf(body).map((path) => ({ index, schema, path }));
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), async ({ index, schema, path }, chosen) => {
        const request = current(index);
        const mutations = mutationsOf(request.body, contract, schema, path);
        const mutation = mutations[chosen % mutations.length];
        if (mutation !== undefined) await trySend(request, mutation);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
    );
  });

  test.each<[FullRequest['route'], Path, unknown, string?]>([
    ['setup/put-warehouse', ['lanes', 0, 'rateCards', 0, 'remoteAreas', 0, 'postalCodes', 0, 'to'], ' 27 '],
    ['catalogue/put-product', ['prices', 1, 'amount'], 3200.5],
    ['catalogue/put-product', ['prices', 1, 'amount'], 0],
    ['catalogue/put-product', ['prices', 1, 'amount'], 9_007_199_254_740_991],
    ['catalogue/put-product', ['prices', 1, 'currency'], 'EUR'],
    ['catalogue/put-product', ['prices', 1, 'currency'], 'XBT'],
    ['catalogue/put-product', ['hsCode'], '61091'],
    ['catalogue/put-product', ['hsCode'], '6109100'],
    ['catalogue/put-product', ['hsCode'], '61091000000'],
    ['catalogue/put-product', ['hsCode'], '770000'],
    ['catalogue/put-product', ['hsCode'], '620342', '/nationalCodes/EU'],
    ['catalogue/put-product', ['nationalCodes'], { XX: '61091000' }, '/nationalCodes/XX'],
    ['catalogue/put-product', ['nationalCodes', 'EU'], '62034200'],
    ['catalogue/put-product', ['originCountry'], 'QQ'],
    ['catalogue/put-product', ['unitWeightGrams'], 0],
    ['catalogue/put-product', ['unitWeightGrams'], 0.18],
    ['catalogue/put-product', ['dimensions', 'lengthMm'], 0.3],
    ['catalogue/put-product', ['description'], 'a\nb'],
    ['catalogue/put-product', ['compliance', 'brand'], '\ud800'],
    ['setup/put-warehouse', ['address', 'postalCode'], '6205'],
    ['setup/put-warehouse', ['timeZone'], 'Europe/Poznan'],
    ['setup/put-exchange-rates', ['rates', 'EUR'], '1.02'],
    ['setup/put-exchange-rates', ['rates', 'JPY'], '1,5'],
    ['setup/put-exchange-rates', ['rates'], {}],
    ['setup/put-exchange-rates', ['expiresAt'], '2026-11-01T00:00:00.000Z'],
    ['stock/post-stock-movement', ['quantity'], 0],
    ['setup/put-seller', ['replenishment', 'dailyAt'], '24:00'],
    ['setup/put-seller', ['replenishment', 'reviewDays'], 0],
    ['setup/put-seller', ['replenishment', 'sites'], ['pl-poznan', 'pl-poznan'], '/replenishment/sites'],
    ['setup/put-seller', ['replenishment', 'serviceLevels', 'AX'], 1],
    ['setup/put-seller', ['replenishment', 'serviceLevels', 'DX'], 0.9, '/replenishment/serviceLevels/DX'],
    ['setup/put-seller', ['replenishment', 'orderCost', 'amount'], -1],
    ['setup/put-seller', ['replenishment', 'transferLanes', 0, 'days'], -1],
    ['setup/put-seller', ['replenishment', 'soldBeforeExpiryPercent'], 100],
    ['setup/put-seller', ['replenishment', 'hubs', 0, 'feeds'], ['pl-poznan']],
    ['setup/put-seller', ['replenishment', 'hubs', 0, 'feeds'], ['de-berlin', 'de-berlin']],
    ['setup/put-seller', ['replenishment', 'channels', 'marginPercent'], 0],
    ['setup/put-seller', ['replenishment', 'channels', 'firstLegs', 0, 'fromCountry'], 'XX'],
    ['setup/put-seller', ['replenishment', 'channels', 'parcels', 0, 'perParcel', 'amount'], -1],
    ['setup/put-seller', ['replenishment', 'budget', 'limit', 'amount'], 0],
    ['setup/put-seller', ['replenishment', 'budget', 'per'], 'year'],
    ['setup/put-seller', ['replenishment', 'overstockDays'], 29],
    ['setup/put-warehouse', ['receiving', 'unitsPerDay'], 0],
    ['setup/put-warehouse', ['receiving', 'storageUnits'], 1.5],
    ['setup/put-seller', ['replenishment', 'transferLanes', 0, 'warehouseId'], 'pl-poznan'],
    ['setup/put-seller', ['replenishment', 'transferLanes', 0, 'perMove', 'amount'], 0],
    ['replenishment/post-run', ['day'], '2026-02-30'],
    ['replenishment/post-run', ['day'], '2026-11-20'],
    ['replenishment/post-run', ['day'], '2099-01-01'],
    ['replenishment/post-run', ['date'], '2026-11-20'],
    ['1-quote/post-quote', ['destination', 'postalCode'], 'SW1A 1AA'],
    ['1-quote/post-quote', ['lines', 0, 'quantity'], 1.5],
    ['2-order/post-order', ['shippingAddress', 'postalCode'], undefined],
    ['2-order/post-order', ['billingAddress', 'postalCode'], '2009'],
  ])('with %s: %j as %j', async (route, path, value, pointer = pointerTo(path)) => {
    const index = requests.findIndex((request) => request.route === route);
    const request = current(index);
    const { status, body } = await send(request, JSON.stringify(withValue(request.body, path, value)));
    const pointers = ((body as Problem).errors ?? []).map((error) => error.pointer);
    expect({ status, pointers }).toEqual({ status: 422, pointers: expect.arrayContaining([pointer]) });
  });

  test('with a character that nobody sees is refused in every text of every body', {
    timeout: LONG_MS,
  }, async () => {
    for (const [index, { route, body }] of requests.entries())
      for (const path of placesOf(body)) {
        const text = valueAt(body, path);
        if (typeof text !== 'string') continue;
        writes = 0;
        const hostile = replaced(current(index).body, path, `${text}\u202e`);
        const answer = await send(current(index), JSON.stringify(hostile));
        const pointers = ((answer.body as Problem).errors ?? []).map(({ pointer }) => pointer);
        expect({ route, status: answer.status, pointers, writes }).toEqual({
          ...{ route, status: 422, pointers: [pointerTo(path)], writes: 0 },
        });
      }
  });

  test('with the number of a card is refused in every text of every body, and repeats it nowhere', {
    timeout: LONG_MS,
  }, async () => {
    for (const [index, { route, body }] of requests.entries())
      for (const path of placesOf(body)) {
        const text = valueAt(body, path);
        if (typeof text !== 'string') continue;
        writes = 0;
        const hostile = replaced(current(index).body, path, `${text} 4000-0566 5566 5556`);
        const answer = await send(current(index), JSON.stringify(hostile));
        expect({
          route,
          status: answer.status,
          errors: (answer.body as Problem).errors,
          writes,
        }).toMatchObject({
          ...{ route, status: 422, writes: 0 },
          errors: [{ pointer: pointerTo(path), code: 'card-number' }],
        });
        expect(JSON.stringify(answer)).not.toContain('5566');
      }
    expect(JSON.stringify(lines())).not.toContain('5566 5556');
  });

  test('that looks like a size in centimetres is stored with a warning', async () => {
    const [request] = requests;
    const dimensions = { lengthMm: 30, widthMm: 24, heightMm: 2 };
    const { status, body } = await send(
      current(0),
      JSON.stringify({ ...(request?.body as object), dimensions }),
    );
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { warnings: [{ pointer: '/unitWeightGrams', code: 'suspicious-density' }] },
    });
  });

  test('with a product that is larger than an item of the table is refused', async () => {
    const document = requests
      .map(({ body }) => (body as typeof product)?.compliance?.documents?.[0])
      .find(Boolean);
    const documents = Array.from({ length: 60 }, (_, index) => ({
      ...document,
      reference: `CPC-${index}`,
      certificate: {
        ...document?.certificate,
        rulesCited: Array.from({ length: 40 }, () => '漢'.repeat(80)),
      },
    }));
    const body = withValue(product, ['compliance', 'documents'], documents);
    expect(await send(current(0), JSON.stringify(body))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/compliance/documents' }] },
    });
  });

  test('with a basket worth more than the largest exact amount is refused', async () => {
    const costly = { ...product, prices: [{ amount: 100_000_000_000, currency: 'EUR' }] };
    expect(await send(current(0), JSON.stringify(costly))).toMatchObject({ status: 200 });
    const lines = [{ sku: 'FUZZ', quantity: 10_000 }];
    expect(
      await send({ route: '1-quote/post-quote' }, JSON.stringify({ ...basket, currency: 'IDR', lines })),
    ).toMatchObject({
      status: 422,
      body: { type: expect.stringContaining('too-large'), errors: [{ pointer: '/lines' }] },
    });
  });

  test('with a decision on an unknown order gives 404', async () => {
    for (const decision of ['release', 'hold', 'refuse', 'refund']) {
      const params = { orderId: 'ord_01KAXB3J5K0000000000000000', decision };
      expect(await send({ route: '4-screening/post-decision', params }, '{}')).toMatchObject({ status: 404 });
    }
  });

  const large = (member: string) => `{"x":[${Array.from({ length: 60_000 }, () => member).join(',')}]}`;
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  test.each([
    ['nothing', '', 400],
    ['half an object', '{"name":', 400],
    ['a number that JSON does not have', '{"name":NaN}', 400],
    ['two values', '{} {}', 400],
    ['another format', 'name=x', 400],
    ['null', 'null', 422],
    ['a text', '"x"', 422],
    ['a list', '[]', 422],
    ['very deeply nested brackets', deep, 422],
    ['half a megabyte of numbers', large('12345678'), 422],
    ['half a megabyte of objects', large('{"a":1}'), 422],
    [
      'very many unknown fields',
      `{${Array.from({ length: 10_000 }, (_, i) => `"field-${i}":1`).join(',')}}`,
      422,
    ],
  ])('with %s in the place of a body is refused with a short answer', async (what, text, expected) => {
    for (const request of requests.filter(({ body }) => body !== undefined)) {
      writes = 0;
      const answer = await send(request, text);
      const due = isTooLong(request, text) ? 413 : expected;
      expectProblem(
        answer,
        { what: `${request.route}: ${what}`, path: [], body: text },
        { isNamed: due === 422 },
      );
      const { status, body } = answer;
      const isShort = JSON.stringify(body).length < 30_000;
      expect({ route: request.route, status, writes, isShort }).toEqual({
        ...{ route: request.route, status: due, writes: 0, isShort: true },
      });
    }
  });

  test('with very long lists is refused within moments', { timeout: LONG_MS }, async () => {
    // Only the size of the request limits the rows of a rule file and the goods of a row.
    const others = [...requests.entries()].filter(([, { route }]) => route !== 'setup/post-rules-import');
    for (const [index, { route, body }] of others)
      for (const path of placesOf(body)) {
        const list = valueAt(body, path);
        if (!Array.isArray(list) || list.length === 0) continue;
        const by = Array.from({ length: 20_000 }, (_, n) =>
          typeof list[0] === 'string' ? `${list[0]}${n}` : list[0],
        );
        const started = performance.now();
        const text = JSON.stringify(replaced(body, path, by));
        const answer = await send(current(index), text);
        const due = isTooLong(current(index), text) ? 413 : 422;
        const inTime = performance.now() - started < 10_000;
        const at = `${route} ${pointerTo(path)}`;
        expect({ at, status: answer.status, inTime }).toEqual({ at, status: due, inTime: true });
      }
  });

  test('with another media type, without a key or with a key that is too long is refused', async () => {
    for (const { route, params = {}, body } of requests.filter((request) => request.body !== undefined)) {
      const given = { params, body: JSON.stringify(body) };
      const typed = (type: string) => ({
        ...given,
        headers: { 'content-type': type, 'idempotency-key': 'k' },
      });
      for (const type of ['', 'text/plain', 'application/xml', 'application/jsonx', 'multipart/form-data'])
        expect({ route, type, ...(await handlers.call(route, typed(type))) }).toMatchObject({
          route,
          type,
          status: 415,
        });
      const { idempotent } = await contractOf(route);
      if (idempotent !== true) continue;
      for (const headers of [{}, { 'idempotency-key': ' ' }, { 'idempotency-key': 'k'.repeat(129) }])
        expect(await handlers.call(route, { ...given, headers })).toMatchObject({
          status: 400,
          body: { errors: [{ pointer: '#/headers/idempotency-key' }] },
        });
    }
  });

  test('with an invalid path or query is refused at that part', async () => {
    const hostile = [
      '',
      ' ',
      '0',
      '-1',
      '1e3',
      '0x10',
      'NaN',
      'x y',
      '%00',
      '\u0000',
      '../..',
      'É',
      '__proto__',
      'x'.repeat(3_000),
      '2026-02-30',
    ];
    for (const request of requests)
      for (const [place, fields] of [
        ['path', request.params ?? {}],
        ['query', request.query ?? {}],
      ] as const)
        for (const name of [
          ...Object.keys(fields),
          ...(place === 'query' && request.query !== undefined ? ['colour'] : []),
        ])
          for (const value of hostile) {
            const to = { ...fields, [name]: value };
            const changed = place === 'path' ? { ...request, params: to } : { ...request, query: to };
            const what = `${request.route} ${name}=${value.slice(0, 20)}`;
            const { status = 500, body } = await asItIs(changed);
            // Free text may contain anything.
            if (status < 400 || status === 404) continue;
            const pointers = ((body as Problem).errors ?? []).map(({ pointer }) => pointer);
            // The value may be the name of something. Then a refused request is refused for its body, as before.
            if (request.isRefused === true && pointers.every((pointer) => pointer.startsWith('/'))) continue;
            expect({ what, status, pointers }).toEqual({
              what,
              status: 422,
              pointers: expect.arrayContaining([`#/${place}/${name}`]),
            });
          }
  });
});

async function contractOf(route: FullRequest['route']) {
  const module = await import(
    /* @vite-ignore */ new URL(`../../../functions/${route}.ts`, import.meta.url).href
  );
  return (module as { contract: { idempotent?: true } }).contract;
}

const nameOf = (path: Path) => path.map((name) => (typeof name === 'number' ? '*' : name)).join('/');

/** The names of a record's members are free. */
function isSeen(field: string, seen: ReadonlySet<string>): boolean {
  const pattern = new RegExp(`^${field.replaceAll('*', '[^/]+')}$`);
  return [...seen].some((name) => pattern.test(name));
}
