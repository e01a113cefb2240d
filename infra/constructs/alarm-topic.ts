import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { stageWide } from '../../events/names.ts';
import type { Stage } from '../stages.ts';
import { sourceAccountCondition } from './encryption-key.ts';

export interface AlarmTopicProps {
  readonly stage: Stage;
  /** The stage's own key; undefined where it has none. */
  readonly key: IKey | undefined;
}

/**
 * The topic of the alarms. It sends mail if the stage names an address. It is encrypted with the stage's own key, if
 * there is one. An alarm has fixed texts and names of metrics, and no personal data.
 */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, { stage, key }: AlarmTopicProps) {
    super(scope, id, {
      topicName: stageWide(stage.name, 'alarms'),
      enforceSSL: true,
      ...(key === undefined ? {} : { masterKey: key }),
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: sourceAccountCondition(scope),
      }),
    );
    if (stage.alarmEmail !== undefined) this.addSubscription(new EmailSubscription(stage.alarmEmail));
  }
}
