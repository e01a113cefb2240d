import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { EncryptionKey, sourceAccountCondition } from './encryption-key.ts';
import { stageWide } from './names.ts';

/** The topic of the alarms. It is encrypted, and sends mail if the stage names an address. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, stage: Stage) {
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const conditions = sourceAccountCondition(scope);
    // CloudWatch may not use AWS's own key for topics, so the alarms need a key of ours.
    const masterKey = new EncryptionKey(scope, `${id}Key`, {
      alias: `alias/${stageWide(stage.name, 'alarms')}`,
      description: 'Alarms on their way to people',
      keep: false,
      statements: [
        new PolicyStatement({
          sid: 'AlarmsAreEncrypted',
          principals: [cloudWatch],
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          conditions,
        }),
      ],
    });
    super(scope, id, { topicName: stageWide(stage.name, 'alarms'), masterKey, enforceSSL: true });
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayPublish',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions,
      }),
    );
    if (stage.alarmEmail !== undefined) this.addSubscription(new EmailSubscription(stage.alarmEmail));
  }
}
