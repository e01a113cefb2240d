import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TriggerEntry } from '../../events/triggers.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { JourneyAlarms } from '../constructs/journey-alarms.ts';
import { JourneyDashboard } from '../constructs/journey-dashboard.ts';
import { isStarted } from '../constructs/schedule.ts';
import type { Stage } from '../stages.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly stage: Stage;
  readonly apiId: string;
  readonly triggers: readonly TriggerEntry[];
  readonly data: StatefulStack;
}

/** The alarms, their recipients, and the dashboard if the stage has one. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    const { stage, apiId, triggers, data, ...stackProps } = props;
    super(scope, id, stackProps);
    const topic = new AlarmTopic(this, 'Alarms', { stage, key: data.key });
    new JourneyAlarms(this, 'Journey', {
      stage: stage.name,
      apiId,
      triggers,
      topic,
      isStarted: (job) => isStarted(job, stage),
      table: data.table,
      recordStream: data.lake.streamName,
      log: data.log,
    });
    if (stage.dashboard) new JourneyDashboard(this, 'Dashboard', { stage, apiId, triggers });
  }
}
