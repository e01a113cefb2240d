import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hourMs, minuteMs } from '../../../../shared/kernel/time.ts';
import { count, text } from '../../../../shared/reports/answer/columns.ts';
import { defineLakeReport, lakeQuery, wholeCell } from '../../../../shared/reports/lake/lake-report.ts';
import { noteAsked } from '../../../../shared/reports/run/ask-for-run.ts';
import { type MakeRunDeps, makeRun, RunFailed } from '../../../../shared/reports/run/make-run.ts';
import { type RunId, runIdOf } from '../../../../shared/reports/run/ports.ts';
import type { ReportQuestion } from '../../../../shared/reports/run/report-run.ts';
import { memoryFiles, memoryRuns } from '../../../fakes/memory-runs.ts';

const question: ReportQuestion = {
  ...{ report: 'toy', period: '2026-11-28', periodKind: 'day', timeZone: 'UTC', currency: 'EUR' },
  parameters: {},
};

const toy = defineLakeReport({
  ...{ name: 'toy', title: 'Toy', says: 'Orders.', periods: ['day'], byStorefront: true },
  ...{ parameters: z.strictObject({}), charts: [] },
  queries: {
    orders: lakeQuery(
      { market: z.string(), orders: wholeCell },
      ({ within }) => `SELECT ${within('orders')}`,
    ),
  },
  tables: {
    summary: { title: 'All', columns: { orders: count('Orders', 'Orders.') } },
    markets: {
      title: 'Markets',
      columns: { market: text('Market', 'Market.'), orders: count('Orders', 'Orders.') },
    },
  },
  shape: ({ orders }) => ({
    rows: {
      summary: [{ orders: orders.reduce((all, row) => all + row.orders, 0) }],
      markets: orders.map(({ market, orders: placed }) => ({ market, orders: placed })),
    },
    notCounted: [],
  }),
});

/** A process was killed: nothing that it does afterwards reaches anybody. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** A lake whose orders of the day grow, the runs, the files, and a queue that repeats what was not done. */
function setUp() {
  const [runs, files] = [memoryRuns(), memoryFiles()];
  const messages: RunId[] = [];
  let [orders, time, tries] = [1, Date.parse('2026-11-29T02:00:00.000Z'), 0];
  const clock = () => new Date(time);
  const deps: MakeRunDeps = {
    ...{ runs, files, clock },
    reportNamed: async (name) => (name === toy.name ? toy : undefined),
    lake: {
      figures: async () => ({ orders: { '2026-11-28': { checksum: String(orders) } } }),
      open: async () => ({
        ask: async (sql) => (sql.includes('unknown_facts') ? [] : [{ market: 'DE', orders }]),
        unreadSince: async () => 0,
        close: async () => undefined,
      }),
    },
  };
  return {
    ...{ runs, files, deps, messages },
    pass: (ms: number) => {
      time += ms;
    },
    arrive: () => {
      orders += 1;
    },
    orders: () => orders,
    ask: async () => {
      const { isNew, id } = await noteAsked({ runs, clock }, question);
      if (isNew) messages.push(id);
    },
    /**
     * Delivers the oldest message. The process is killed before its call of this number. A failed message comes
     * back.
     */
    deliver: async (killedBefore = Number.POSITIVE_INFINITY) => {
      const id = messages.shift();
      if (id === undefined) return undefined;
      const until = new Date(time + 5 * minuteMs).toISOString();
      tries += 1;
      try {
        return await makeRun(killing(deps, killedBefore), id, { holder: `try ${tries}`, until });
      } catch (error) {
        messages.push(id);
        if (!(error instanceof Killed)) throw error;
        return undefined;
      }
    },
  };
}

/** Ports that fail from their call of this number on. */
function killing(deps: MakeRunDeps, from: number): MakeRunDeps {
  let calls = 0;
  const alive =
    <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      calls += 1;
      if (calls >= from) throw new Killed('killed');
      return call(...given);
    };
  const { runs, files, lake } = deps;
  return {
    ...deps,
    runs: { load: alive(runs.load), save: alive(runs.save), list: runs.list },
    files: {
      write: alive(files.write),
      read: alive(files.read),
      markReplaced: alive(files.markReplaced),
    },
    lake: { figures: alive(lake.figures), open: alive(lake.open) },
  };
}

