import { z } from 'zod';
import { hourMs, secondMs } from '../../../shared/kernel/time.ts';
import { type Operation, parse } from '../front/aws-operation.ts';
import type { HourlySums } from './hourly-sums.ts';

const input = z.object({
  MetricDataQueries: z
    .array(
      z.strictObject({
        Id: z.string(),
        MetricStat: z.strictObject({
          Metric: z.strictObject({
            Namespace: z.string(),
            MetricName: z.string(),
            Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
          }),
          Period: z.literal(hourMs / secondMs),
          Stat: z.literal('Sum'),
        }),
      }),
    )
    .min(1)
    .max(500),
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.literal('TimestampAscending'),
});

/** The operation of CloudWatch that functions call: the sums of metrics by the hour, on one page. */
export const metricDataOperations = ({ read }: HourlySums): Record<string, Operation> => ({
  'GraniteServiceVersion20100801.GetMetricData': (given) => {
    const { MetricDataQueries, StartTime, EndTime } = parse(input, given);
    const range = { fromMs: StartTime * secondMs, untilMs: EndTime * secondMs };
    return {
      Messages: [],
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
        const { Namespace: namespace, MetricName: name, Dimensions } = Metric;
        const dimensions = Object.fromEntries(Dimensions.map((each) => [each.Name, each.Value]));
        const found = read({ namespace, name, dimensions }, range);
        return {
          ...{ Id, Label: name, StatusCode: 'Complete' },
          Timestamps: found.map(({ atMs }) => atMs / secondMs),
          Values: found.map(({ sum }) => sum),
        };
      }),
    };
  },
});
