import { existsSync } from 'node:fs';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** The runbooks of alarms: one file each under `docs/runbooks/`. A job may name a further runbook. */
export const runbooks = [
  'amount-differs',
  'api-errors',
  'callback-without-order',
  'dead-letters',
  'failed-publish',
  'function-errors',
  'function-throttles',
  'overdue-orders',
  'partner-refused',
  'queue-age',
  'relay-behind',
  'unrecognised-word',
] as const;

export type Runbook = (typeof runbooks)[number];

export const runbookUrl = (runbook: string) => new URL(`../../docs/runbooks/${runbook}.md`, import.meta.url);

export interface AlarmProps {
  readonly name: string;
  readonly metric: IMetric;
  /** The alarm is raised when the metric has this value or a higher one. */
  readonly atLeast: number;
  /** The number of periods in a row for which the value must hold. The default is 1. */
  readonly periods?: number;
  /** The consequence for shoppers, merchants or partners, in one sentence. */
  readonly impact: string;
  /** One of `runbooks`, or the runbook of a job. */
  readonly runbook: string;
  readonly topic: ITopic;
}

/** An alarm with its impact and its runbook. Throws an Error when the runbook does not exist. */
export class JourneyAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    const { name, metric, atLeast, periods = 1, impact, runbook, topic } = props;
    if (!existsSync(runbookUrl(runbook))) throw new Error(`docs/runbooks/${runbook}.md does not exist`);
    super(scope, id, {
      alarmName: name,
      alarmDescription: `${impact} Runbook: docs/runbooks/${runbook}.md`,
      metric,
      threshold: atLeast,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No data means that nothing happened: no call, no message and no notice.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(topic));
    this.addOkAction(new SnsAction(topic));
  }
}
