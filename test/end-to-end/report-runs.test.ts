import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReportReady } from '../../events/report.ts';
import { type LakePlace, openPlace } from '../../infra/cli/lake/open-place.ts';
import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { type Table, tableClient } from '../../shared/aws/clients.ts';
import { createRunStore } from '../../shared/aws/reports/run-store.ts';
import { dayAfter, hourMs, later } from '../../shared/kernel/time.ts';
import { calendarDateIn } from '../../shared/kernel/zoned-time.ts';
import type { ReportJson } from '../../shared/reports/answer/report-answer.ts';
import { linesOf } from '../builders/lake-facts.ts';
import { orderRecords, paid, pricedOrder } from '../builders/made-up-orders.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered } from './shopper.ts';

const ZONE = 'Europe/Berlin';
const today = calendarDateIn(ZONE, new Date().toISOString());
/** It ended more than two hours ago, whatever the time is now. */
const day = dayAfter(today, -2);

let running: RunningBackend;
let work: string;
let place: LakePlace;
let table: Table;
let token: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'entrepot-report-runs-'));
  running = await runBackend();
  const { cloud, operator, url } = running.backend;
  token = await cloud.issueToken(['reports:read']);
  const reporting = { timeZone: ZONE, currency: 'EUR' };
  await operator.call({ method: 'PUT', path: '/v1/admin/seller', body: { ...sampleSeller, reporting } });
  place = await openPlace({ kind: 'local', url, dataDir: work });
  const name = cloud.resources.find(({ type }) => type === 'AWS::DynamoDB::Table')?.ref ?? '';
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  table = { name, client: tableClient({ endpoint: cloud.tableUrl, region: 'eu-central-1', credentials }) };
});
afterAll(async () => {
  await running.stop();
  await rm(work, { recursive: true, force: true });
});

/** An order of that day, of 24.00 + 6.00 EUR, as the relay would have put it into the lake. */
async function arrive(number: number, storefrontId = 'shop') {
  const facts = [pricedOrder({ goods: 2400, shipping: 600, storefrontId }), ...paid(3000)];
  const records = orderRecords(number, { at: `${day}T10:00:00.000Z`, facts });
  const file = join(work, `${number}.ndjson.gz`);
  await writeFile(file, gzipSync(linesOf(records)));
  await place.store.store(
    `facts/received=${new Date().toISOString().slice(0, 10)}/${number}.ndjson.gz`,
    file,
  );
}

const runJob = (name: string) => running.backend.cloud.runSchedule(`entrepot-local-${name}`);

/** Makes the tables. A run that the clock started a moment ago may lack the last facts, so another one follows. */
async function makeTables() {
  await running.backend.cloud.settled(60_000);
  await runJob('ReportsEveryHourCompactLake');
  await running.backend.cloud.settled(60_000);
  await runJob('ReportsEveryHourCompactLake');
}

async function askAndMake() {
  await runJob('ReportsEveryHourAskForReports');
  await running.backend.cloud.settled(240_000);
}

const get = (path: string, headers: Record<string, string> = {}, as = token) =>
  fetch(`${running.backend.url}/v1/admin/reports${path}`, {
    headers: { authorization: `Bearer ${as}`, ...headers },
    redirect: 'manual',
  });

const summaryOf = async (answer: Response) =>
  ((await answer.json()) as ReportJson).tables.find(({ name }) => name === 'summary')?.rows[0];

/** Items of the table whose partition key begins so. */
async function items(start: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  return Items.filter(({ pk }) => String(pk).startsWith(start));
}

const announced = async (report: string) =>
  (await items(`REPORT-READY#${report}#day#${day}`))
    .map(({ event, reported }) => {
      expect(event).toBe('report.ready');
      return ReportReady.data.parse(JSON.parse(String(reported)));
    })
    .sort((a, b) => a.version - b.version);

/** The stored files with the tags of their contents. */
async function files(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, tag } of place.store.list('reports/')) found.push(`${key} ${tag}`);
  return found;
}