describe('making a report', () => {
  it('stores JSON, the CSV of each table and a page, and says so', async () => {
    const at = setUp();
    await at.ask();
    expect(await at.deliver()).toMatchObject({ became: 'made' });
    const made = at.runs.runOf(question)?.made;
    expect(made?.files.map(({ form, table }) => [form, table])).toEqual([
      ...[
        ['json', undefined],
        ['csv', 'summary'],
        ['csv', 'markets'],
        ['html', undefined],
      ],
    ]);
    expect(made?.files.map(({ key }) => key.replace(/[0-9a-f]{32}/, 'DIGEST'))).toEqual([
      'reports/toy/2026-11-28/UTC/EUR/all/DIGEST/report.json.gz',
      'reports/toy/2026-11-28/UTC/EUR/all/DIGEST/summary.csv.gz',
      'reports/toy/2026-11-28/UTC/EUR/all/DIGEST/markets.csv.gz',
      'reports/toy/2026-11-28/UTC/EUR/all/DIGEST/report.html.gz',
    ]);
    expect(at.runs.announced).toEqual([
      { version: 1, isRestated: false, digest: made?.digest, status: 'over' },
    ]);
  });

  it('again, with the same lake, reads no table and writes nothing', async () => {
    const at = setUp();
    await at.ask();
    await at.deliver();
    const [before, files] = [at.runs.runOf(question)?.made, [...at.files.all.keys()]];
    at.pass(hourMs);
    await at.ask();
    expect(await at.deliver(4)).toBeUndefined();
    await at.ask();
    at.pass(hourMs);
    expect(await at.deliver()).toMatchObject({ became: 'same' });
    expect(at.runs.runOf(question)?.made).toMatchObject({ version: 1, digest: before?.digest });
    expect([...at.files.all.keys()]).toEqual(files);
    expect(at.runs.announced).toHaveLength(1);
  });

  it('after a late fact restates it, and says how many rows changed', async () => {
    const at = setUp();
    await at.ask();
    await at.deliver();
    const first = at.runs.runOf(question)?.made?.files.map(({ key }) => key);
    expect([...at.files.replaced]).toEqual([]);
    at.arrive();
    at.pass(hourMs);
    await at.ask();
    expect(await at.deliver()).toMatchObject({ became: 'made' });
    // The files of the first version may go, and those of the second one stay.
    expect([...at.files.replaced]).toEqual(first);
    expect(at.runs.runOf(question)?.made).toMatchObject({
      version: 2,
      changes: [
        { table: 'summary', added: 0, removed: 0, changed: 1 },
        { table: 'markets', added: 0, removed: 0, changed: 1 },
      ],
    });
    expect(at.runs.announced.map(({ version, isRestated }) => [version, isRestated])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('that fails says why, and the next delivery tries again', async () => {
    const at = setUp();
    await at.ask();
    const id = runIdOf(question);
    const broken: MakeRunDeps = {
      ...at.deps,
      lake: {
        ...at.deps.lake,
        open: async () => {
          throw new RangeError('not for a log');
        },
      },
    };
    const attempt = { holder: 'x', until: '2026-11-29T02:05:00.000Z' };
    await expect(makeRun(broken, id, attempt)).rejects.toThrow(RunFailed);
    expect(at.runs.runOf(question)).toMatchObject({
      state: 'failed',
      attempts: 1,
      failure: { reason: 'RangeError' },
    });
    await at.deliver();
    expect(at.runs.runOf(question)).toMatchObject({ state: 'made', attempts: 2, made: { version: 1 } });
  });

  it('of a report that is not there any more ends, and is not repeated', async () => {
    const at = setUp();
    const gone = { ...question, report: 'gone' };
    const { id } = await noteAsked(at.deps, gone);
    const attempt = { holder: 'x', until: '2026-11-29T02:05:00.000Z' };
    expect(await makeRun(at.deps, id, attempt)).toMatchObject({ became: 'impossible' });
    expect(at.runs.runOf(gone)).toMatchObject({ state: 'failed', failure: { reason: 'no-such-report' } });
  });
});

const action = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const) }),
  fc.record({ kind: fc.constant('arrive' as const) }),
  fc.record({ kind: fc.constant('repeat' as const) }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constant('deliver' as const), killedBefore: fc.integer({ min: 1, max: 14 }) }),
);

describe('whatever is repeated, late or killed', () => {
  it('in the end the stored report is the one of the lake, and each content was announced once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const at = setUp();
        for (const each of actions) {
          if (each.kind === 'ask') await at.ask();
          if (each.kind === 'arrive') at.arrive();
          if (each.kind === 'repeat' && at.messages[0] !== undefined) at.messages.push(at.messages[0]);
          if (each.kind === 'pass') at.pass(each.minutes * minuteMs);
          if (each.kind === 'deliver') await at.deliver(each.killedBefore);
        }
        at.pass(2 * hourMs);
        await at.ask();
        while (at.messages.length > 0) await at.deliver();

        const run = at.runs.runOf(question);
        expect(run?.state).toBe('made');
        // What a run that was never disturbed makes of the same lake, to the byte.
        const other = setUp();
        while (other.orders() < at.orders()) other.arrive();
        await other.ask();
        await other.deliver();
        const expected = other.runs.runOf(question)?.made;
        expect(run?.made?.files).toEqual(expected?.files);
        for (const { key } of expected?.files ?? [])
          expect(at.files.all.get(key)).toEqual(other.files.all.get(key));
        expect(expected?.files.filter(({ key }) => at.files.replaced.has(key))).toEqual([]);
        // Versions are counted without a gap, each was announced once, and the last one is the present one.
        const versions = at.runs.announced.map(({ version }) => version);
        expect(versions).toEqual(versions.map((_, index) => index + 1));
        expect(at.runs.announced.at(-1)?.digest).toBe(run?.made?.digest);
        expect(at.runs.announced.map(({ isRestated }) => isRestated)).toEqual(
          versions.map((version) => version > 1),
        );
      }),
      { numRuns: 300 },
    );
  });
});
