import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Keeps failed messages for as long as SQS can, until a person has looked at them. */
export class ParkingQueue extends Queue {
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id, {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      this,
      'AwsSolutions-SQS3',
      'This queue is itself where undeliverable messages end; its depth raises an alarm.',
    );
  }

  /** Lets a role's holder put messages here. */
  sending(): PolicyStatement {
    return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queueArn] });
  }
}