/** As if the reports of the day had been looked at yesterday, from tables that were others. */
async function lookedAtLongAgo() {
  const runs = createRunStore(table);
  for (const run of await runs.list('sales', 'day', { from: day, max: 50 })) {
    const id = { report: 'sales', run: `day#${run.question.period}#` };
    const all = await items(`REPORT-RUNS#${id.report}`);
    const stored = all.find(({ sk }) => String(sk).startsWith(id.run));
    if (run.made === undefined || stored === undefined) continue;
    const made = { ...run.made, source: 'other', checkedAt: later(new Date().toISOString(), -25 * hourMs) };
    await runs.save({ run: { ...run, made }, revision: Number(stored.revision) });
  }
}

describe('the reports of a day that has ended', () => {
  it('are asked for by the clock, made, stored, announced and answered', async () => {
    await arrive(1);
    await makeTables();
    const before = running.backend.cloud.counts()['events.put'] ?? 0;
    await askAndMake();

    const answer = await get(`/sales?period=${day}`, { 'accept-encoding': 'identity' });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...{ 'content-type': 'application/json', 'report-version': '1', 'report-status': 'over' },
    });
    expect(await summaryOf(answer)).toMatchObject({ orders: 1, gross: { amount: 3000, currency: 'EUR' } });

    const csv = await get(`/sales?period=${day}&table=by-market`, { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await csv.text()).toMatch(/^market,orders,[^\n]*\r\nDE,1,/);
    const page = await get(`/sales?period=${day}`, { accept: 'text/html' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<h1');
    // The page is written again for a reader of Arabic: 30.00 EUR.
    const arabic = { accept: 'text/html', 'accept-language': 'ar-EG, en;q=0.5' };
    const written = await get(`/sales?period=${day}`, arabic);
    expect(written.headers.get('content-language')).toBe('ar-EG');
    expect(written.headers.get('vary')).toContain('accept-language');
    const text = await written.text();
    expect(text).toContain('dir="rtl"');
    expect(text).toContain('٣٠٫٠٠');

    const [notice, ...more] = await announced('sales');
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      period: day,
      timeZone: ZONE,
      version: 1,
      isRestated: false,
      status: 'over',
    });
    // The address of the notice is the one that answers, and its object has the same content.
    expect((await get(String(notice?.href).replace('/v1/admin/reports', ''))).status).toBe(200);
    expect(running.backend.cloud.counts()['events.put']).toBeGreaterThan(before);
    const file = join(work, 'fetched');
    expect(await place.store.fetch(notice?.files[0]?.key ?? '', file)).toBe(true);
  });

  it('are listed with their files', async () => {
    const list = (await (await get('?report=sales')).json()) as {
      reports: { name: string }[];
      runs: { period: string; state: string; made: { version: number; files: { form: string }[] } }[];
    };
    expect(list.reports.map(({ name }) => name)).toEqual(expect.arrayContaining(['sales', 'ledger']));
    const run = list.runs.find(({ period }) => period === day);
    expect(run).toMatchObject({ state: 'made', made: { version: 1 } });
    expect(run?.made.files.map(({ form }) => form)).toEqual(expect.arrayContaining(['json', 'csv', 'html']));
  });

  it('made again of the same facts, are the same files to the byte, and nothing is announced', async () => {
    const before = await files();
    expect(before.length).toBeGreaterThan(5);
    await lookedAtLongAgo();
    await askAndMake();
    expect(await files()).toEqual(before);
    expect(await announced('sales')).toHaveLength(1);
  });

  it('are restated by a fact that arrives late', async () => {
    await arrive(2);
    await makeTables();
    await lookedAtLongAgo();
    await askAndMake();
    const answer = await get(`/sales?period=${day}`);
    expect(answer.headers.get('report-version')).toBe('2');
    expect(await summaryOf(answer)).toMatchObject({ orders: 2, gross: { amount: 6000 } });
    expect((await announced('sales')).map(({ version, isRestated }) => [version, isRestated])).toEqual([
      ...[
        [1, false],
        [2, true],
      ],
    ]);
  });
});

