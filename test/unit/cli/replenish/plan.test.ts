import { describe, expect, it } from 'vitest';
import { notPlannedTexts } from '../../../../infra/cli/replenish/plan/not-planned.ts';
import { addPlan } from '../../../../infra/cli/replenish/plan/plan-command.ts';
import type { PlanOptions } from '../../../../infra/cli/replenish/plan/plan-options.ts';
import { planRun } from '../../../../infra/cli/replenish/plan/plan-run.ts';
import type { Progress } from '../../../../infra/cli/terminal/progress.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import { parseLine } from '../parse-line.ts';
import { fakeApi, order, problem, run } from './fake-api.ts';

const asked = (more: Partial<PlanOptions> = {}) => ({
  ...{ day: undefined, run: undefined, watch: false, format: 'table' as const, page: undefined },
  ...more,
});

/** Plans against answers. Gives what was written, what was said on the way, and whether it went well. */
async function plan(answers: Parameters<typeof fakeApi>[0], options = asked()) {
  const { client, calls } = fakeApi(answers);
  const said: string[] = [];
  const progress: Progress = {
    start: (label, total, unit) => ({
      advance: () => undefined,
      reach: (count) => void said.push(`${label} ${count}/${total} ${unit}`),
      end: () => void said.push(`${label} ended`),
    }),
    say: (line) => void said.push(line),
  };
  let written = '';
  const isWell = await planRun(options, {
    ...{ client, progress, pause: async () => undefined },
    write: (text) => {
      written += text;
    },
  });
  return { isWell, written, said, calls };
}

const states =
  (...each: Partial<RunView>[]) =>
  (_: unknown, times: number) =>
    run(each[Math.min(times, each.length) - 1]);

const orders =
  (open: readonly unknown[], ended: readonly unknown[] = []) =>
  ({ path }: { readonly path: string }) => ({ orders: path.includes('status=ended') ? ended : open });

