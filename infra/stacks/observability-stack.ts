import { Stack, type StackProps } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TriggerEntry } from '../../events/triggers.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { JourneyAlarms } from '../constructs/journey-alarms.ts';
import { JourneyDashboard } from '../constructs/journey-dashboard.ts';
import { isStarted } from '../constructs/schedule.ts';
import type { Stage } from '../stages.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly stage: Stage;
  readonly apiId: string;
  readonly triggers: readonly TriggerEntry[];
  /** The stage's own key; undefined where it has none. */
  readonly key: IKey | undefined;
}

/** The alarms, their recipients, and the dashboard if the stage has one. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    const { stage, apiId, triggers, key, ...stackProps } = props;
    super(scope, id, stackProps);
    const topic = new AlarmTopic(this, 'Alarms', { stage, key });
    new JourneyAlarms(this, 'Journey', {
      stage: stage.name,
      apiId,
      triggers,
      topic,
      isStarted: (job) => isStarted(job, stage),
    });
    if (stage.dashboard) new JourneyDashboard(this, 'Dashboard', { stage, apiId, triggers });
  }
}
