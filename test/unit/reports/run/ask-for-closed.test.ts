import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dayAfter, hourMs, later, minuteMs } from '../../../../shared/kernel/time.ts';
import { count } from '../../../../shared/reports/answer/columns.ts';
import { defineLakeReport, lakeQuery, wholeCell } from '../../../../shared/reports/lake/lake-report.ts';
import { askForClosed } from '../../../../shared/reports/run/ask-for-closed.ts';
import { noteAsked } from '../../../../shared/reports/run/ask-for-run.ts';
import { type MakeRunDeps, makeRun } from '../../../../shared/reports/run/make-run.ts';
import type { RunId } from '../../../../shared/reports/run/ports.ts';
import type { LakeFigures } from '../../../../shared/reports/run/source-print.ts';
import { memoryFiles, memoryRuns } from '../../../fakes/memory-runs.ts';

const toy = defineLakeReport({
  ...{ name: 'toy', title: 'Toy', says: 'Orders.', periods: ['day', 'week', 'month'], byStorefront: true },
  ...{ parameters: z.strictObject({}), charts: [] },
  queries: { orders: lakeQuery({ orders: wholeCell }, ({ within }) => `SELECT ${within('orders')}`) },
  tables: { summary: { title: 'All', columns: { orders: count('Orders', 'Orders.') } } },
  shape: ({ orders }) => ({ rows: { summary: orders }, notCounted: [] }),
});

/** A lake whose tables have each day from the first one on, and the job that asks for reports. */
function setUp({
  timeZone = 'UTC',
  firstDay = '2026-11-01',
  now = '2026-11-29T02:30:00.000Z',
  storefronts = [] as readonly string[],
  reports = [toy],
} = {}) {
  const [runs, files] = [memoryRuns(), memoryFiles()];
  let time = now;
  let messages: RunId[] = [];
  let takes = true;
  const zone = { timeZone, currency: 'EUR' as const };
  const changed = new Map<string, number>();
  const clock = () => new Date(time);
  const figures = async (): Promise<LakeFigures | undefined> => {
    const days: Record<string, { checksum: string }> = {};
    for (let day = firstDay; day <= time.slice(0, 10); day = dayAfter(day, 1))
      days[day] = { checksum: `${day} ${changed.get(day) ?? 0}` };
    return { orders: days };
  };
  const queue = {
    send: async (ids: readonly RunId[]) => {
      if (!takes) return ids;
      messages.push(...ids);
      return [];
    },
  };
  const making: MakeRunDeps = {
    ...{ runs, files, clock },
    reportNamed: async (name) => reports.find((each) => each.name === name),
    lake: {
      figures,
      open: async () => ({
        ask: async (sql) => (sql.includes('unknown_facts') ? [] : [{ orders: [...changed.values()].length }]),
        unreadSince: async () => 0,
        close: async () => undefined,
      }),
    },
  };
  return {
    ...{ runs, zone },
    at: (instant: string) => {
      time = instant;
    },
    /** A fact of this UTC day arrives now. */
    arrive: (day: string) => changed.set(day, (changed.get(day) ?? 0) + 1),
    loseMessages: () => {
      messages = [];
    },
    queueIsDown: (isDown: boolean) => {
      takes = !isDown;
    },
    askFor: (question: Parameters<typeof noteAsked>[1]) => noteAsked({ runs, clock }, question),
    job: () =>
      askForClosed({
        reports: async () => reports,
        runs,
        queue,
        clock,
        figures,
        choice: async () => ({ ...zone, storefronts }),
      }),
    /** Makes what is asked for. Gives the periods. */
    make: async () => {
      const ids = messages;
      messages = [];
      for (const id of ids) await makeRun(making, id, { holder: id.run, until: later(time, 5 * minuteMs) });
      return ids.map(({ run }) => run.split('#')[1] ?? '').sort();
    },
  };
}

