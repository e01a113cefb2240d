import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../infra/cli/client/api-client.ts';
import { checkWholeLake } from '../../../infra/cli/lake/check-lake-command.ts';
import { compareWithBackend } from '../../../infra/cli/lake/compare-with-backend.ts';
import { addLake } from '../../../infra/cli/lake/lake-command.ts';
import type { AnswerFormat, LakeWhere } from '../../../infra/cli/lake/lake-options.ts';
import { listTables } from '../../../infra/cli/lake/list-tables.ts';
import { buildTables, rebuildTables } from '../../../infra/cli/lake/make-tables.ts';
import { openPlace } from '../../../infra/cli/lake/open-place.ts';
import { runSql } from '../../../infra/cli/lake/run-sql.ts';
import { outputsOfStage } from '../../../infra/cli/lake/stage-outputs.ts';
import { createProgress } from '../../../infra/cli/terminal/progress.ts';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import { tableKey } from '../../../shared/lake/lake-keys.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { untilDispatched, untilPaid } from '../../builders/facts.ts';
import { putBytes, putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';
import { timelineOf } from '../../builders/timeline.ts';
import { parseLine } from '../../unit/cli/parse-line.ts';

let folder: string;
let where: LakeWhere;
const written: string[] = [];
const progress = createProgress({
  write: (text: string) => written.push(text),
} as unknown as NodeJS.WriteStream);
const said = () => written.splice(0).join('');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-'));
  where = { kind: 'folder', folder };
  await putFacts(folder, 'facts/received=2026-11-23/a.gz', [
    ...recordsOfOrder(1, untilDispatched()),
    ...recordsOfOrder(2, untilPaid()),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function sql(query: string, format: AnswerFormat): Promise<string> {
  let text = '';
  await runSql({ where, sql: query, format }, (part) => {
    text += part;
  });
  return text;
}

describe('entrepot lake', () => {
  it('builds the tables, and reports how much was read', async () => {
    expect(await buildTables(where, progress)).toBe(true);
    expect(said()).toContain('16 facts of 1 objects are in the tables');
    expect(await buildTables(where, progress)).toBe(true);
    expect(said()).toContain('0 facts of 0 objects');
  });

  it('answers as a table, as CSV and as JSON', async () => {
    const query = `SELECT event, 'a "b", c' AS text, sum(amount_minor) AS amount FROM payments GROUP BY 1 ORDER BY 1`;

    expect(await sql(query, 'csv')).toBe(
      'event,text,amount\r\nauthorised,"a ""b"", c",7854\r\ncaptured,"a ""b"", c",7854\r\nstarted,"a ""b"", c",7854\r\n',
    );
    expect(JSON.parse((await sql(query, 'json')).split('\n')[0] ?? '')).toEqual({
      ...{ event: 'authorised', text: 'a "b", c', amount: 7854 },
    });
    expect(await sql(query, 'table')).toMatch(
      /event +text +amount\n─+[\s\S]*captured +a "b", c +7854[\s\S]*3 rows\n$/,
    );
    expect(await sql('SELECT 1 AS n', 'table')).toContain('1 row\n');
    expect(await sql('SELECT NULL AS n', 'csv')).toBe('n\r\n\r\n');
  });

  it('shows the beginning of a long result, and says so', async () => {
    const text = await sql('SELECT i FROM range(1500) t(i)', 'table');

    expect(text).toContain('1500 rows of which 1000 are shown: --format csv gives all');
    expect(text).not.toContain('1400');
  });

  it('refuses what is no query, with its place', async () => {
    await expect(sql('SELECT * FRM orders', 'csv')).rejects.toThrow(/LINE 1[\s\S]*\^/);
    await expect(sql('DROP TABLE orders', 'csv')).rejects.toThrow('only a query is allowed');
  });

  it('lists the tables with their rows, and the columns of one', async () => {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    await listTables(where, undefined, say);
    await listTables(where, 'orders', say);
    await listTables(where, 'journeys', say);

    expect(lines[0]).toMatch(/orders +2 +An order as it was placed/);
    expect(lines.join('\n')).toMatch(/total_minor +BIGINT +What the shopper pays/);
    expect(lines.at(-1)).toContain('LEFT JOIN');
    await expect(listTables(where, 'oders', say)).rejects.toThrow(
      /no table is called oders; there are quotes/,
    );
  });

  it('makes the tables again, and says what differs', async () => {
    expect(await rebuildTables({ where, dryRun: true }, progress)).toBe(true);
    expect(said()).toContain('the same rows and the same checksum');
    await writeFile(join(folder, tableKey('payments', '2026-11-23')), 'damaged');

    expect(await rebuildTables({ where, dryRun: true }, progress)).toBe(false);
    expect(said()).toMatch(/payments +2026-11-23 +0 +6 +differs/);
    expect(await rebuildTables({ where, dryRun: false }, progress)).toBe(false);
    expect(said()).toContain('replaced');
    expect(await rebuildTables({ where, dryRun: true }, progress)).toBe(true);
    said();
  });

  it('names what could not be read', async () => {
    await putBytes(folder, 'facts/received=2026-11-24/noise.gz', Buffer.from([0x1f, 0x8b, 0, 0]));

    expect(await buildTables(where, progress)).toBe(false);
    expect(said()).toContain('1 objects or lines could not be read: tables/v1/compacted.json names them');
  });

  it('checks the lake', async () => {
    const lines: string[] = [];
    expect(
      await checkWholeLake({ where, backend: undefined, sample: 0 }, (line) => void lines.push(line)),
    ).toBe(true);
    expect(lines.join('\n')).toMatch(/^(\d+) of \1 checks found nothing wrong$/);
  });
});

describe('the comparison with a running backend', () => {
  const [ofFirst] = recordsOfOrder(1, untilDispatched());
  const orderId = ofFirst && 'orderId' in ofFirst ? ofFirst.orderId : '';
  const { facts } = timelineOf(untilDispatched());
  const ledger = journalsOf([], facts).map(({ postings }) => ({
    postings: postings.map(({ account, amount }) => ({
      account,
      amount: { amount: amount.amountMinor, currency: amount.currency },
    })),
  }));

  const backend = (orders: readonly string[], of: object): ApiClient => ({
    call: async <T>({ path }: { readonly path: string }) => {
      if (path.startsWith('/v1/admin/orders/')) return of as T;
      const query = new URLSearchParams(path.slice(path.indexOf('?')));
      if (query.get('status') !== 'open') return { orders: [] } as T;
      // Two pages.
      const isSecond = query.get('cursor') === 'more';
      const page = isSecond ? orders.slice(1) : orders.slice(0, 1);
      return { orders: page.map((id) => ({ orderId: id })), ...(isSecond ? {} : { cursor: 'more' }) } as T;
    },
  });

  async function compared(orders: readonly string[], of: object) {
    const lake = await openLake({ folder });
    try {
      return await compareWithBackend(lake, backend(orders, of), 10);
    } finally {
      lake.close();
    }
  }

  it('finds equal facts and an equal ledger', async () => {
    const { isEqual, lines } = await compared([orderId], { facts, ledger });

    expect(lines).toEqual([
      'orders: 1 in the table, 2 in the lake',
      'facts and ledger: 1 orders were compared, 0 differ',
    ]);
    expect(isEqual).toBe(true);
  });

  it('finds an order, a fact or an amount that the lake lacks', async () => {
    const missing = await compared([orderId, 'ord_elsewhere'], { facts, ledger });
    expect(missing).toMatchObject({ isEqual: false });
    expect(missing.lines[0]).toContain('1 are missing in the lake, such as ord_elsewhere');
    expect(await compared([orderId], { facts: [...facts, facts[0]], ledger })).toMatchObject({
      isEqual: false,
    });
    expect(await compared([orderId], { facts, ledger: ledger.slice(1) })).toMatchObject({ isEqual: false });
  });
});

describe('the place of a lake', () => {
  const parse = (...args: string[]) =>
    parseLine<LakeWhere>(['lake', 'build', ...args], (program, give) =>
      addLake(program, {
        ...{ sql: never, tables: never, rebuild: never, refill: never, check: never },
        build: async (given) => give(given),
      }),
    );
  const never = async () => {
    throw new Error('another subcommand');
  };

  it('is the backend of this machine, a folder, a stage or a bucket', () => {
    expect(parse()).toEqual({ kind: 'local', url: 'http://127.0.0.1:3000', dataDir: '.local' });
    expect(parse('--folder', '/x')).toEqual({ kind: 'folder', folder: '/x' });
    expect(parse('--stage', 'sandbox')).toMatchObject({ kind: 'stage', stage: 'sandbox' });
    expect(parse('--bucket', 'b', '--data', '/d')).toEqual({ kind: 'bucket', bucket: 'b', dataDir: '/d' });
    expect(() => parse('--folder', '/x', '--bucket', 'b')).toThrow(/conflict|cannot be used/);
    expect(() => parse('--stage', 'moon')).toThrow(/sandbox, production/);
  });

  it('is refused with what to do where nothing answers', async () => {
    await expect(openPlace({ kind: 'local', url: 'http://127.0.0.1:9', dataDir: folder })).rejects.toThrow(
      /no local backend with a lake answers at http:\/\/127.0.0.1:9: start one/,
    );
  });

  it('of a stage is an output of its stack, and so is the table with its lease', async () => {
    const output = (key: string, value: string) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`;
    const xml = `<Outputs>${output('TableName', 't')}${output('LakeBucketArn', 'arn')}${output('LakeBucketNameA1B2', 'bucket-of-lake')}</Outputs>`;
    const aws = (status: number, text: string) => ({
      region: async () => 'eu-central-1',
      send: async () => ({ status, text }),
    });

    expect(await outputsOfStage('sandbox', aws(200, xml))).toEqual({ bucket: 'bucket-of-lake', table: 't' });
    await expect(outputsOfStage('sandbox', aws(400, '<Error/>'))).rejects.toThrow(
      /was not found in eu-central-1/,
    );
    await expect(outputsOfStage('sandbox', aws(200, '<Outputs/>'))).rejects.toThrow(/has no lake/);
    const old = output('LakeBucketNameA1B2', 'b');
    await expect(outputsOfStage('sandbox', aws(200, old))).rejects.toThrow(/does not name its table/);
  });
});
