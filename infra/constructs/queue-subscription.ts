import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionName, plainName } from '../../events/names.ts';
import { MAX_RECEIVES } from '../../events/queues.ts';
import type { FunctionPath, QueueTrigger } from '../../events/triggers.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { type CalledQueues, DEFAULT_TIMEOUT_SECONDS, JourneyFunction } from './journey-function.ts';
import type { ParkingQueues } from './parking-queue.ts';

/**
 * AWS recommends six times the function's timeout, so that a slow batch is not delivered a second time. Messages wait
 * for it after a crash. After a failure the function asks for its messages sooner.
 */
const VISIBILITY_TIMEOUTS = 6;

export interface QueueSubscriptionProps {
  readonly id: FunctionPath;
  readonly trigger: QueueTrigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly parking: ParkingQueues;
}

/** A queue and the function behind it. The function is added when the queues to which it sends exist. */
export class QueueSubscription extends Construct {
  readonly queue: Queue;
  readonly #props: QueueSubscriptionProps;

  constructor(scope: Construct, props: QueueSubscriptionProps) {
    const { id, trigger, stage, parking } = props;
    super(scope, `${plainName(id)}Events`);
    this.#props = props;
    const timeout = Duration.seconds(trigger.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
    const { failed } = parking;
    this.queue = new Queue(this, 'Queue', {
      queueName: functionName(stage.name, id),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * VISIBILITY_TIMEOUTS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: failed, maxReceiveCount: MAX_RECEIVES },
    });
  }

  /** Adds the function. `sendsTo`: the other queues that it calls. */
  addFunction(scope: Construct, sendsTo: CalledQueues): void {
    const { id, trigger, stage, data } = this.#props;
    const { handler } = new JourneyFunction(scope, {
      id,
      trigger,
      stage,
      data,
      queues: { ...sendsTo, own: this.queue },
      statements: [
        new PolicyStatement({
          actions: [
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:ChangeMessageVisibility',
            'sqs:GetQueueAttributes',
          ],
          resources: [this.queue.queueArn],
        }),
      ],
    });
    new EventSourceMapping(this, 'Source', {
      target: handler,
      eventSourceArn: this.queue.queueArn,
      // The messages of a batch run at the same time, and the batch ends with the slowest. So a batch is small.
      batchSize: trigger.batchSize ?? 5,
      reportBatchItemFailures: true,
      maxConcurrency: stage.eventConcurrency,
    });
  }
}
