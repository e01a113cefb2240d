import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../shared/kernel/time.ts';
import { readCompacted } from '../../../shared/lake/compaction/compacted.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { askLake } from '../../../shared/lake/engine/open-lake.ts';
import { COMPACTED } from '../../../shared/lake/lake-keys.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import { untilDispatched, untilPaid } from '../../builders/facts.ts';
import { linesOf, putBytes, putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';

const now = '2026-11-25T06:00:00.000Z';
let folder: string;
let store: LakeStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-'));
  store = folderStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (over: Partial<Parameters<typeof compact>[0]> = {}) =>
  compact({ store, folder: `${folder}/.work`, now, ...over });
const ask = async (sql: string) => (await askLake(folder, sql)).rows;
const state = async () => readCompacted((await store.read(COMPACTED)) ?? '');

/** The digest of each file of the tables, by its name. */
async function digests(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(join(folder, 'tables'), { recursive: true })).sort())
    if (name.endsWith('.parquet'))
      found[name] = createHash('sha256')
        .update(await readFile(join(folder, 'tables', name)))
        .digest('hex');
  return found;
}

const RECEIVED = 'facts/received=2026-11-23';
const first = recordsOfOrder(1, untilDispatched());
const second = recordsOfOrder(2, untilPaid(), dayMs);

describe('the compaction', () => {
  it('makes tables of the facts, by subject and day', async () => {
    await putFacts(folder, `${RECEIVED}/a.gz`, first);
    await putFacts(folder, 'facts/received=2026-11-24/b.gz', second);

    expect(await run()).toEqual({ objects: 2, facts: 16, days: 20, setAside: 0, left: 0 });
    expect(await ask('SELECT day, total_minor, currency FROM orders ORDER BY day')).toEqual([
      ['2026-11-23', 3927, 'EUR'],
      ['2026-11-24', 3927, 'EUR'],
    ]);
    expect(await ask('SELECT occurred_at FROM orders ORDER BY 1 LIMIT 1')).toEqual([
      ['2026-11-23T10:00:00.000Z'],
    ]);
    expect(await ask('SELECT count(*) FROM journals WHERE amount_minor > 0')).toEqual([[5]]);
    expect(await ask('SELECT count(*), sum(amount_minor) FROM refunds')).toEqual([[0, null]]);
    expect((await state()).tables.orders).toEqual({
      '2026-11-23': { rows: 1, checksum: expect.stringMatching(/^\d+$/) },
      '2026-11-24': { rows: 1, checksum: expect.stringMatching(/^\d+$/) },
    });
  });

  it('does nothing where nothing has arrived, and changes no byte', async () => {
    await putFacts(folder, `${RECEIVED}/a.gz`, first);
    await run();
    const before = await digests();

    expect(await run({ now: '2026-11-26T06:00:00.000Z' })).toMatchObject({ objects: 0, days: 0 });
    expect(await digests()).toEqual(before);
    expect((await state()).madeAt).toBe(now);
  });

  it('has each fact once, in any order and for any number of arrivals, with the same bytes', async () => {
    await putFacts(folder, `${RECEIVED}/a.gz`, [...first, ...second]);
    await run();
    const once = await digests();
    await rm(join(folder, 'tables'), { recursive: true });
    await rm(join(folder, 'facts'), { recursive: true });

    await putFacts(folder, `${RECEIVED}/a.gz`, [...second, ...second.slice(0, 2)]);
    await run();
    await putFacts(folder, `${RECEIVED}/b.gz`, [...[...first].reverse(), ...second]);
    await run();

    expect(await digests()).toEqual(once);
  });

  it('puts a late fact on its own day, and leaves the other days alone', async () => {
    await putFacts(folder, `${RECEIVED}/a.gz`, first);
    await run();
    const before = await digests();
    const late = recordsOfOrder(3, untilPaid(), -20 * dayMs);
    await putFacts(folder, 'facts/received=2026-11-25/late.gz', late);
    await run();
    const after = await digests();

    expect(await ask("SELECT count(*) FROM orders WHERE day = DATE '2026-11-03'")).toEqual([[1]]);
    for (const [name, digest] of Object.entries(before)) expect(after[name]).toBe(digest);
  });

  it.each(['orders', 'journals', 'compacted'])(
    'that was cut off while it stored %s is repeated with the same result',
    async (cut) => {
      await putFacts(folder, `${RECEIVED}/a.gz`, [...first, ...second]);
      await run();
      const whole = await digests();
      await rm(join(folder, 'tables'), { recursive: true });

      const broken = cutOffAt(cut);
      await expect(run({ store: broken })).rejects.toThrow('cut off');
      expect(await store.read(COMPACTED)).toBeUndefined();

      await run();
      expect(await digests()).toEqual(whole);
    },
  );

  it('reads a batch at a time, writes down each, and leaves the rest where its time is over', async () => {
    for (const n of [1, 2, 3]) await putFacts(folder, `${RECEIVED}/${n}.gz`, recordsOfOrder(n, untilPaid()));
    let batches = 0;
    const isTimeUp = () => batches === 2;
    const onBatch = () => {
      batches += 1;
    };

    expect(await run({ batchBytes: 1, isTimeUp, onBatch })).toMatchObject({ objects: 2, left: 1 });
    expect(await ask('SELECT count(*) FROM orders')).toEqual([[2]]);
    expect(await run()).toMatchObject({ objects: 1, left: 0 });
    expect(await ask('SELECT count(*) FROM orders')).toEqual([[3]]);
  });

  it('knows the objects of the last days by name, and lists no earlier ones', async () => {
    await putFacts(folder, 'facts/received=2026-11-01/old.gz', recordsOfOrder(1, untilPaid()));
    await putFacts(folder, 'facts/received=2026-11-24/new.gz', recordsOfOrder(2, untilPaid()));
    await run();

    expect(await state()).toMatchObject({ allBefore: '2026-11-21', objects: { '2026-11-24': ['new.gz'] } });
    const listed: (string | undefined)[] = [];
    const watching: LakeStore = {
      ...store,
      list: (prefix, after) => {
        listed.push(after);
        return store.list(prefix, after);
      },
    };
    await run({ store: watching });
    expect(listed).toEqual(['facts/received=2026-11-21']);
  });

  it('finds what was copied into an earlier day, if it looks back, and reads it once', async () => {
    await putFacts(folder, 'facts/received=2026-11-01/a.gz', recordsOfOrder(1, untilPaid()));
    await run();
    await putFacts(folder, 'facts/received=2026-11-01/b.gz', recordsOfOrder(2, untilPaid()));
    await putFacts(folder, 'facts/received=2026-11-02/c.gz', recordsOfOrder(3, untilPaid()));

    expect(await run()).toMatchObject({ objects: 0 });
    expect(await run({ looksBack: true })).toMatchObject({ objects: 3 });
    expect(await ask('SELECT count(*), count(DISTINCT order_id) FROM orders')).toEqual([[3, 3]]);
    expect(await run({ looksBack: true })).toMatchObject({ objects: 0 });
    expect(await run({ looksBack: true, now: '2027-01-01T00:00:00.000Z' })).toMatchObject({ objects: 0 });
    expect(await state()).toMatchObject({ earlier: { '2026-11-01': 2, '2026-11-02': 1 }, objects: {} });
  });

  it('refuses to go on with a file of figures that it does not understand', async () => {
    await store.write(COMPACTED, '{"version":2}');
    await putFacts(folder, `${RECEIVED}/a.gz`, first);

    await expect(run()).rejects.toThrow();
  });
});

