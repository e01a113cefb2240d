import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePartners } from '../../../infra/cli/sample-shop/sample-partners.ts';
import { sampleRates } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { fullRequests } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine, type RouteId } from './handlers-on-engine.ts';
import type { Answer, Request } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
beforeAll(async () => {
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(() => handlers.stop());

/** The request of the tests that has every field of the route. */
function requestOf(route: RouteId): Request {
  const found = fullRequests({ quoteId: '', slotQuoteId: '', slotId: '' }).find(
    (each) => each.route === route,
  );
  return {
    ...(found?.params === undefined ? {} : { params: found.params }),
    body: JSON.stringify(found?.body),
  };
}

const tagOf = ({ headers }: Answer) => String(headers.etag);
const under = (request: Request, version: string): Request => ({
  ...request,
  headers: { 'if-match': version },
});

describe.each([
  ['setup/put-warehouse', 'setup/get-warehouse'],
  ['setup/put-seller', 'setup/get-seller'],
] as const)('%s', (writes, reads) => {
  test('is read back as it was stored, with the same version', async () => {
    const request = requestOf(writes);
    const stored = await handlers.call(writes, request);
    expect(stored.status).toBe(200);
    const { params = {} } = request;
    const read = await handlers.call(reads, { params });
    expect(read.body).toEqual(stored.body);
    expect(tagOf(read)).toBe(tagOf(stored));
  });

  test('changes one version once', async () => {
    const request = requestOf(writes);
    const { params = {} } = request;
    const version = tagOf(await handlers.call(reads, { params }));
    const renamed = {
      ...request,
      body: JSON.stringify({ ...JSON.parse(request.body ?? ''), name: 'Other' }),
    };
    expect((await handlers.call(writes, under(renamed, version))).status).toBe(200);
    expect(await handlers.call(writes, under(request, version))).toMatchObject({
      status: 412,
      body: { type: 'https://entrepot.dev/problems/other-version' },
    });
    expect((await handlers.call(reads, { params })).body).toMatchObject({ name: 'Other' });
  });
});

describe('the list of warehouses', () => {
  test('has each once, in pages, without rate cards', async () => {
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: '1', ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await handlers.call('setup/get-warehouses', { query });
      const page = body as { warehouses: { warehouseId: string; lanes: object[] }[]; cursor?: string };
      for (const { warehouseId, lanes } of page.warehouses) {
        codes.push(warehouseId);
        for (const lane of lanes) expect(Object.keys(lane).sort()).toEqual(['carrier', 'service']);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(codes).toEqual(['cn-shenzhen', 'pl-poznan']);
  });

  test('refuses a cursor that is not of this list', async () => {
    const cursor = Buffer.from('no code').toString('base64url');
    expect(await handlers.call('setup/get-warehouses', { query: { cursor } })).toMatchObject({ status: 422 });
  });

  test('does not find a warehouse that nobody stored', async () => {
    const params = { warehouseId: 'xx-nowhere' };
    expect(await handlers.call('setup/get-warehouse', { params })).toMatchObject({ status: 404 });
  });
});

test('the list of carriers says what of each is down', async () => {
  await handlers.call('setup/put-carrier-health', {
    params: { code: samplePartners.carrier },
    body: JSON.stringify({ status: 'down', services: ['express'], reason: 'Strike at the hub' }),
  });
  const { body } = await handlers.call('setup/get-carriers', {});
  const { carriers } = body as { carriers: { carrier: string }[] };
  expect(carriers.find(({ carrier }) => carrier === samplePartners.carrier)).toMatchObject({
    services: expect.arrayContaining(['standard']),
    down: ['express'],
    mark: { reason: 'Strike at the hub', markedBy: 'operator-1' },
  });
});

describe('the list of exchange rates', () => {
  const list = async (query: Readonly<Record<string, string>>) => {
    const { status, body } = await handlers.call('setup/get-exchange-rates', { query });
    return { status, ...(body as { tables: { id: string; date: string }[]; cursor?: string }) };
  };
  const rates = { ...sampleRates, spreadBasisPoints: 0 };
  const put = (over: object) =>
    handlers.call('setup/put-exchange-rates', { body: JSON.stringify({ ...rates, ...over }) });

  test('has the newest table of a kind first, in pages', async () => {
    for (const date of ['2025-02-03', '2025-02-05', '2025-02-04'])
      expect((await put({ id: `day-${date}`, date })).status).toBe(200);
    const dates: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: '2', ...(cursor === undefined ? {} : { cursor }) });
      dates.push(...page.tables.map(({ date }) => date));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(dates).toEqual(expect.arrayContaining(['2025-02-05', '2025-02-04', '2025-02-03']));
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(new Set(dates).size).toBe(dates.length);
  });

  test('has the tables of months apart, and additional rates by currency', async () => {
    await put({ id: 'month', date: '2025-02-01', kind: 'hmrc-month', month: '2025-02' });
    expect(await list({ kind: 'hmrc-month' })).toMatchObject({ tables: [{ id: 'month' }] });
    await put({ id: 'more', date: '2025-02-01', kind: 'additional', rates: { TWD: '34.9', NGN: '1700' } });
    const { tables, cursor } = await list({ kind: 'additional' });
    expect(tables).toMatchObject([{ rates: { NGN: '1700' } }, { rates: { TWD: '34.9' } }]);
    expect(cursor).toBeUndefined();
  });

  test('refuses a cursor that is not of this list', async () => {
    const cursor = Buffer.from('cn-shenzhen').toString('base64url');
    expect(await list({ cursor })).toMatchObject({ status: 422 });
  });
});
