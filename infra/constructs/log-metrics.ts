import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type FunctionId, type Trigger, triggerList } from '../../events/triggers.ts';
import type { Notice } from '../../shared/kernel/report.ts';
import type { StageName } from '../stages.ts';
import { ownMetric, ownNamespace } from './metrics.ts';
import { functionName, plainName } from './names.ts';

/** Counts lines of functions' logs by the code that each line carries. */
export class LogMetrics extends Construct {
  private readonly stage: StageName;

  constructor(scope: Construct, id: string, stage: StageName) {
    super(scope, id);
    this.stage = stage;
    for (const [functionId, trigger] of triggerList) {
      if (mayReport(trigger)) this.count(functionId, 'NOTICE', 'Notice');
      if (trigger.kind === 'stream') this.count(functionId, 'RELAY_FAILED', 'FailedPublish');
      if (trigger.kind === 'schedule') this.count(functionId, 'OVERDUE', 'OverdueOrder');
    }
  }

  /** How often a notice was given. */
  notices(notice: Notice['code']) {
    return ownMetric(this.stage, 'Notice', { notice });
  }

  /** How often the bus refused facts, which the stream then brings again. */
  get failedPublishes() {
    return ownMetric(this.stage, 'FailedPublish');
  }

  /** How often the sweep found an order whose step stays late. */
  get overdueOrders() {
    return ownMetric(this.stage, 'OverdueOrder');
  }

  // A notice is counted by what it says, which the line names beside its code.
  private count(id: FunctionId, code: string, metricName: string): void {
    const notice = code === 'NOTICE';
    new CfnMetricFilter(this, `${plainName(id)}${metricName}`, {
      logGroupName: `/aws/lambda/${functionName(this.stage, id)}`,
      filterPattern: `{ $.code = "${code}" }`,
      metricTransformations: [
        {
          metricNamespace: ownNamespace(this.stage),
          metricName,
          metricValue: '1',
          ...(notice ? { dimensions: [{ key: 'notice', value: '$.notice' }] } : {}),
        },
      ],
    });
  }
}

// Only what reads partners' words and figures gives notices.
function mayReport(trigger: Trigger): boolean {
  return trigger.kind === 'bus' || (trigger.secrets ?? []).some((name) => name.startsWith('partners-'));
}