describe('an object that is damaged', () => {
  it('is named with what was read of it, and the others are read', async () => {
    const bytes = gzipSync(linesOf([...recordsOfOrder(1, untilPaid()), ...second]));
    await putBytes(folder, `${RECEIVED}/half.gz`, bytes.subarray(0, bytes.length - 40));
    await putBytes(folder, `${RECEIVED}/noise.gz`, Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5]));
    await putFacts(folder, `${RECEIVED}/whole.gz`, recordsOfOrder(9, untilPaid()));

    expect(await run()).toMatchObject({ objects: 3, setAside: expect.any(Number), left: 0 });
    const { setAside, setAsideCount } = await state();
    expect(new Set(setAside.map(({ key }) => key))).toEqual(
      new Set([`${RECEIVED}/half.gz`, `${RECEIVED}/noise.gz`]),
    );
    expect(setAsideCount).toBe(setAside.length);
    expect(setAside.find(({ key }) => key.endsWith('noise.gz'))).toMatchObject({ linesRead: 0 });
    expect(await ask("SELECT count(*) FROM orders WHERE order_id LIKE '%000009000001'")).toEqual([[1]]);
  });

  it('is tried again once its content has changed, and no longer set aside', async () => {
    const bytes = gzipSync(linesOf(first));
    await putBytes(folder, `${RECEIVED}/a.gz`, bytes.subarray(0, bytes.length / 2));
    await run();
    expect(await run()).toMatchObject({ objects: 0 });
    await putBytes(folder, `${RECEIVED}/a.gz`, bytes);

    expect(await run({ now: '2026-12-20T06:00:00.000Z' })).toMatchObject({ objects: 1, setAside: 0 });
    expect(await state()).toMatchObject({ setAside: [], setAsideCount: 0 });
    expect(await ask('SELECT count(*) FROM order_events')).toEqual([[11]]);
  });

  it('has its other lines in the tables: a line that is no record is named by its number', async () => {
    const text = `${linesOf(first.slice(0, 3))}{"half":\n\n${linesOf(first.slice(3))}`;
    await putBytes(folder, `${RECEIVED}/a.gz`, gzipSync(text));
    await run();

    expect((await state()).setAside).toEqual([
      { key: `${RECEIVED}/a.gz`, tag: expect.any(String), reason: 'no JSON', line: 4, linesRead: 3 },
    ]);
    expect(await ask('SELECT count(*) FROM order_events')).toEqual([[11]]);
  });

  it('that holds a fact of an unknown version is no damage: the fact is counted', async () => {
    const [placed, ...rest] = first;
    await putFacts(folder, `${RECEIVED}/a.gz`, [{ ...placed, version: 9 } as never, ...rest]);
    await run();

    expect(await state()).toMatchObject({ setAsideCount: 0 });
    expect(await ask('SELECT name, fact_version, reason FROM unknown_facts')).toEqual([
      ['order.placed', 9, 'unknown version'],
    ]);
    expect(await ask('SELECT count(*) FROM orders')).toEqual([[0]]);
  });

  it('may be plain text, empty, or something else than facts', async () => {
    await putBytes(folder, `${RECEIVED}/plain.ndjson`, Buffer.from(linesOf(first)));
    await putBytes(folder, `${RECEIVED}/empty.gz`, new Uint8Array());
    await putBytes(folder, 'facts/README.txt', Buffer.from('not facts'));

    expect(await run()).toMatchObject({ objects: 2, facts: 11, setAside: 0 });
  });
});

/** The store, until it is to store a file with this name. */
function cutOffAt(part: string): LakeStore {
  const cut = (key: string) => {
    if (key.includes(part)) throw new Error('cut off');
  };
  return {
    ...store,
    store: async (key, file) => {
      cut(key);
      await store.store(key, file);
    },
    write: async (key, text) => {
      cut(key);
      await writeFile(join(folder, 'never'), text);
    },
  };
}
