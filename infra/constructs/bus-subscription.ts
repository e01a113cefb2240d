import { Duration } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVES } from '../../events/queues.ts';
import type { BusTrigger, FunctionPath } from '../../events/triggers.ts';
import { WorkDue } from '../../events/work.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { DEFAULT_TIMEOUT_SECONDS, JourneyFunction } from './journey-function.ts';
import { functionName, plainName } from './names.ts';
import { ParkingQueues } from './parking-queue.ts';

/**
 * AWS recommends six times the function's timeout, so that a slow batch is not delivered a second time. Messages wait
 * for it after a crash. After a failure the function asks for its messages sooner.
 */
const VISIBILITY_TIMEOUTS = 6;

export interface BusSubscriptionProps {
  readonly id: FunctionPath;
  readonly trigger: BusTrigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
}

/** A function behind its own queue, with a rule for what comes over the bus. */
export class BusSubscription extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, { id, trigger, stage, data }: BusSubscriptionProps) {
    super(scope, `${plainName(id)}Events`);
    const timeout = Duration.seconds(trigger.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
    const parking = ParkingQueues.of(this, stage.name);
    this.queue = new Queue(this, 'Queue', {
      queueName: functionName(stage.name, id),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * VISIBILITY_TIMEOUTS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: parking.failed, maxReceiveCount: MAX_RECEIVES },
    });
    const eventPattern = patternOf(trigger);
    if (eventPattern !== undefined) this.addRule(id, eventPattern, { data, parking });
    const { handler } = new JourneyFunction(scope, {
      id,
      trigger,
      stage,
      data,
      queues: { own: this.queue },
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
      batchSize: 5,
      reportBatchItemFailures: true,
      maxConcurrency: stage.eventConcurrency,
    });
  }

  // An event that the rule cannot deliver, for instance because of a wrong policy, is parked with the names of the rule
  // and of its target.
  private addRule(id: FunctionPath, eventPattern: object, { data, parking }: Around): void {
    const rule = new CfnRule(this, 'Rule', {
      description: `Sends ${plainName(id)} the events that it reacts to`,
      eventBusName: data.bus.eventBusName,
      eventPattern,
      targets: [
        {
          id: 'Queue',
          arn: this.queue.queueArn,
          deadLetterConfig: { arn: parking.undelivered.queueArn },
        },
      ],
    });
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
}

interface Around {
  readonly data: StatefulStack;
  readonly parking: ParkingQueues;
}

interface EventPattern {
  readonly 'detail-type': readonly string[];
  readonly detail?: object;
}

/** The pattern of what a trigger wants of the bus: facts, or steps of due work; undefined where it wants nothing. */
export function patternOf({ facts, work }: BusTrigger): object | undefined {
  const whole = (facts ?? []).filter((wanted) => typeof wanted === 'string');
  const choices: EventPattern[] = whole.length === 0 ? [] : [{ 'detail-type': whole }];
  for (const wanted of facts ?? []) {
    if (typeof wanted !== 'string')
      choices.push({ 'detail-type': [wanted.name], detail: { data: wanted.where } });
  }
  if (work !== undefined) choices.push({ 'detail-type': [WorkDue.name], detail: { step: work } });
  if (choices.length === 0) return undefined;
  const source = ['entrepot'];
  // EventBridge requires at least two branches in an $or.
  return choices.length === 1 ? { source, ...choices[0] } : { source, $or: choices };
}
