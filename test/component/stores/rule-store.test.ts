import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../functions/setup/post-rules-import.ts';
import { createCatalogueStore } from '../../../shared/aws/catalogue/catalogue-store.ts';
import { createRuleStore } from '../../../shared/aws/duties/rule-store.ts';
import { contentOf } from '../../../shared/aws/relay/outbox.ts';
import { keys } from '../../../shared/aws/table.ts';
import type { Product } from '../../../shared/catalogue/index.ts';
import { createRuleBooks, importRules, type RuleStore } from '../../../shared/duties/rule-import/index.ts';
import { builtinRuleBook } from '../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';
import { assessed, sums } from '../../builders/assess.ts';
import { answerOf, context, gatewayEvent } from '../runtime/lambda-events.ts';
import { gatherLog } from '../runtime/log-lines.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let time = Date.parse('2026-12-01T10:00:00.000Z');
const now = () => new Date(time).toISOString();
/** The store of another container. It reads at once what others wrote. */
const clock = () => new Date(time);
const newStore = (): RuleStore => createRuleStore(on.table, clock);
const product = (sku: string, hsCode: string): Product => ({
  ...{ sku, hsCode, description: 'A work of art', originCountry: 'IT', unitWeightGrams: 500 },
  dimensions: { lengthMm: 300, widthMm: 200, heightMm: 20 },
  prices: [{ amount: 10_000, currency: 'EUR' }],
});

gatherLog();
beforeAll(async () => {
  on = await startTable();
});
beforeEach(() => {
  // The next test begins five seconds later, after which a container reads again.
  time += 60_000;
});
afterAll(() => on.stop());

const line = (id: string, over: object = {}) => ({
  ...{
    kind: 'tariff-line',
    id,
    regime: 'eu',
    tariff: 'eu',
    hsPrefix: '99',
    goods: 'Goods of a test',
    rate: '5',
  },
  ...{ validFrom: '2026-12-01', law: 'a law of this test', provenance: 'published', confidence: 'high' },
  ...over,
});
const many = (count: number, over: object = {}) =>
  Array.from({ length: count }, (_, index) =>
    line(`eu-many-${index}`, {
      ...{ hsPrefix: `98${String(index).padStart(6, '0')}`, goods: `Goods ${'of a test '.repeat(70)}` },
      ...over,
    }),
  );
const load = (store: RuleStore, rows: readonly object[]) =>
  importRules(
    store,
    { rows: rows as Record<string, unknown>[] },
    {
      ...{ now: now(), dryRun: false, builtin: builtinRuleBook.rowsOf },
      skusOf: createCatalogueStore(on.table, clock).skusByHsPrefix,
    },
  );
async function imported(rows: readonly object[]): Promise<string> {
  const outcome = await load(newStore(), rows);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value.version;
}
const reported = async (version: string) => on.item(keys.rulesReport(version));

