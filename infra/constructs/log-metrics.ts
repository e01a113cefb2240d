import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageName } from '../stages.ts';
import type { CountedLines } from './counted-lines.ts';
import { ownNamespace } from './metrics.ts';
import { logGroupName } from './names.ts';

/** Counts lines in the log of all functions. */
export class LogMetrics extends Construct {
  constructor(
    scope: Construct,
    id: string,
    stage: StageName,
    lines: readonly Pick<CountedLines, 'name' | 'pattern'>[],
  ) {
    super(scope, id);
    for (const { name, pattern } of lines) {
      new CfnMetricFilter(this, name, {
        logGroupName: logGroupName(stage),
        filterPattern: pattern,
        metricTransformations: [{ metricNamespace: ownNamespace(stage), metricName: name, metricValue: '1' }],
      });
    }
  }
}
