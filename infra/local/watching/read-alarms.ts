import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';
import { ofType, readProperties } from '../front/resource-reading.ts';
import type { MetricName, Statistic } from './metrics.ts';

/** An alarm of the templates. */
export interface Alarm {
  readonly name: string;
  readonly description: string;
  readonly metric: MetricName;
  readonly statistic: Statistic;
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

const alarmProperties = z.strictObject({
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  AlarmActions: text.optional(),
  OKActions: text.optional(),
  Threshold: z.number(),
  EvaluationPeriods: z.int().min(1),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  TreatMissingData: z.enum(['notBreaching', 'breaching']),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensions,
  Period: z.int().min(60),
  Statistic: statistics,
});

/** Reads the alarms of the templates. Throws an Error that names an alarm that the local cloud does not understand. */
export function readAlarms(resources: readonly Resource[]): Alarm[] {
  return ofType(resources, 'AWS::CloudWatch::Alarm').map((resource) => {
    const properties = readProperties(resource, alarmProperties);
    return {
      name: properties.AlarmName,
      description: properties.AlarmDescription,
      metric: {
        namespace: properties.Namespace,
        name: properties.MetricName,
        dimensions: Object.fromEntries(properties.Dimensions.map(({ Name, Value }) => [Name, Value])),
      },
      statistic: properties.Statistic,
      periodMs: properties.Period * 1_000,
      periods: properties.EvaluationPeriods,
      threshold: properties.Threshold,
      raisedWhen: properties.ComparisonOperator === 'LessThanThreshold' ? 'below' : 'at-least',
      missingRaises: properties.TreatMissingData === 'breaching',
    };
  });
}
