import { CfnMetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageName } from '../stages.ts';
import type { CountedLines } from './counted-lines.ts';
import { ownNamespace } from './metrics.ts';

export interface LogMetricsProps {
  readonly stage: StageName;
  /** The log of all functions. */
  readonly log: ILogGroup;
  readonly lines: readonly Pick<CountedLines, 'name' | 'pattern'>[];
}

/** Counts lines in the log of all functions. */
export class LogMetrics extends Construct {
  constructor(scope: Construct, id: string, { stage, log, lines }: LogMetricsProps) {
    super(scope, id);
    for (const { name, pattern } of lines) {
      new CfnMetricFilter(this, name, {
        logGroupName: log.logGroupName,
        filterPattern: pattern,
        metricTransformations: [{ metricNamespace: ownNamespace(stage), metricName: name, metricValue: '1' }],
      });
    }
  }
}
