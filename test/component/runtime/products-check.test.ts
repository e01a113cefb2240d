import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkCatalogue } from '../../../infra/cli/products/check/check-catalogue.ts';
import type { CheckOptions } from '../../../infra/cli/products/check/check-options.ts';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import type { ScheduleHeader } from '../../../shared/duties/schedules/schedule.ts';
import { encodeSchedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { percentLines } from '../../builders/schedules.ts';
import { product } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
let server: Server;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T10:00:00.000Z') });
  handlers = await handlersOnEngine();
  server = createServer(async ({ url = '' }, response) => {
    const { searchParams } = new URL(url, 'http://backend');
    const answer = await handlers.call('catalogue/get-products-check', {
      query: Object.fromEntries(searchParams),
    });
    response.writeHead(answer.status ?? 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { operator } = handlers;
  await operator.call({ method: 'PUT', path: '/v1/admin/exchange-rates', body: sampleRates });
  await operator.call({ method: 'PUT', path: '/v1/admin/seller', body: sampleSeller });
  const shirt = {
    ...product,
    ...{ hsCode: '610910', nationalCodes: {}, originCountry: 'IN', originProofs: [] },
    prices: [{ amount: 200_00, currency: 'GBP' }],
  };
  const products = Array.from({ length: 60 }, (_, at) => ({ ...shirt, sku: `SHIRT-${100 + at}` }));
  await operator.call({ method: 'POST', path: '/v1/admin/products/import', body: { products } });
});
afterAll(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
  await handlers.stop();
});

const ask = (query: Readonly<Record<string, string>>) =>
  handlers.call('catalogue/get-products-check', { query });

/** What the command says of the backend, and whether all products are priced. */
async function check(over: Partial<CheckOptions> = {}) {
  const said: string[] = [];
  const step = { advance: () => {}, reach: () => {}, end: () => {} };
  const progress = { start: () => step, say: () => {} };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options: CheckOptions = {
    ...{ backend: { url, token: 'a-token', dataDir: '.local' }, to: ['GB'], units: 1 },
    ...{ channel: 'courier', freightPercent: 10, format: 'json', all: false, ...over },
  };
  const areAllPriced = await checkCatalogue(options, { progress, say: (text) => said.push(text) });
  return { areAllPriced, text: said.join('\n') };
}

describe('GET /v1/admin/products/check', () => {
  test('prices every product once, page by page', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await ask({
        ...{ country: 'GB', limit: '25' },
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(status).toBe(200);
      const page = body as { products: { sku: string; dutyRate: string }[]; cursor?: string };
      seen.push(...page.products.map(({ sku }) => sku));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, at) => `SHIRT-${100 + at}`));
  });

  test('has the charges of a quote: 12 % duty, and VAT of 20 %', async () => {
    // 200.00 + 10 % = 220.00; duty 26.40; VAT 20 % of 246.40 = 49.28; together 75.68.
    const { body } = await ask({ country: 'GB', limit: '1' });
    expect(body).toMatchObject({
      ...{ country: 'GB', date: '2026-12-01', policy: 'refuse' },
      products: [
        { outcome: 'priced', dutyRate: '12', charges: { amount: 75_68, currency: 'GBP' }, missing: [] },
      ],
    });
  });

  test('refuses a country that is no destination', async () => {
    expect(await ask({ country: 'AQ' })).toMatchObject({ status: 422 });
  });
});

describe('the command that asks it', () => {
  test('reads all pages, and ends well if every product is priced', async () => {
    const { areAllPriced, text } = await check();
    expect(areAllPriced).toBe(true);
    const { products, policy } = JSON.parse(text) as { products: unknown[]; policy: string };
    expect([products.length, policy]).toEqual([60, 'refuse']);
  });

  test('takes no registrations and rates of a file', async () => {
    await expect(check({ rates: 'rates.csv' })).rejects.toThrow('--seller and --rates go with --file');
  });

  test('prices by an edition that the backend imported', async () => {
    const header: ScheduleHeader = {
      ...{ tariff: 'gb', edition: '2026-12', validFrom: '2026-12-01', knownTo: '2026-12-31', hs: 'HS2022' },
      ...{ law: 'a tariff for this test', source: 'a file for this test' },
      ...{ provenance: 'published', confidence: 'high' },
    };
    const file = Buffer.from(
      encodeSchedule(header, percentLines({ '6109100010': '5', '6109100090': '15' })),
    ).toString('base64');
    const body = { dryRun: false, header, file };
    await handlers.operator.call({ method: 'POST', path: '/v1/admin/tariffs/imports', body });
    // Another container reads it at once; this one within seconds.
    vi.setSystemTime(Date.parse('2026-12-01T10:05:00.000Z'));
    const { text } = await check({ policy: 'maximum' });
    const { products } = JSON.parse(text) as { products: Record<string, unknown>[] };
    expect(products[0]).toMatchObject({ outcome: 'range', dutyRate: '15', missing: ['longer code'] });
    expect((await check({ policy: 'refuse' })).areAllPriced).toBe(false);
  });
});
