import { CloudWatchClient, GetMetricDataCommand, type MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { hourMs, type Instant, toInstant } from '../../kernel/time.ts';
import type { BilledMetric, HourSum } from '../../usage/index.ts';
import { REQUEST_LIMITS } from '../request-limits.ts';

/** The most metrics of one request (Amazon CloudWatch API reference, GetMetricData). */
const MAX_METRICS = 500;
/** An answer may have some megabytes. */
const REQUEST_TIMEOUT_MS = 20_000;

/** The sums of metrics, hour by hour. */
export interface MetricSums {
  /**
   * The sums of the hours between two instants, the first at the beginning of an hour. An hour without data has none.
   * Throws where CloudWatch does not answer, or answers for a part only.
   */
  between(metrics: readonly BilledMetric[], from: Instant, to: Instant): Promise<HourSum[]>;
}

/** Asks CloudWatch. Each metric that is asked for is billed once, for one hour or for many. */
export function createMetricSums(
  client = new CloudWatchClient({
    maxAttempts: 4,
    requestHandler: { ...REQUEST_LIMITS, requestTimeout: REQUEST_TIMEOUT_MS },
  }),
): MetricSums {
  return {
    async between(metrics, from, to) {
      const sums: HourSum[] = [];
      for (let start = 0; start < metrics.length; start += MAX_METRICS) {
        const some = metrics.slice(start, start + MAX_METRICS);
        let token: string | undefined;
        do {
          const { MetricDataResults = [], NextToken } = await client.send(
            new GetMetricDataCommand({
              MetricDataQueries: some.map(queryOf),
              StartTime: new Date(from),
              EndTime: new Date(to),
              ScanBy: 'TimestampAscending',
              ...(token === undefined ? {} : { NextToken: token }),
            }),
          );
          sums.push(...MetricDataResults.flatMap((result) => sumsOf(some, result)));
          token = NextToken;
        } while (token !== undefined);
      }
      return sums;
    },
  };
}

const ID = /^m(\d+)$/;

const queryOf = ({ namespace, name, dimensions }: BilledMetric, index: number) => ({
  Id: `m${index}`,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: hourMs / 1_000,
    Stat: 'Sum',
  },
});

function sumsOf(metrics: readonly BilledMetric[], result: MetricDataResult): HourSum[] {
  const { Id = '', StatusCode, Timestamps = [], Values = [] } = result;
  const metric = metrics[Number(ID.exec(Id)?.[1])];
  if (metric === undefined || StatusCode === 'InternalError' || StatusCode === 'Forbidden')
    throw new Error(`CloudWatch has no answer for ${metric?.namespace} ${metric?.name}: ${StatusCode}`);
  return Timestamps.map((at, index) => ({ metric, hour: toInstant(at), sum: Values[index] ?? 0 }));
}
