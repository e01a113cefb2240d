import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHourlySums } from '../../../infra/local/watching/hourly-sums.ts';
import { metricDataOperations } from '../../../infra/local/watching/metric-data.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'entrepot-hourly-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const at = (instant: string) => Date.parse(instant);
const metric = { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', dimensions: { QueueName: 'orders' } };
const query = (Period: number) => ({
  MetricDataQueries: [
    {
      Id: 'm0',
      MetricStat: {
        Metric: {
          Namespace: metric.namespace,
          MetricName: metric.name,
          Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
        },
        Period,
        Stat: 'Sum',
      },
    },
  ],
  StartTime: at('2026-11-28T10:00:00.000Z') / 1_000,
  EndTime: at('2026-11-28T11:30:00.000Z') / 1_000,
  ScanBy: 'TimestampAscending',
});

it('are the sums of each hour, and outlive a restart', () => {
  let now = at('2026-11-28T09:59:59.000Z');
  const sums = openHourlySums(dataDir, () => now);
  sums.tally(metric, 100);
  now = at('2026-11-28T10:00:00.000Z');
  sums.tally(metric, 2);
  sums.tally(metric, 3);
  sums.save();
  now = at('2026-11-28T11:10:00.000Z');

  const restarted = openHourlySums(dataDir, () => now);
  restarted.tally(metric, 7);
  restarted.tally({ ...metric, dimensions: { QueueName: 'others' } }, 50);
  const answer = metricDataOperations(restarted)['GraniteServiceVersion20100801.GetMetricData']?.(
    query(3_600),
  );

  expect(answer).toMatchObject({
    MetricDataResults: [
      {
        ...{ Id: 'm0', StatusCode: 'Complete', Values: [5, 7] },
        Timestamps: [at('2026-11-28T10:00:00.000Z') / 1_000, at('2026-11-28T11:00:00.000Z') / 1_000],
      },
    ],
  });
});

it('of older hours are forgotten', () => {
  let now = at('2026-11-28T10:00:00.000Z');
  const sums = openHourlySums(dataDir, () => now);
  sums.tally(metric, 1);
  now = at('2026-12-01T11:00:00.000Z');
  sums.tally(metric, 2);
  sums.save();

  const kept = openHourlySums(dataDir, () => now).read(metric, { fromMs: 0, untilMs: now + 1 });
  expect(kept).toEqual([{ atMs: now, sum: 2 }]);
});

it('of another period than an hour are refused', () => {
  const operations = metricDataOperations(openHourlySums(dataDir));
  expect(() => operations['GraniteServiceVersion20100801.GetMetricData']?.(query(60))).toThrow('3600');
});