describe('a report that is not there', () => {
  it('is asked for: 202 with its address, and then the figures until now', async () => {
    const { shopper, stripeUrl, backend } = running;
    await shopper.follow(await shopper.buy(baskets.DE, stripeUrl), isDelivered);
    await backend.cloud.settled(60_000);
    await backend.cloud.flush();
    await makeTables();

    const asked = await get(`/sales?period=${today}`);
    expect(asked.status).toBe(202);
    expect(asked.headers.get('retry-after')).toBe('5');
    expect(await asked.json()).toMatchObject({ state: 'asked', period: today, attempts: 0 });
    const path = String(asked.headers.get('location')).replace('/v1/admin/reports', '');
    await backend.cloud.settled(120_000);
    const answer = await get(path);
    expect(answer.headers.get('report-status')).toBe('running');
    expect(await summaryOf(answer)).toMatchObject({ orders: 1 });
  });

  it('is answered compressed to a caller that takes gzip, with the bytes that are stored', async () => {
    const plain = await (await get(`/sales?period=${day}`, { 'accept-encoding': 'identity' })).text();
    const [, latest] = await announced('sales');
    const key = latest?.files.find(({ form }) => form === 'json')?.key ?? '';
    const file = join(work, 'report.json.gz');
    await place.store.fetch(key, file);
    const { readFile } = await import('node:fs/promises');
    expect(gunzipSync(await readFile(file)).toString('utf8')).toBe(plain);
    const packed = await get(`/sales?period=${day}`, { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    // The client of this test has unpacked it.
    expect(await packed.text()).toBe(plain);
  });
});

describe('a reader of one storefront', () => {
  const readerOf = (storefrontId: string, scopes = ['reports:read']) =>
    running.backend.cloud.issueToken(scopes, { storefrontId });

  it('sees its own figures, and is refused those of others', async () => {
    await arrive(3, 'outlet');
    await makeTables();
    const reader = await readerOf('outlet');
    expect((await get(`/sales?period=${day}`, {}, reader)).status).toBe(202);
    await running.backend.cloud.settled(120_000);
    const own = await get(`/sales?period=${day}`, {}, reader);
    expect(await own.clone().json()).toMatchObject({ storefrontId: 'outlet' });
    expect(await summaryOf(own)).toMatchObject({ orders: 1, gross: { amount: 3000 } });

    const other = await get(`/sales?period=${day}&storefrontId=shop`, {}, reader);
    expect(other.status).toBe(403);
    expect(await other.json()).toMatchObject({ errors: [{ pointer: '#/query/storefrontId' }] });
    const list = (await (await get('', {}, reader)).json()) as { runs: { storefrontId?: string }[] };
    expect(list.runs.map(({ storefrontId }) => storefrontId)).toEqual(['outlet']);
  });

  it('is refused what is of the merchant, by whatever route', async () => {
    expect((await get('/ioss?period=2026-10', {}, await readerOf('outlet'))).status).toBe(403);
    const orders = await fetch(`${running.backend.url}/v1/admin/orders`, {
      headers: { authorization: `Bearer ${await readerOf('outlet', ['orders:read'])}` },
    });
    expect(orders.status).toBe(403);
    expect(await orders.json()).toMatchObject({
      ...{ status: 403, type: 'https://entrepot.dev/problems/token-of-a-storefront' },
    });
  });
});

describe('a wrong request', () => {
  it.each([
    ['/turnover?period=2026-11-01', '#/path/name'],
    ['/sales', '#/query/period'],
    ['/sales?period=2026-13', '#/query/period'],
    ['/sales?period=2999-01-01', '#/query/period'],
    ['/sales?period=2026-11-01&time_zone=UTC', '#/query/time_zone'],
    ['/sales?period=2026-11-01&timeZone=Mars/Base', '#/query/timeZone'],
    ['/sales?period=2026-11-01&timeZone=%2B02:00', '#/query/timeZone'],
    ['/sales?period=2026-11-01&currency=XXX', '#/query/currency'],
    ['/sales?period=2026-11-01&table=by-moon', '#/query/table'],
    ['?report=turnover', '#/query/report'],
    ['?cursor=bm9uZQ', '#/query/cursor'],
  ])('%s is refused, names %s, and writes nothing', async (path, pointer) => {
    const before = await items('REPORT-RUNS#');
    const answer = await get(path);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
    expect(await items('REPORT-RUNS#')).toEqual(before);
  });
});
