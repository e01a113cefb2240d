import { existsSync } from 'node:fs';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** The runbooks of alarms: one file each under `docs/runbooks/`. A job may name a further runbook. */
export const runbooks = [
  'amount-differs',
  'api-errors',
  'crashed-functions',
  'exchange-rates',
  'failing-messages',
  'function-throttles',
  'incomplete-orders',
  'incomplete-tables',
  'lake-behind',
  'old-settings',
  'overdue-orders',
  'parked-messages',
  'partner-refused',
  'refused-callbacks',
  'refused-requests',
  'relay-behind',
  'reports-not-made',
  'unfinished-replenishment',
  'silent-job',
  'table-throttles',
  'unknown-order',
  'unrecognised-word',
] as const;

export type Runbook = (typeof runbooks)[number];

export const runbookUrl = (runbook: string) => new URL(`../../docs/runbooks/${runbook}.md`, import.meta.url);

interface AlarmTexts {
  readonly name: string;
  /** The consequence for shoppers, merchants or partners, in one or two sentences. */
  readonly impact: string;
  /** One of `runbooks`, or the runbook of a job. */
  readonly runbook: string;
  readonly topic: ITopic;
}

export interface AlarmProps extends AlarmTexts {
  readonly metric: IMetric;
  /** The alarm is raised when the metric has this value or a higher one. */
  readonly atLeast: number;
  /** The number of periods in a row for which the value must hold. The default is 1. */
  readonly periods?: number;
}

/** An alarm with its impact and its runbook. Throws an Error when the runbook does not exist. */
export class JourneyAlarm extends Alarm {
  constructor(scope: Construct, id: string, { metric, atLeast, periods = 1, ...texts }: AlarmProps) {
    super(scope, id, {
      ...namesOf(texts),
      metric,
      threshold: atLeast,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // No data means that nothing happened: no call, no message and no notice.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    notify(this, texts.topic);
  }
}

export interface SilenceAlarmProps extends AlarmTexts {
  readonly metric: IMetric;
}

/** An alarm that is raised when nothing was counted for one period of the metric. */
export class SilenceAlarm extends Alarm {
  constructor(scope: Construct, id: string, { metric, ...texts }: SilenceAlarmProps) {
    super(scope, id, {
      ...namesOf(texts),
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
    notify(this, texts.topic);
  }
}

function namesOf({ name, impact, runbook }: AlarmTexts) {
  if (!existsSync(runbookUrl(runbook))) throw new Error(`docs/runbooks/${runbook}.md does not exist`);
  return { alarmName: name, alarmDescription: `${impact} Runbook: docs/runbooks/${runbook}.md` };
}

function notify(alarm: Alarm, topic: ITopic): void {
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
}
