import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageName } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { type Parked, parkingName } from './names.ts';

/** Keeps what could not be handled for the longest time that SQS allows, so that a person can look at it. */
class ParkingQueue extends Queue {
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
      'This queue is the last place for undeliverable messages. Its depth raises an alarm.',
    );
  }

  /** The permission to send messages to this queue. */
  sending(): PolicyStatement {
    return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queueArn] });
  }
}

/**
 * The two parking queues of a stage, which the functions of all stacks share:
 * - `failed` takes messages that a function could not handle. SQS moves them there from the function's queue and knows
 *   that queue, so one command moves all of them back.
 * - `undelivered` takes what never reached a queue: starts of schedules and positions in the stream. Each names its
 *   sender.
 */
export class ParkingQueues extends Construct {
  readonly failed: ParkingQueue;
  readonly undelivered: ParkingQueue;

  constructor(scope: Construct, id: string, stage: StageName) {
    super(scope, id);
    const queueOf = (parked: Parked, name: string) =>
      new ParkingQueue(this, name, parkingName(stage, parked));
    this.failed = queueOf('failed', 'Failed');
    this.undelivered = queueOf('undelivered', 'Undelivered');
  }
}
