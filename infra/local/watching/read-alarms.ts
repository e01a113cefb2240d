import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';
import { ofType, readProperties } from '../front/resource-reading.ts';
import type { MetricName, Statistic } from './metrics.ts';

/** How one figure is made of metrics: the figures of the same period are added, or the largest is taken. */
interface Figure {
  readonly operation: 'SUM' | 'MAX';
  readonly metrics: readonly { readonly metric: MetricName; readonly statistic: Statistic }[];
}

/** An alarm of the templates. */
export interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly figure: Figure;
  readonly periodMs: number;
  readonly periods: number;
  readonly threshold: number;
  readonly raisedWhen: 'at-least' | 'below';
  /** Whether a period without data counts as one in which the alarm's condition holds. */
  readonly missingRaises: boolean;
}

const dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]);
const statistics = z.enum(['Sum', 'Maximum']);
const text = z.unknown();

const common = {
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  AlarmActions: text.optional(),
  OKActions: text.optional(),
  Threshold: z.number(),
  EvaluationPeriods: z.int().min(1),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  TreatMissingData: z.enum(['notBreaching', 'breaching']),
};

const metricStat = z.strictObject({
  Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
  Period: z.int().min(60),
  Stat: statistics,
});

const alarmProperties = z.union([
  z.strictObject({
    ...common,
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: dimensions,
    Period: z.int().min(60),
    Statistic: statistics,
  }),
  z.strictObject({
    ...common,
    Metrics: z.array(
      z.union([
        z.strictObject({ Id: z.string(), MetricStat: metricStat, ReturnData: z.literal(false) }),
        z.strictObject({
          Id: z.string(),
          // The metrics of the alarm in a list, as `SUM([m1, m2])`.
          Expression: z.string().regex(/^(SUM|MAX)\(\[\w+(, \w+)*\]\)$/),
          Label: z.string().optional(),
          Period: z.int().optional(),
          ReturnData: z.boolean().optional(),
        }),
      ]),
    ),
  }),
]);

/** Reads the alarms of the templates. Throws an Error that names an alarm that the local cloud does not understand. */
export function readAlarms(resources: readonly Resource[]): Alarm[] {
  return ofType(resources, 'AWS::CloudWatch::Alarm').map((resource) => {
    const properties = readProperties(resource, alarmProperties);
    return {
      name: properties.AlarmName,
      description: properties.AlarmDescription,
      ...figureOf(properties),
      periods: properties.EvaluationPeriods,
      threshold: properties.Threshold,
      raisedWhen: properties.ComparisonOperator === 'LessThanThreshold' ? 'below' : 'at-least',
      missingRaises: properties.TreatMissingData === 'breaching',
    };
  });
}

function figureOf(properties: z.infer<typeof alarmProperties>): Pick<Alarm, 'figure' | 'periodMs'> {
  if (!('Metrics' in properties)) {
    const { Statistic: Stat, Period, ...Metric } = properties;
    return { figure: { operation: 'SUM', metrics: [partOf({ Metric, Stat })] }, periodMs: Period * 1_000 };
  }
  const expressions = properties.Metrics.flatMap((each) => ('Expression' in each ? [each.Expression] : []));
  const parts = properties.Metrics.flatMap((each) => ('MetricStat' in each ? [each] : []));
  const named = /\[(.*)\]/.exec(expressions[0] ?? '')?.[1]?.split(', ') ?? [];
  const periods = new Set(parts.map(({ MetricStat }) => MetricStat.Period));
  const isWhole =
    named.toSorted().join() ===
    parts
      .map(({ Id }) => Id)
      .toSorted()
      .join();
  if (expressions.length !== 1 || periods.size !== 1 || !isWhole)
    throw new Error(`${properties.AlarmName}: the local cloud does not understand its expression`);
  return {
    figure: {
      operation: expressions[0]?.startsWith('MAX') ? 'MAX' : 'SUM',
      metrics: parts.map(({ MetricStat }) => partOf(MetricStat)),
    },
    periodMs: Math.max(...periods) * 1_000,
  };
}

interface Part {
  readonly Metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: z.infer<typeof dimensions>;
  };
  readonly Stat: Statistic;
}

function partOf({ Metric, Stat }: Part): Figure['metrics'][number] {
  const named = Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value] as const));
  return {
    metric: { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: named },
    statistic: Stat,
  };
}
