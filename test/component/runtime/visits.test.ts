import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRecord } from '../../../shared/lake/record.ts';
import { visit } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

const log = gatherLog();
let handlers: HandlersOnEngine;
let minute = Date.parse('2026-11-28T22:00:00.000Z');

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  handlers = await handlersOnEngine();
});
// Each test has a minute of its own, so that none counts the requests of another.
beforeEach(() => {
  minute += 60_000;
  vi.setSystemTime(minute);
});
afterAll(async () => {
  vi.useRealTimers();
  await handlers.stop();
});

const report = (over: object = {}, from: { storefrontId?: string; sourceIp?: string } = {}) =>
  handlers.call('reports/post-visits', {
    body: JSON.stringify({ ...visit, ...over }),
    ...(from.sourceIp === undefined ? {} : { sourceIp: from.sourceIp }),
    authorizer: { lambda: { storefrontId: from.storefrontId ?? 'sample-shop' } },
  });

function lastRecord() {
  const read = readRecord(handlers.records.at(-1)?.trimEnd() ?? '');
  if (read.kind !== 'known' || read.record.name !== 'visit.reported') throw new Error(read.kind);
  return read.record;
}

describe('a visit that a storefront reports', () => {
  it('is one line of the lake, with the storefront of the key and the time of its arrival', async () => {
    expect(await report()).toMatchObject({ status: 202 });

    expect(handlers.records.at(-1)).toMatch(/\n$/);
    expect(lastRecord()).toMatchObject({
      occurredAt: '2026-11-28T22:01:00.000Z',
      storefrontId: 'sample-shop',
      data: {
        ...{ storefrontId: 'sample-shop', country: 'DE' },
        steps: [
          { step: 'view', sku: 'MAT-YOGA' },
          { step: 'cart', sku: 'MAT-YOGA', quantity: 2 },
        ],
      },
    });
  });

  it('writes nothing into the table', async () => {
    const before = await handlers.items();

    await report();

    expect(await handlers.items()).toEqual(before);
  });

  it('has the same id when it is repeated, so that it counts once', async () => {
    await report();
    const first = lastRecord();
    vi.setSystemTime(minute + 30_000);
    await report();
    expect(lastRecord().id).toBe(first.id);

    await report({}, { storefrontId: 'outlet' });
    expect(lastRecord().id).not.toBe(first.id);
  });

  it('has a visitor who is another one in another shop and on another day, and never the number itself', async () => {
    const visitorOf = async (storefrontId: string, now: string) => {
      vi.setSystemTime(now);
      await report({}, { storefrontId });
      return lastRecord().data.visitor;
    };
    const visitors = [
      await visitorOf('sample-shop', '2026-11-28T23:59:59.000Z'),
      await visitorOf('sample-shop', '2026-11-29T00:00:00.000Z'),
      await visitorOf('outlet', '2026-11-29T00:00:01.000Z'),
    ];

    expect(new Set(visitors).size).toBe(3);
    expect(await visitorOf('sample-shop', '2026-11-29T23:00:00.000Z')).toBe(visitors[1]);
    expect(handlers.records.join('')).not.toContain(visit.visitorId);
  });

  it('needs neither a visitor nor a country', async () => {
    const { batchId, steps } = visit;
    const answer = await handlers.call('reports/post-visits', { body: JSON.stringify({ batchId, steps }) });

    expect(answer).toMatchObject({ status: 202 });
    expect(Object.keys(lastRecord().data).sort()).toEqual(['steps', 'storefrontId']);
  });
});

describe('a report of a visit is refused', () => {
  it.each([
    ['a number of a customer', { visitorId: 'customer-4711' }, '/visitorId'],
    [
      'a number that tells the time (version 1)',
      { visitorId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8' },
      '/visitorId',
    ],
    ['no number of the batch', { batchId: undefined }, '/batchId'],
    ['26 steps', { steps: Array.from({ length: 26 }, () => visit.steps[0]) }, '/steps'],
    ['no step', { steps: [] }, '/steps'],
    ['an unknown step', { steps: [{ step: 'pay', sku: 'MUG' }] }, '/steps/0/step'],
    ['an e-mail address', { email: 'erika@example.com' }, '/email'],
    ['an e-mail address as SKU', { steps: [{ step: 'view', sku: 'erika@example.com' }] }, '/steps/0/sku'],
    ['half a unit', { steps: [{ step: 'cart', sku: 'MUG', quantity: 0.5 }] }, '/steps/0/quantity'],
    ['units of a view', { steps: [{ step: 'view', sku: 'MUG', quantity: 1 }] }, '/steps/0/quantity'],
    ['no country', { country: 'QQ' }, '/country'],
  ])('with %s', async (_what, over, pointer) => {
    const sent = handlers.records.length;

    const { status, body } = await report(over);

    const pointers = (body as { errors: { pointer: string }[] }).errors.map((each) => each.pointer);
    expect({ status, pointers }).toEqual({ status: 422, pointers: [pointer] });
    expect(handlers.records).toHaveLength(sent);
  });

  it('with more than 8 KB', async () => {
    expect(await report({ note: 'x'.repeat(8_192) })).toMatchObject({ status: 413 });
  });

  it('when a client sends more than 600 in a minute; other clients and the next minute go on', async () => {
    const from = { sourceIp: '192.0.2.7' };
    const answers: (number | undefined)[] = [];
    for (let each = 0; each < 601; each += 1) answers.push((await report({}, from)).status);

    expect(answers.filter((status) => status === 202)).toHaveLength(600);
    vi.setSystemTime(minute + 20_000);
    const { status, headers, body } = await report({}, from);
    expect({ status, after: headers?.['retry-after'], body }).toMatchObject({
      ...{ status: 429, after: '40', body: { type: expect.stringMatching(/too-many-visits$/) } },
    });
    expect(await report({}, { sourceIp: '192.0.2.8' })).toMatchObject({ status: 202 });
    vi.setSystemTime(minute + 60_000);
    expect(await report({}, from)).toMatchObject({ status: 202 });
    minute += 60_000;
  });

  it('with 503 where the delivery stream takes nothing, and the log says so without the shopper', async () => {
    handlers.refuseRecords(true);

    const { status, headers, body } = await report();

    handlers.refuseRecords(false);
    expect({ status, after: headers?.['retry-after'], body }).toMatchObject({
      ...{ status: 503, after: '1', body: { type: expect.stringMatching(/visits-not-kept$/) } },
    });
    expect(log().map(({ code }) => code)).toContain('VISITS_NOT_KEPT');
    expect(JSON.stringify(log())).not.toContain(visit.visitorId);
  });
});