describe('entrepot replenish plan', () => {
  it('starts the run of today, follows it to its end, and says what to buy, to move and to mend', async () => {
    const { isWell, written, said, calls } = await plan({
      'POST /runs': () => run({ state: 'asked', batches: { done: 0 } }),
      'GET /runs/2026-11-29': states(
        { state: 'planning', batches: { done: 0, all: 2 } },
        { state: 'planning', batches: { done: 1, all: 2 } },
        { state: 'limiting' },
        { state: 'placing' },
        {},
      ),
      'GET /orders': orders(
        [
          order('rpl_1', [
            ['MUG', 24, 400],
            ['JUG', 1_000, 250],
          ]),
          order('rpl_2', [['CUP', 10]], {
            kind: 'transfer',
            fromWarehouseId: 'cn-shenzhen',
            status: 'approved',
          }),
          order('rpl_3', [['OLD', 5, 1]], { runId: 'hand-1' }),
          order('rpl_4', [['OLD', 5, 1]], { proposedAt: '2026-11-28T06:00:00.000Z' }),
        ],
        [order('rpl_5', [['BOWL', 6, 100]], { supplierId: 'smith', status: 'closed' })],
      ),
    });
    expect(isWell).toBe(true);
    expect(calls[0]).toMatchObject({ method: 'POST', body: {} });
    expect(said).toEqual([
      'reading the sales of the lake',
      'planning 0/2 files of products',
      'planning 1/2 files of products',
      'planning ended',
      'applying budget and capacities',
      'placing orders',
    ]);
    expect(written).toContain('Plan of 2026-11-29 (Europe/Berlin): done after 4 s');
    expect(written).toContain('12 products at warehouses: 2 to order, 7 have enough, 3 not planned');
    // potter: 24 x 4.00 = 96.00 and 1,000 x 2.50 = 2500.00; smith: 6 x 1.00.
    expect(written).toMatch(/potter\s+1\s+2\s+1,024\s+2596\.00 EUR/);
    expect(written).toMatch(/smith\s+1\s+1\s+6\s+6\.00 EUR/);
    expect(written).toMatch(/\s2\s+3\s+1,030\s+2602\.00 EUR/);
    expect(written.indexOf('JUG')).toBeLessThan(written.indexOf('MUG'));
    expect(written).toMatch(/CUP\s+10\s+cn-shenzhen\s+pl-poznan\s+2026-12-09\s+approved/);
    expect(written).toMatch(/no-supplier\s+3\s+no supplier offers it/);
    expect(written).toContain('npx entrepot replenish plan --run 2026-11-29 --not-planned');
    expect(written).toContain('1 order of them waits for an approval');
    expect(written).not.toContain('OLD');
  });

  it('shows a run and starts none, and follows it only with --watch', async () => {
    const answers = {
      'GET /runs/2026-11-29': states({ state: 'planning', batches: { done: 1, all: 2 } }, {}),
      'GET /orders': orders([]),
    };
    const shown = await plan(answers, asked({ run: '2026-11-29' }));
    expect(shown.written).toContain('products are being planned after 4 s, 1 of 2 files');
    const watched = await plan(answers, asked({ run: '2026-11-29', watch: true }));
    expect(watched.written).toContain('done after 4 s');
  });

  it('writes every line as CSV, and everything as JSON', async () => {
    const answers = {
      'POST /runs': () => run(),
      'GET /runs/2026-11-29/skus': ({ path }: { readonly path: string }) =>
        path.includes('cursor=1.0')
          ? { skus: [{ sku: 'LID', warehouseId: 'pl-poznan', why: 'no-history' }] }
          : {
              skus: [
                { sku: '=JAR', warehouseId: 'pl-poznan', why: 'no-supplier', detail: 'nobody offers it' },
              ],
              cursor: '1.0',
            },
      'GET /orders': orders([
        order('rpl_1', [
          ['=MUG', 24, 405],
          ['JUG', 2],
        ]),
      ]),
    };
    expect((await plan(answers, asked({ format: 'csv' }))).written).toBe(
      [
        'order,kind,status,supplier,from,warehouse,sku,units,unitPrice,unitPrice_currency,value,value_currency,expected',
        "rpl_1,purchase,proposed,potter,,pl-poznan,'=MUG,24,4.05,EUR,97.20,EUR,2026-12-09",
        'rpl_1,purchase,proposed,potter,,pl-poznan,JUG,2,,,,,2026-12-09',
        '',
      ].join('\r\n'),
    );
    expect(JSON.parse((await plan(answers, asked({ format: 'json' }))).written)).toMatchObject({
      run: { day: '2026-11-29', skuSites: { notPlanned: [{ reason: 'no-supplier', count: 3 }] } },
      orders: [{ replenishmentOrderId: 'rpl_1' }],
      notPlanned: [{ sku: '=JAR' }, { sku: 'LID' }],
    });
    expect((await plan(answers, asked({ format: 'not-planned' }))).written).toBe(
      [
        'sku,warehouse,reason,because',
        "'=JAR,pl-poznan,no-supplier,nobody offers it",
        `LID,pl-poznan,no-history,"${notPlannedTexts['no-history']}"`,
        '',
      ].join('\r\n'),
    );
  });

  it('says apart which limits have cut, and what could not be planned', async () => {
    const problems = [
      { code: 'network-cycle', subject: 'pl-poznan', detail: 'a circle' },
      { code: 'limit-reached', subject: 'budget', detail: '24 units were cut' },
    ] as const;
    const { written } = await plan({
      'POST /runs': () => run({ problems: [...problems] }),
      'GET /orders': orders([]),
    });
    expect(written).toMatch(/Limits that cut .*\n.*\nlimit-reached\s+budget\s+24 units were cut/);
    expect(written).toMatch(/Problems .*\n.*\nnetwork-cycle\s+pl-poznan\s+a circle/);
  });

  it.each([
    ['has no product', []],
    ['has only products that were not sold', [{ reason: 'no-history', count: 80 } as const]],
  ])('says what to do where the lake %s, and ends with an error', async (_what, notPlanned) => {
    const { isWell, written } = await plan({
      'POST /runs': () => run({ skuSites: { all: 0, proposed: 0, enough: 0, toStop: 0, notPlanned } }),
      'GET /orders': orders([]),
    });
    expect(isWell).toBe(false);
    expect(written).toContain('There is no history to plan from');
    expect(written).toContain('npx entrepot replenish plan --day 2026-11-30');
  });

  it('ends with an error for a run that was given up', async () => {
    const { isWell, written } = await plan({
      'POST /runs': () => run({ state: 'given-up' }),
      'GET /orders': orders([]),
    });
    expect(isWell).toBe(false);
    expect(written).toContain('given up after three days');
  });

  it.each([
    ['POST /runs', asked({ day: '2026-12-24' }), problem(422, 'invalid'), /2026-12-24 can't be planned/],
    ['POST /runs', asked(), problem(403, 'forbidden'), /it needs replenishment:write/],
    ['POST /runs', asked(), problem(401, 'unauthorized'), /it needs replenishment:write/],
    [
      'GET /runs/2026-11-02',
      asked({ run: '2026-11-02' }),
      problem(404, 'not-found'),
      /2026-11-02 has no run/,
    ],
    ['GET /runs/2026-11-02', asked({ run: '2026-11-02' }), problem(403, 'x'), /needs replenishment:read/],
  ])('says what is wrong: %s %j', async (call, options, error, message) => {
    await expect(plan({ [call]: () => error }, options)).rejects.toThrow(message);
  });

  it('reads its command line', () => {
    const read = (...args: readonly string[]) =>
      parseLine<PlanOptions>(['plan', ...args], (program, give) =>
        addPlan(program, async (options) => give(options)),
      );
    expect(read()).toMatchObject({ url: 'http://127.0.0.1:3000', format: 'table', watch: false });
    expect(read('--run', '2026-11-29', '--watch', '--csv')).toMatchObject({
      ...{ run: '2026-11-29', watch: true, format: 'csv' },
    });
    expect(() => read('--day', '2026-02-30')).toThrow('It takes a day');
    expect(() => read('--day', '2026-11-29', '--run', '2026-11-29')).toThrow('cannot be used with');
    expect(read('--not-planned')).toMatchObject({ format: 'not-planned' });
    expect(() => read('--csv', '--not-planned')).toThrow('cannot be used with');
    expect(() => read('--json', '--csv')).toThrow('cannot be used with');
  });
});
