import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportTriggers } from '../../../events/report-triggers.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { functionLimits } from '../../../shared/lake/engine/function-limits.ts';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import { lakeCost } from './lake-cost.ts';
import { putMadeUpFacts } from './made-up-facts.ts';
import { measureColdStart, measureReports } from './measure-reports.ts';
import { multiplyTables } from './multiply-tables.ts';

/** What the function that makes reports gives the engine. */
const LIMITS = functionLimits(reportTriggers['reports/make-report'].memoryMb);
/** Queries are measured on this number of orders. */
const QUERY_ORDERS = [10_000, 100_000, 1_000_000];

/** Queries as reports ask them. */
const QUERIES: Readonly<Record<string, string>> = {
  'daily-sales': `
    SELECT o.day, o.country, o.storefront_id, o.currency, count(*) AS orders, sum(o.goods_minor) AS goods_minor,
      sum(o.total_minor) AS total_minor, sum(l.units) AS units, sum(coalesce(r.refunded_minor, 0)) AS refunded_minor
    FROM orders o
    LEFT JOIN (SELECT order_id, sum(quantity) AS units FROM lines GROUP BY order_id) l ON l.order_id = o.order_id
    LEFT JOIN (SELECT order_id, sum(amount_minor) AS refunded_minor FROM refunds WHERE event = 'paid' GROUP BY order_id) r
      ON r.order_id = o.order_id
    GROUP BY o.day, o.country, o.storefront_id, o.currency ORDER BY 1, 2, 3, 4`,
  'one-day-sales': `
    SELECT country, currency, count(*) AS orders, sum(total_minor) AS total_minor FROM orders
    WHERE day = DATE '2026-11-10' GROUP BY country, currency ORDER BY 1, 2`,
  'tax-owed': `
    SELECT owed_to, currency, sum(amount_minor) AS owed_minor FROM charges WHERE kind = 'tax' GROUP BY owed_to, currency
    ORDER BY 1, 2`,
  'trial-balance': `
    SELECT account, currency, sum(amount_minor) AS balance_minor FROM journals GROUP BY account, currency ORDER BY 1, 2`,
};

/** Reports are priced on this number of orders a month. */
const COST_ORDERS = 1_000_000;

type Print = (text: string) => void;

/** Makes tables of that number of made-up orders, and asks them. The last lines are `lake <name> <value>`. */
export async function benchLake(orders: number, print: Print): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'lake-bench-'));
  const figures: [string, string][] = [];
  try {
    const folder = join(work, 'lake');
    const made = await measureCompaction(folder, orders, print);
    figures.push(...made.figures, ...measureColdStart(folder, LIMITS));
    for (const size of QUERY_ORDERS) {
      const times = Math.round(size / orders);
      if (times < 1) continue;
      const many = times === 1 ? folder : join(work, String(size));
      if (times > 1) await multiplyTables(folder, many, times);
      figures.push(...(await measureQueries(many, size)));
      const reports = measureReports(many, size, LIMITS);
      figures.push(...reports.figures);
      if (size === COST_ORDERS) figures.push(...costFigures({ ...made.perFact, reportsMs: reports.totalMs }));
      if (times > 1) await rm(many, { recursive: true });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  for (const [name, value] of figures) print(`lake ${name} ${value}`);
}

/** What a million orders a month cost, in US dollars. */
function costFigures(measured: Parameters<typeof lakeCost>[0]): [string, string][] {
  const cost = lakeCost(measured);
  const total = Object.values(cost).reduce((all, usd) => all + usd, 0);
  return Object.entries({ ...cost, total }).map(([name, usd]) => [`cost-usd-${name}`, usd.toFixed(2)]);
}

async function measureCompaction(folder: string, orders: number, print: Print) {
  const { facts, bytes, textBytes } = await putMadeUpFacts(folder, orders);
  print(
    `${facts} facts of ${orders} orders, ${megabytes(textBytes)} MB of text, ${megabytes(bytes)} MB compressed`,
  );
  const peak = watchMemory();
  const began = performance.now();
  const made = await compact({
    ...{
      store: folderStore(folder),
      folder: `${folder}/.work`,
      now: '2026-12-31T00:00:00.000Z',
      limits: LIMITS,
    },
  });
  const seconds = (performance.now() - began) / 1_000;
  const parquet = await bytesUnder(join(folder, 'tables'));
  print(`${made.facts} facts became ${megabytes(parquet)} MB of Parquet in ${seconds.toFixed(1)} s`);
  const perFact = {
    factsAnOrder: facts / orders,
    factsASecond: made.facts / seconds,
    bytesAFact: bytes / facts,
    parquetBytesAFact: parquet / facts,
  };
  const figures: [string, string][] = [
    [`facts-a-second-${orders}`, String(Math.round(perFact.factsASecond))],
    [`build-seconds-${orders}`, seconds.toFixed(1)],
    [`bytes-a-fact-${orders}`, perFact.bytesAFact.toFixed(1)],
    [`parquet-bytes-a-fact-${orders}`, perFact.parquetBytesAFact.toFixed(1)],
    [`compaction-mb-${orders}`, String(peak())],
  ];
  return { figures, perFact };
}

async function measureQueries(folder: string, orders: number): Promise<[string, string][]> {
  const figures: [string, string][] = [];
  for (const [name, sql] of Object.entries(QUERIES)) {
    const peak = watchMemory();
    const began = performance.now();
    const lake = await openLake({ folder, limits: LIMITS });
    const opened = performance.now();
    try {
      await lake.ask(sql);
      figures.push([`${name}-ms-${orders}`, String(Math.round(performance.now() - opened))]);
    } finally {
      lake.close();
    }
    const mb = peak();
    if (name === 'daily-sales') {
      figures.push([`open-ms-${orders}`, String(Math.round(opened - began))]);
      figures.push([`${name}-mb-${orders}`, String(mb)]);
    }
  }
  return figures;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

/** Watches the memory of the process. The result gives the most that it had, in megabytes. */
function watchMemory(): () => number {
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  return () => {
    clearInterval(timer);
    return Math.round(Math.max(most, process.memoryUsage.rss()) / 1_000_000);
  };
}

async function bytesUnder(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(join(folder, name));
    if (found.isFile()) bytes += found.size;
  }
  return bytes;
}