describe('the rules of a deployment in the table', () => {
  test('are none before the first import', async () => {
    expect(await newStore().current()).toBeUndefined();
    expect(await newStore().at('nothing')).toBeUndefined();
    expect((await createRuleBooks(newStore(), builtinRuleBook).current()).version).toBe(builtinVersion);
  });

  test('of several hundred kilobytes are stored in parts, each within the limit of an item', async () => {
    const version = await imported(many(600));
    const parts = (await on.items()).filter(
      ({ pk, sk }) => pk === keys.rulePart(version, 0).pk && sk !== 'REPORT',
    );
    expect(parts.length).toBeGreaterThan(5);
    const bytes = parts.map((part) => Buffer.byteLength(JSON.stringify(part)));
    expect(bytes.reduce((all, each) => all + each, 0)).toBeGreaterThan(400_000);
    expect(Math.max(...bytes)).toBeLessThan(400_000);
    const kept = await newStore().current();
    expect(kept?.version).toBe(version);
    expect(kept?.rows).toEqual(many(600));
  });

  test('have their current version in one item, and a report of it is written in the same transaction', async () => {
    const before = (await newStore().current())?.version;
    const catalogue = createCatalogueStore(on.table, clock);
    await catalogue.putProducts([product('PAINTING', '970121'), product('PRINT', '970290')]);
    await catalogue.putProduct(product('DRAWING', '970129'));
    const version = await imported([line('eu-reported', { hsPrefix: '9701' })]);
    expect(await on.item(keys.currentRules)).toMatchObject({ version });
    const item = await reported(version);
    const image = Object.fromEntries(
      Object.entries(item ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const [event] = contentOf(image).events;
    expect(event?.name).toBe('trade-rules.imported');
    expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({
      ...{ version, previousVersion: before, goods: ['9701'], added: 1, changed: 0 },
      ...{ skus: ['DRAWING', 'PAINTING'], moreSkus: false },
      destinations: expect.arrayContaining(['DE', 'FR']),
    });
  });

  test('report only as many products as fit into the event, and say if there are more', async () => {
    const catalogue = createCatalogueStore(on.table, clock);
    const skus = Array.from({ length: 45 }, (_, index) => `STAMP-${String(index).padStart(2, '0')}`);
    await catalogue.putProducts(skus.map((sku) => product(sku, '970400')));
    expect(await catalogue.skusByHsPrefix(['97040000', '9704'], 45)).toEqual({ skus, areAll: true });
    expect(await catalogue.skusByHsPrefix(['9704'], 44)).toMatchObject({ areAll: false });
    expect((await catalogue.skusByHsPrefix([], 20)).skus).toHaveLength(20);
    expect(await catalogue.skusByHsPrefix(['9601'], 20)).toEqual({ skus: [], areAll: true });
  });

  test('are added to the rules in force: a rule that is not in the file stays', async () => {
    await imported([line('eu-stays', { hsPrefix: '9702' })]);
    await imported([
      line('eu-comes', { hsPrefix: '9703' }),
      line('eu-many-0', { hsPrefix: '98000000', rate: '7' }),
    ]);
    const rows = new Map((await newStore().current())?.rows.map((row) => [row.id, row]));
    expect(rows.has('eu-stays')).toBe(true);
    expect(rows.has('eu-comes')).toBe(true);
    expect(rows.get('eu-many-0')).toMatchObject({ rate: '7' });
    expect(rows.get('eu-many-1')).toMatchObject({ rate: '5' });
  });

  test('can be read as they were in an earlier version', async () => {
    const first = await imported([line('eu-version', { hsPrefix: '9704', rate: '1' })]);
    const second = await imported([line('eu-version', { hsPrefix: '9704', rate: '2' })]);
    const rateIn = async (version: string) =>
      (await newStore().at(version))?.rows.find(({ id }) => id === 'eu-version');
    expect(await rateIn(first)).toMatchObject({ rate: '1' });
    expect(await rateIn(second)).toMatchObject({ rate: '2' });
  });

  test('are unchanged by an import that another import overtook, and the import can be repeated', async () => {
    const slow = newStore();
    await slow.current();
    const version = await imported([line('eu-fast', { hsPrefix: '9705' })]);
    const outcome = await load(slow, [line('eu-slow', { hsPrefix: '9706' })]);
    expect(outcome).toEqual({ ok: false, error: { reason: 'moved-on' } });
    expect(await on.item(keys.currentRules)).toMatchObject({ version });
    const reports = (await on.items())
      .filter(({ sk }) => sk === 'REPORT')
      .map(({ reported: update }) => String(update));
    expect(reports.filter((update) => update.includes('"9706"'))).toEqual([]);
    expect(await load(slow, [line('eu-slow', { hsPrefix: '9706' })])).toMatchObject({ ok: true });
    const ids = (await newStore().current())?.rows.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['eu-fast', 'eu-slow']));
  });

  test('accept one of many simultaneous imports, and report the others as refused', async () => {
    const stores = Array.from({ length: 6 }, newStore);
    await Promise.all(stores.map((store) => store.current()));
    const outcomes = await Promise.all(
      stores.map((store, index) => load(store, [line(`eu-race-${index}`, { hsPrefix: `970${index}00` })])),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const ids = (await newStore().current())?.rows.map(({ id }) => id) ?? [];
    for (const [index, { ok }] of outcomes.entries()) expect(ids.includes(`eu-race-${index}`)).toBe(ok);
  });

  test('get no new version and no report if the imported rules are already in force', async () => {
    const version = await imported([line('eu-same', { hsPrefix: '9707' })]);
    const count = (await on.items()).length;
    await imported([line('eu-same', { hsPrefix: '9707' })]);
    expect(await on.item(keys.currentRules)).toMatchObject({ version });
    expect(await on.items()).toHaveLength(count);
  });

  test('are found by rule books within seconds, and used to price a quote', async () => {
    const books = createRuleBooks(newStore(), builtinRuleBook);
    const before = await books.current();
    const ended = { ...builtinRuleBook.rows.find(({ id }) => id === 'au-gst-10'), validTo: '2027-06-30' };
    const next = {
      ...ended,
      id: 'au-gst-11-of-a-test',
      rate: '11',
      validFrom: '2027-07-01',
      validTo: undefined,
    };
    const version = await imported([ended, JSON.parse(JSON.stringify(next))]);
    expect((await books.current()).version).toBe(before.version);
    time += 5_000;
    const rules = await books.current();
    expect(rules.version).toBe(version);
    const tax = (date: string) =>
      sums(
        assessed({
          ...{
            to: 'AU',
            currency: 'AUD',
            seller: { taxNumbers: { AU: '51824753556' } },
            freight: 0,
            date,
            rules,
          },
          goods: [{ hsCode: '610910', value: 100_00 }],
        }),
      ).tax;
    expect([tax('2027-06-30'), tax('2027-07-01')]).toEqual([10_00, 11_00]);
    // Without another import the result is the same rule book.
    time += 5_000;
    expect(await books.current()).toBe(rules);
  });
});

describe('POST /v1/admin/rules/imports', () => {
  beforeAll(() => {
    Object.assign(process.env, {
      ...{ TABLE_NAME: on.table.name, BUS_NAME: 'bus', STAGE: 'local', AWS_REGION: 'eu-central-1' },
      ...{
        AWS_ENDPOINT_URL_DYNAMODB: on.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
    });
  });
  const post = async (body: unknown) =>
    answerOf(await handler(gatewayEvent({ body: JSON.stringify(body) }), context));

  test('lists the changes, and stores nothing in a dry run', async () => {
    const rows = [line('eu-route', { hsPrefix: '9711' })];
    const answer = await post({ dryRun: true, file: { rows } });
    expect(answer).toMatchObject({
      status: 200,
      body: { stored: false, changes: [{ ruleId: 'eu-route', change: 'added', kind: 'tariff-line' }] },
    });
    expect((await newStore().current())?.rows.some(({ id }) => id === 'eu-route')).toBe(false);
  });

  test('stores the rules, and the defaults of a row are those of its file', async () => {
    const { kind, regime, ...own } = line('eu-route', { hsPrefix: '9711' });
    const answer = await post({ file: { defaults: { kind, regime }, rows: [own] } });
    expect(answer).toMatchObject({ status: 200, body: { stored: true } });
    const current = await newStore().current();
    expect(current?.version).toBe((answer.body as { version: string }).version);
    expect(current?.rows.find(({ id }) => id === 'eu-route')).toEqual({
      ...line('eu-route', { hsPrefix: '9711' }),
    });
  });

  test('refuses the file if one row is bad: a problem points at the field', async () => {
    const rows = [
      line('eu-good', { hsPrefix: '9712' }),
      line('eu-bad', { rate: 'five', when: { origin: 'CN' } }),
    ];
    const answer = await post({ file: { rows } });
    expect(answer).toMatchObject({
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        ...{
          type: 'https://entrepot.dev/problems/invalid-rules',
          title: 'Not every row is a rule',
          status: 422,
        },
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: '/file/rows/1/rate', code: 'invalid-rule' }),
          expect.objectContaining({ pointer: '/file/rows/1/when/origin' }),
        ]),
      },
    });
    expect((await newStore().current())?.rows.some(({ id }) => id === 'eu-good')).toBe(false);
  });

  test('refuses two rules for one subject on one day', async () => {
    const rows = [line('eu-a', { hsPrefix: '9713' }), line('eu-b', { hsPrefix: '9713' })];
    expect(await post({ file: { rows } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/file/rows/0/validFrom', detail: expect.stringContaining('eu-b') }] },
    });
  });

  test.each([
    [{ file: { rows: [] } }, '/file/rows'],
    [{ file: { row: [] } }, '/file/rows'],
    [{ dryRun: 'yes', file: { rows: [{}] } }, '/dryRun'],
    [{}, '/file'],
  ])('refuses a body that is not a rule file: %j', async (body, pointer) => {
    const answer = await post(body);
    expect(answer.status).toBe(422);
    expect((answer.body as { errors: { pointer: string }[] }).errors.map((error) => error.pointer)).toContain(
      pointer,
    );
  });

  test('reports that another import happened in between', async () => {
    // The container of the route read the version, and then another container stores rules first.
    await post({ dryRun: true, file: { rows: [line('eu-late', { hsPrefix: '9714' })] } });
    await imported([line('eu-early', { hsPrefix: '9715' })]);
    const answer = await post({ file: { rows: [line('eu-late', { hsPrefix: '9714' })] } });
    expect(answer).toMatchObject({
      status: 409,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'https://entrepot.dev/problems/rules-moved-on' },
    });
    expect(await post({ file: { rows: [line('eu-late', { hsPrefix: '9714' })] } })).toMatchObject({
      status: 200,
    });
  });
});
