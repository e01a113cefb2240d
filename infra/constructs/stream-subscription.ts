import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionPath, StreamTrigger } from '../../events/triggers.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { JourneyFunction } from './journey-function.ts';
import { plainName } from './names.ts';
import { ParkingQueues } from './parking-queue.ts';

type Pattern = Record<string, unknown>;

/**
 * Items whose sort key begins with one of these are relayed: an order's facts, partners' calls and reports of
 * imported rules.
 */
const RELAYED = ['FACT#', 'CALLBACK', 'REPORT'];

/** A stream has numbers as text. */
const NONE = ['0'];
const SOME = [{ 'anything-but': NONE }];

/**
 * Changes of stock that are published: somebody changed it by hand, an order took the last unit, or an order returned
 * the first unit.
 */
const STOCK = [
  { changedBy: { S: ['hand'] } },
  { changedBy: { S: ['order'] }, available: { N: NONE }, availableBefore: { N: SOME } },
  { changedBy: { S: ['order'] }, available: { N: SOME }, availableBefore: { N: NONE } },
];

/**
 * The changes of the table that a function receives. Other changes cost nothing. A mapping accepts at most five
 * patterns.
 */
export const streamPatterns: Readonly<Record<StreamTrigger['watches'], readonly Pattern[]>> = {
  facts: RELAYED.map((prefix) => ({
    eventName: FilterRule.isEqual('INSERT'),
    dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(prefix) } } },
  })),
  stock: STOCK.map((NewImage) => ({
    dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('STOCK#') } }, NewImage },
  })),
};

export interface StreamSubscriptionProps {
  readonly id: FunctionPath;
  readonly trigger: StreamTrigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
}

/** A function that receives changes of the table. Changes of one item arrive in the order of their writes. */
export class StreamSubscription extends Construct {
  constructor(scope: Construct, { id, trigger, stage, data }: StreamSubscriptionProps) {
    super(scope, `${plainName(id)}Stream`);
    const { tableStreamArn } = data.table;
    if (tableStreamArn === undefined) throw new Error('the table has no stream');
    const { undelivered } = ParkingQueues.of(this, stage.name);
    const { handler } = new JourneyFunction(scope, {
      id,
      trigger,
      stage,
      data,
      statements: [
        new PolicyStatement({
          actions: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          resources: [tableStreamArn],
        }),
        undelivered.sending(),
      ],
    });
    new EventSourceMapping(this, 'Source', {
      target: handler,
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      parallelizationFactor: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // The stream keeps records for a day. A record that failed this number of times or for this long is parked. The
      // sweep of late work repeats its effect.
      retryAttempts: 20,
      maxRecordAge: Duration.hours(12),
      onFailure: { bind: () => ({ destination: undelivered.queueArn }) },
      filters: streamPatterns[trigger.watches].map((pattern) => FilterCriteria.filter(pattern)),
    });
  }
}
