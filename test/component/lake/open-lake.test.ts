import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../../../shared/kernel/time.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { askLake, openLake, WrongQuestion } from '../../../shared/lake/engine/open-lake.ts';
import { count, date, instant, text } from '../../../shared/lake/subject.ts';
import { subjects } from '../../../shared/lake/subjects/index.ts';
import { views } from '../../../shared/lake/views/index.ts';
import {
  cancelled,
  parcelId,
  refundFailed,
  refundPaid,
  refundRequested,
  untilAuthorised,
  untilDispatched,
  untilPaid,
} from '../../builders/facts.ts';
import { putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-'));
  await putFacts(folder, 'facts/received=2026-11-23/a.gz', [
    ...recordsOfOrder(1, [
      ...untilDispatched(),
      { name: 'parcel.delivered', data: { parcelId, deliveredAt: '2026-12-01T09:00:00.000Z' } },
      { name: 'order.delivered', data: {} },
    ]),
    ...recordsOfOrder(2, [...untilPaid(), cancelled(), refundRequested(), refundPaid()], dayMs),
    ...recordsOfOrder(3, [...untilPaid(), refundRequested(), refundPaid(), refundFailed()], 2 * dayMs),
    ...recordsOfOrder(4, forTwoParcels(untilAuthorised()), 3 * dayMs),
  ]);
  await compact({ store: folderStore(folder), folder: `${folder}/.work`, now: '2026-11-30T00:00:00.000Z' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ask = (sql: string, params: Parameters<typeof askLake>[2] = []) => askLake(folder, sql, params);
const rows = async (sql: string) => (await ask(sql)).rows;

describe('a question to the lake', () => {
  it('gives the names of its columns and values as JSON has them', async () => {
    const sql =
      'SELECT day, occurred_at AS at, total_minor, region, total_minor / 2.0 AS half, sum(total_minor) OVER () AS all_minor, ' +
      "CAST('12.340' AS DECIMAL(10, 3)) AS exact, true AS yes, 9007199254740993 AS large FROM orders ORDER BY day LIMIT 1";

    expect(await ask(sql)).toEqual({
      columns: ['day', 'at', 'total_minor', 'region', 'half', 'all_minor', 'exact', 'yes', 'large'],
      rows: [
        ...[['2026-11-23', '2026-11-23T10:00:00.000Z', 3927, null, 1963.5, 3927 * 3 + 3927 + 3451]].map(
          (row) => [...row, '12.340', true, '9007199254740993'],
        ),
      ],
    });
  });

  it('takes parameters, and a small table that comes along', async () => {
    const day = (n: number) => `2026-11-2${n}T00:00:00.000Z`;
    const days = {
      name: 'days',
      columns: {
        day: date('.'),
        starts_at: instant('.'),
        ends_at: instant('.'),
        label: text('.'),
        n: count('.'),
      },
      rows: [3, 4, 5].map((n) => [`2026-11-2${n}`, day(n), day(n + 1), `the ${n}'s`, n]),
    };
    const sql =
      'SELECT d.label, count(o.order_id) FROM days d LEFT JOIN orders o ON o.occurred_at >= d.starts_at ' +
      'AND o.occurred_at < d.ends_at AND o.country = ? GROUP BY 1 ORDER BY 1';

    expect((await askLake(folder, sql, ['DE'], [days])).rows).toEqual([
      ["the 3's", 1],
      ["the 4's", 1],
      ["the 5's", 1],
    ]);
  });

  it('is asked several times, and its rows come in parts', async () => {
    const lake = await openLake({ folder });
    try {
      await lake.ask('SELECT count(*) FROM orders');
      const { columns, parts } = await lake.stream('SELECT i FROM range(10000) t(i) JOIN orders ON true');
      let seen = 0;
      for await (const part of parts) seen += part.length;
      expect([columns, seen]).toEqual([['i'], 40_000]);
    } finally {
      lake.close();
    }
  });

  it('finds every table and every view, with or without rows', async () => {
    for (const { name, columns } of subjects)
      expect((await ask(`SELECT * FROM ${name} LIMIT 1`)).columns).toEqual(Object.keys(columns));
    for (const { name } of views) expect((await ask(`SELECT * FROM ${name}`)).rows.length).toBeGreaterThan(0);
    const empty = await mkdtemp(join(tmpdir(), 'lake-empty-'));
    for (const { name } of [...subjects, ...views])
      expect((await askLake(empty, `SELECT count(*) FROM ${name}`)).rows).toEqual([[0]]);
    await rm(empty, { recursive: true });
  });

  it.each([
    ['a wrong word', 'SELEC 1', /syntax error at or near "SELEC"[\s\S]*LINE 1: SELEC 1\n\s+\^/],
    ['an unknown table', 'SELECT * FROM nothing', /nothing does not exist[\s\S]*\^/],
    ['an unknown column', 'SELECT totl_minor FROM orders', /totl_minor[\s\S]*total_minor/],
    ['an error in a row', "SELECT CAST('x' AS INTEGER)", /Could not convert/],
    ['two queries', 'SELECT 1; SELECT 2', /one query is asked at a time, not 2/],
    ['no text', '', /there is no query/],
    ['a comment alone', '-- nothing', /there is no query/],
    ['a missing parameter', 'SELECT ?', /has 1 parameters, and 0 were given/],
  ])('with %s is refused with the place', async (_case, sql, message) => {
    const asked = ask(sql);
    await expect(asked).rejects.toThrow(WrongQuestion);
    await expect(asked).rejects.toThrow(message);
  });

  it.each([
    'CREATE TABLE x AS SELECT 1',
    'DROP VIEW orders',
    "COPY (SELECT 1) TO 'tables/x.csv'",
    "ATTACH 'x.db'",
    "SET memory_limit = '100GB'",
    'INSTALL httpfs',
    'PRAGMA disable_object_cache',
    'CALL checkpoint()',
    'INSERT INTO orders SELECT * FROM orders',
  ])('that is no query is refused: %s', async (sql) => {
    await expect(ask(sql)).rejects.toThrow(WrongQuestion);
  });

  it.each([
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_csv('OUTSIDE')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM 'https://example.test/x.parquet'",
    "SELECT * FROM read_csv('FOLDER/../OUTSIDE')",
  ])('reads nothing outside of the folder: %s', async (sql) => {
    const outside = join(tmpdir(), 'lake-outside.csv');
    await writeFile(outside, 'a\n1\n');
    const query = sql
      .replace('FOLDER/../OUTSIDE', join(folder, '..', 'lake-outside.csv'))
      .replace('OUTSIDE', outside);
    await expect(ask(query)).rejects.toThrow(/disabled|not allowed|Permission|extension/);
    await rm(outside);
  });
});

describe('a view', () => {
  it('has a row for each order, with what became of it', async () => {
    const found = await rows(
      'SELECT placed_at, captured_minor, refunded_minor, ended_as, released_at IS NOT NULL FROM journeys ORDER BY 1',
    );

    expect(found.map((row) => row.slice(1))).toEqual([
      [3927, 0, 'order.delivered', true],
      [3927, 3927, 'order.cancelled', false],
      [3927, 0, null, false],
      [0, 0, null, false],
    ]);
  });

  it('has a row for each parcel, with the time of each step', async () => {
    const found = await rows(
      'SELECT placed_at, warehouse_id, dispatched_at, delivered_at, filed_at IS NULL FROM parcel_journeys ORDER BY 1, 2',
    );

    expect(found.map((row) => row.slice(1))).toEqual([
      ['cn-shenzhen', '2026-11-23T15:00:00.000Z', '2026-12-01T09:00:00.000Z', false],
      ['cn-shenzhen', null, null, true],
      ['cn-shenzhen', null, null, true],
      ['cn-shenzhen', null, null, true],
      ['pl-poznan', null, null, true],
    ]);
  });

  it('has all movements of stock: what is reserved is shipped or released', async () => {
    const found = await rows(
      "SELECT warehouse_id, state, sum(units) FROM stock_moves WHERE sku = 'TEA-TOWEL' GROUP BY 1, 2 ORDER BY 1, 2",
    );

    // Of four orders of two units, one was shipped, one released, and two are still reserved.
    expect(found).toEqual([
      ['cn-shenzhen', 'available', -6],
      ['cn-shenzhen', 'on_hand', -2],
      ['cn-shenzhen', 'reserved', 4],
      ['cn-shenzhen', 'shipped', 2],
      ['pl-poznan', 'available', -2],
      ['pl-poznan', 'reserved', 2],
    ]);
  });
});

it.each(views)('the columns of the view $name are as it says, in their order', async ({ name, columns }) => {
  const answer = await askLake(folder, `SELECT * FROM ${name} LIMIT 0`);
  expect(answer.columns).toEqual(Object.keys(columns));
  const types = Object.keys(columns).map((column) => `typeof(v.${column}) AS ${column}`);
  const { rows } = await askLake(
    folder,
    `SELECT ${types.join(', ')} FROM (SELECT 1 AS one) x LEFT JOIN ${name} v ON true LIMIT 1`,
  );
  // A sum of whole numbers is wider in DuckDB, and a BIGINT in Trino.
  const said = rows[0]?.map((type) => (type === 'HUGEINT' ? 'BIGINT' : type));
  expect(Object.fromEntries(answer.columns.map((column, index) => [column, said?.[index]]))).toEqual(columns);
});
