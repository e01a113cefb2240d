import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runJob } from '../../infra/cli/jobs/run-job.ts';
import { buildTables } from '../../infra/cli/lake/make-tables.ts';
import { printReport } from '../../infra/cli/report/print-report.ts';
import { createProgress } from '../../infra/cli/terminal/progress.ts';
import type { ReportJson } from '../../shared/reports/answer/report-answer.ts';
import { type BilledUnit, prices } from '../../shared/usage/prices.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, isDelivered } from './shopper.ts';

let running: RunningBackend;
let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'entrepot-bill-test-'));
  running = await runBackend();
  const order = await running.shopper.buy(baskets.DE, running.stripeUrl);
  await running.shopper.follow(order, isDelivered);
  await running.backend.cloud.settled(60_000);
});
afterAll(async () => {
  await running.stop();
  await rm(work, { recursive: true, force: true });
});

/** The report of this month, from the tables that are built now. */
async function billOfMonth(): Promise<ReportJson> {
  const { backend } = running;
  const where = { kind: 'local', url: backend.url, dataDir: work } as const;
  const quiet = createProgress({ write: () => true } as unknown as NodeJS.WriteStream);
  await backend.cloud.flush();
  expect(await buildTables(where, quiet)).toBe(true);
  const now = new Date().toISOString();
  let text = '';
  await printReport(
    {
      ...{ name: 'backend-bill', period: now.slice(0, 7), format: 'json', where, timeZone: 'UTC' },
      ...{ currency: 'EUR', table: undefined, storefrontId: undefined, parameters: {}, locale: 'en' },
    },
    {
      now,
      write: (more) => {
        text += more;
      },
    },
  );
  return JSON.parse(text) as ReportJson;
}

const rowsOf = ({ tables }: ReportJson, name: string) =>
  tables.find((table) => table.name === name)?.rows ?? [];

it('a delivered order has the bill of the meter, from what CloudWatch counts', async () => {
  const { backend } = running;
  const before = backend.counts();
  expect(await runJob(backend.url, 'close-books', () => {})).toBe(true);
  const after = backend.counts();

  const report = await billOfMonth();
  const quantity = (unit: BilledUnit): number =>
    Number(rowsOf(report, 'by-unit').find((row) => row.unit === prices[unit].label)?.quantity ?? 0);

  // The job itself reads and writes the table, so that each figure is between those around its run.
  for (const unit of [
    'dynamodb.writeUnits',
    'dynamodb.readUnits',
    'httpApi.requests',
    'lambda.requests',
    'logs.bytes',
  ] as const) {
    expect(quantity(unit), unit).toBeGreaterThanOrEqual(Math.floor(before[unit] ?? 0));
    expect(quantity(unit), unit).toBeLessThanOrEqual(Math.ceil(after[unit] ?? 0));
  }
  // SQS has metrics of messages: ten of one call are ten here. A record is rounded up by a step at most.
  expect(quantity('sqs.requests')).toBeGreaterThanOrEqual((before['sqs.requests'] ?? 0) * 0.8);
  expect(quantity('firehose.bytes')).toBeGreaterThanOrEqual(before['firehose.bytes'] ?? 0);
  // Cold starts are in no metric.
  expect(quantity('lambda.mbMs')).toBeGreaterThan(0);
  expect(quantity('lambda.mbMs')).toBeLessThanOrEqual(after['lambda.mbMs'] ?? 0);
  // What stands there is billed although nobody orders.
  expect(quantity('cloudwatch.alarmHours')).toBeGreaterThan(10);
  expect(quantity('secrets.hours')).toBeGreaterThan(1);

  const [summary] = rowsOf(report, 'summary');
  const cost = backend.bill(1).totalMicroUsd;
  expect(summary).toMatchObject({ delivered: 1 });
  expect(Number(summary?.variable)).toBeGreaterThan(cost * 0.5);
  expect(Number(summary?.variable)).toBeLessThan(cost * 1.5);
  const parts = rowsOf(report, 'by-part').map(({ part }) => part);
  expect(parts).toEqual(
    expect.arrayContaining(['all', 'quote', 'order', 'payment', 'warehouse', 'operations']),
  );
});

it('a second count of the same hours replaces the first one', async () => {
  const first = rowsOf(await billOfMonth(), 'summary')[0];
  expect(await runJob(running.backend.url, 'close-books', () => {})).toBe(true);

  const second = rowsOf(await billOfMonth(), 'summary')[0];

  // The table was built and the job ran meanwhile. What was there is not counted twice.
  expect(Number(second?.variable)).toBeGreaterThanOrEqual(Number(first?.variable));
  expect(Number(second?.variable)).toBeLessThan(Number(first?.variable) * 1.5);
});
