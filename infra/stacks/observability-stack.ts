import { Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { TriggerEntry } from '../../events/triggers.ts';
import type { Notice } from '../../shared/kernel/report.ts';
import { JourneyAlarm, type Runbook } from '../constructs/alarm.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { FunctionAlarms } from '../constructs/function-alarms.ts';
import { JourneyDashboard } from '../constructs/journey-dashboard.ts';
import { jobAlarms, LogMetrics } from '../constructs/log-metrics.ts';
import { apiMetrics } from '../constructs/metrics.ts';
import { stageWide } from '../constructs/names.ts';
import type { Stage } from '../stages.ts';

/** What each notice means for the order, and the runbook with the remedy. */
const notices: Readonly<Record<Notice['code'], { impact: string; runbook: Runbook }>> = {
  'partner-word-unrecognised': {
    impact: 'A partner sent a message that we do not understand. The message does not change the order.',
    runbook: 'unrecognised-word',
  },
  'callback-without-order': {
    impact: 'A partner named an order that we do not have: money or goods may be missing from our books.',
    runbook: 'callback-without-order',
  },
  'amount-differs': {
    impact: "A provider's figure differs from ours: the books of one order do not agree with the bank's.",
    runbook: 'amount-differs',
  },
  'partner-refused': {
    impact:
      'A partner refused a parcel or a declaration, and a repeat cannot help: the order waits for a person.',
    runbook: 'partner-refused',
  },
};

export interface ObservabilityStackProps extends StackProps {
  readonly stage: Stage;
  readonly apiId: string;
  readonly triggers: readonly TriggerEntry[];
}

/** The alarms, their recipients, and the dashboard. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { stage, apiId, triggers, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const topic = new AlarmTopic(this, 'Alarms', stage);
    const logMetrics = new LogMetrics(this, 'LogMetrics', { stage: stage.name, triggers });
    for (const [functionId, trigger] of triggers) {
      new FunctionAlarms(this, { id: functionId, trigger, stage: stage.name, topic });
    }
    this.watchApi(stage, apiId, topic);
    this.watchJourney(stage, logMetrics, topic);
    this.watchJobs({ stage, triggers, logMetrics, topic });
    new JourneyDashboard(this, 'Dashboard', { stage, apiId, logMetrics, triggers });
  }

  private watchApi(stage: Stage, apiId: string, topic: ITopic): void {
    new JourneyAlarm(this, 'ApiErrors', {
      name: stageWide(stage.name, 'ApiErrors'),
      metric: apiMetrics(apiId).serverErrors,
      atLeast: 5,
      impact: 'Callers of the API get server errors: shoppers may not be able to buy.',
      runbook: 'api-errors',
      topic,
    });
  }

  private watchJourney(stage: Stage, logMetrics: LogMetrics, topic: ITopic): void {
    new JourneyAlarm(this, 'FailedPublish', {
      name: stageWide(stage.name, 'FailedPublish'),
      metric: logMetrics.failedPublishes,
      atLeast: 1,
      periods: 2,
      impact: 'The bus keeps refusing facts: the next stages do not receive them.',
      runbook: 'failed-publish',
      topic,
    });
    for (const [code, { impact, runbook }] of Object.entries(notices)) {
      new JourneyAlarm(this, `Notice-${code}`, {
        name: stageWide(stage.name, code),
        metric: logMetrics.notices(code as Notice['code']),
        atLeast: 1,
        impact,
        runbook,
        topic,
      });
    }
  }

  private watchJobs({ stage, triggers, logMetrics, topic }: WatchedJobs): void {
    for (const { name, impact, runbook } of jobAlarms(triggers)) {
      const metric = logMetrics.ofJobs[name];
      if (metric === undefined) throw new Error(`no metric exists for the alarm ${name}`);
      new JourneyAlarm(this, name, {
        name: stageWide(stage.name, name),
        metric,
        atLeast: 1,
        impact,
        runbook,
        topic,
      });
    }
  }
}

interface WatchedJobs {
  readonly stage: Stage;
  readonly triggers: readonly TriggerEntry[];
  readonly logMetrics: LogMetrics;
  readonly topic: ITopic;
}
