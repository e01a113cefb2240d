import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';
import { ofType, readProperties } from '../front/resource-reading.ts';
import { compileLogPattern, type LineMatcher } from './log-pattern.ts';
import type { MetricName } from './metrics.ts';

/** A metric filter of the templates: it counts matching lines of a log group. */
export interface MetricFilter {
  readonly logGroup: string;
  readonly matches: LineMatcher;
  readonly metric: MetricName;
  readonly value: number;
}

const filterProperties = z.strictObject({
  LogGroupName: z.string(),
  FilterPattern: z.string(),
  MetricTransformations: z.tuple([
    z.strictObject({
      MetricNamespace: z.string(),
      MetricName: z.string(),
      MetricValue: z.string().regex(/^\d+$/),
    }),
  ]),
});

/** Reads the metric filters. Throws an Error that names a filter that the local cloud does not understand. */
export function readMetricFilters(resources: readonly Resource[]): MetricFilter[] {
  return ofType(resources, 'AWS::Logs::MetricFilter').map((resource) => {
    const { LogGroupName, FilterPattern, MetricTransformations } = readProperties(resource, filterProperties);
    const [to] = MetricTransformations;
    return {
      logGroup: LogGroupName,
      matches: compilePatternOf(resource, FilterPattern),
      metric: { namespace: to.MetricNamespace, name: to.MetricName },
      value: Number(to.MetricValue),
    };
  });
}

function compilePatternOf({ logicalId }: Resource, pattern: string): LineMatcher {
  try {
    return compileLogPattern(pattern);
  } catch (error) {
    throw new Error(`${logicalId} (AWS::Logs::MetricFilter): ${(error as Error).message}`);
  }
}