describe('the job that asks for reports', () => {
  it('asks for the day, the week and the month that have just ended, and for nothing a second time', async () => {
    const at = setUp({ now: '2026-12-01T02:30:00.000Z', firstDay: '2026-11-29' });
    // 30 November is a Monday: the week ended with the 29th.
    expect(await at.job()).toEqual({ asked: 4, left: 0, late: [] });
    expect(await at.make()).toEqual(['2026-11', '2026-11-29', '2026-11-30', '2026-W48']);
    expect(await at.job()).toMatchObject({ asked: 0 });
    at.at('2026-12-02T02:30:00.000Z');
    await at.job();
    expect(await at.make()).toEqual(['2026-12-01']);
  });

  it('waits two hours after the end of a period, by the clocks of the merchant', async () => {
    // In Tokyo 29 November began at 15:00 UTC on the 28th.
    const at = setUp({ timeZone: 'Asia/Tokyo', firstDay: '2026-11-27', now: '2026-11-28T16:59:59.000Z' });
    await at.job();
    expect(await at.make()).toEqual(['2026-11-27']);
    at.at('2026-11-28T17:00:00.000Z');
    await at.job();
    expect(await at.make()).toEqual(['2026-11-28']);
  });

  it.each([
    ['2026-10-25', 'Europe/Berlin', '2026-10-25T22:59:59.000Z', '2026-10-25T23:00:00.000Z', 25],
    ['2026-03-29', 'Europe/Berlin', '2026-03-29T21:59:59.000Z', '2026-03-29T22:00:00.000Z', 23],
    ['2026-11-01', 'America/New_York', '2026-11-02T04:59:59.000Z', '2026-11-02T05:00:00.000Z', 25],
    ['2026-03-08', 'America/New_York', '2026-03-09T03:59:59.000Z', '2026-03-09T04:00:00.000Z', 23],
  ])('asks for %s in %s once the day of %s is over', async (day, timeZone, before, end, hours) => {
    const at = setUp({ timeZone, firstDay: day, now: later(before, 2 * hourMs) });
    await at.job();
    expect(await at.make()).not.toContain(day);
    at.at(later(end, 2 * hourMs));
    await at.job();
    expect(await at.make()).toContain(day);
    const { question } = (await at.runs.list('toy', 'day', { max: 1 }))[0] ?? {};
    expect(question).toMatchObject({ period: day, timeZone });
    expect(hours).toBe((Date.parse(end) - Date.parse(starts[day] ?? '')) / hourMs);
  });

  it('makes up for every period of the last 35 days, the newest first, and for none before the lake', async () => {
    const at = setUp({ firstDay: '2026-01-01', now: '2026-11-29T02:30:00.000Z' });
    await at.job();
    const made = await at.make();
    // 35 days before is 25 October, 02:30: the 24th had ended by then, and the 25th had not.
    expect(made.filter((name) => name.length === 10)).toHaveLength(35);
    expect(made).toContain('2026-10-25');
    expect(made).not.toContain('2026-10-24');
    expect(made.filter((name) => name.includes('W'))).toEqual([
      ...['2026-W43', '2026-W44', '2026-W45', '2026-W46', '2026-W47'],
    ]);
    expect(made.filter((name) => name.length === 7)).toEqual(['2026-10']);

    const young = setUp({ firstDay: '2026-11-27', now: '2026-11-29T02:30:00.000Z' });
    await young.job();
    expect(await young.make()).toEqual(['2026-11-27', '2026-11-28']);
  });

  it('after days without a run asks for all that is missing', async () => {
    const at = setUp({ firstDay: '2026-11-20', now: '2026-11-22T02:30:00.000Z' });
    await at.job();
    await at.make();
    at.at('2026-11-27T09:00:00.000Z');
    await at.job();
    expect(await at.make()).toEqual([
      ...['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-W47'],
    ]);
  });

  it('asks again an hour later for what was not made, and says after eight hours that it is late', async () => {
    const at = setUp({ firstDay: '2026-11-28', now: '2026-11-29T02:30:00.000Z' });
    expect(await at.job()).toMatchObject({ asked: 1, late: [] });
    at.loseMessages();
    at.at('2026-11-29T03:29:00.000Z');
    expect(await at.job()).toMatchObject({ asked: 0 });
    at.at('2026-11-29T03:30:00.000Z');
    expect(await at.job()).toMatchObject({ asked: 1, late: [] });
    at.loseMessages();
    at.at('2026-11-29T08:30:00.000Z');
    expect((await at.job()).late).toMatchObject([
      { report: 'toy', run: expect.stringMatching(/^day#2026-11-28#/) },
    ]);
    expect(await at.make()).toEqual(['2026-11-28']);
    at.at('2026-11-29T10:30:00.000Z');
    expect(await at.job()).toMatchObject({ asked: 0, late: [] });
  });

  it('asks again for what the queue did not take', async () => {
    const at = setUp({ firstDay: '2026-11-28' });
    at.queueIsDown(true);
    expect(await at.job()).toMatchObject({ asked: 0 });
    at.queueIsDown(false);
    at.at('2026-11-29T03:30:00.000Z');
    expect(await at.job()).toMatchObject({ asked: 1 });
  });

  it('does nothing while no tables were made', async () => {
    const runs = memoryRuns();
    const queue = { send: async () => [] };
    const reports = async () => [toy];
    const deps = { reports, runs, queue, clock: () => new Date('2026-11-29T02:30:00.000Z') };
    const choice = async () => ({ timeZone: 'UTC', currency: 'EUR' as const, storefronts: [] });
    for (const figures of [undefined, {}])
      expect(await askForClosed({ ...deps, choice, figures: async () => figures })).toEqual({
        ...{ asked: 0, left: 0, late: [] },
      });
  });
});

describe('the reports of storefronts that the merchant chose', () => {
  const ofMerchant = { ...toy, name: 'whole', byStorefront: false };
  const question = (report: string, storefrontId?: string) => ({
    ...{
      report,
      period: '2026-11-28',
      periodKind: 'day' as const,
      timeZone: 'UTC',
      currency: 'EUR' as const,
    },
    ...(storefrontId === undefined ? {} : { storefrontId }),
    parameters: {},
  });

  it('are made beside those of the merchant, but for reports that no storefront may see', async () => {
    const at = setUp({ firstDay: '2026-11-28', storefronts: ['tea', 'ink'], reports: [toy, ofMerchant] });
    // Of the merchant two reports of the day, and of each storefront the one that it may see.
    expect(await at.job()).toEqual({ asked: 4, left: 0, late: [] });
    await at.make();
    for (const reader of [undefined, 'tea', 'ink'])
      expect(at.runs.runOf(question('toy', reader))).toMatchObject({ state: 'made' });
    expect(at.runs.runOf(question('whole'))).toMatchObject({ state: 'made' });
    expect(at.runs.runOf(question('whole', 'tea'))).toBeUndefined();
    expect(await at.job()).toMatchObject({ asked: 0 });
  });

  it('are asked for after those of the merchant where one run of the job cannot ask for all', async () => {
    // 35 days, 5 weeks and a month of the merchant are 41; 20 storefronts have as many each.
    const storefronts = Array.from({ length: 20 }, (_, n) => `shop-${n}`);
    const at = setUp({ firstDay: '2026-01-01', storefronts });
    expect(await at.job()).toMatchObject({ asked: 200, left: 21 * 41 - 200 });
    expect(at.runs.runOf(question('toy'))).toMatchObject({ state: 'asked' });
    expect(at.runs.runOf({ ...question('toy'), period: '2026-10', periodKind: 'month' })).toBeDefined();
    expect(at.runs.runOf(question('toy', 'shop-19'))).toBeUndefined();
  });
});

describe('a fact that arrives late', () => {
  it('restates the periods of its day and no others, a day later at the latest', async () => {
    const at = setUp({ firstDay: '2026-11-01', now: '2026-11-29T02:30:00.000Z' });
    await at.job();
    await at.make();
    at.arrive('2026-11-12');
    at.at('2026-11-29T12:30:00.000Z');
    expect(await at.job()).toMatchObject({ asked: 0 });
    at.at('2026-11-29T22:30:00.000Z');
    await at.job();
    // A report reads a day around its period, since days of a zone are not those of UTC.
    expect(await at.make()).toEqual(['2026-11-11', '2026-11-12', '2026-W46']);
    expect(at.runs.announced.filter(({ isRestated }) => isRestated)).toHaveLength(3);
  });

  it('of a period that ended more than 35 days ago changes no stored report', async () => {
    const at = setUp({ firstDay: '2026-10-20', now: '2026-10-23T02:30:00.000Z' });
    await at.job();
    await at.make();
    at.arrive('2026-10-21');
    at.at('2026-11-29T02:30:00.000Z');
    await at.job();
    expect((await at.make()).filter((name) => name.length === 10 && name < '2026-10-23')).toEqual([]);
  });

  it('also restates the reports that a storefront asked for', async () => {
    const at = setUp({ firstDay: '2026-11-28' });
    const own = {
      ...{ report: 'toy', period: '2026-11-28', periodKind: 'day' as const, ...at.zone },
      ...{ storefrontId: 'tea', parameters: {} },
    };
    await at.job();
    await at.askFor(own);
    at.at('2026-11-29T04:00:00.000Z');
    await at.job();
    await at.make();
    expect(at.runs.runOf(own)).toMatchObject({ state: 'asked' });
  });
});

/** The instants at which these days begin, from the offsets of that time. */
const starts: Readonly<Record<string, string>> = {
  '2026-10-25': '2026-10-24T22:00:00.000Z',
  '2026-03-29': '2026-03-28T23:00:00.000Z',
  '2026-11-01': '2026-11-01T04:00:00.000Z',
  '2026-03-08': '2026-03-08T05:00:00.000Z',
};
