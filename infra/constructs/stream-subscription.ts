import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { plainName } from '../../events/names.ts';
import type { FunctionPath, StreamTrigger } from '../../events/triggers.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { type CalledQueues, JourneyFunction } from './journey-function.ts';
import type { ParkingQueues } from './parking-queue.ts';

type Pattern = Record<string, unknown>;

/** The sort keys of items that the lake keeps once they are written for the first time. */
const WRITTEN_ONCE = [
  // Facts of orders, movements of stock by hand, and facts of replenishment orders.
  { prefix: 'FACT#' },
  { prefix: 'KEY#' },
  { prefix: 'STEP#' },
  'QUOTE',
  'REFUSED',
  'CALLBACK',
  'REPORT',
];

/** The partition keys of items that the lake keeps whenever they are written. */
const WRITTEN_ANEW = [{ prefix: 'PRODUCT#' }, { prefix: 'COST#' }, 'RATES'];

/** Items whose sort key begins like this are relayed: reports of imported rules. */
const RELAYED = ['REPORT'];

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
  changes: [
    // Facts of which a function waits for one.
    {
      eventName: FilterRule.isEqual('INSERT'),
      dynamodb: { NewImage: { outbox: { S: FilterRule.exists() } } },
    },
    ...RELAYED.map((prefix) => ({
      eventName: FilterRule.isEqual('INSERT'),
      dynamodb: { Keys: { sk: { S: FilterRule.beginsWith(prefix) } } },
    })),
    ...stockPatterns(),
  ],
  lake: [
    { eventName: FilterRule.isEqual('INSERT'), dynamodb: { Keys: { sk: { S: WRITTEN_ONCE } } } },
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { pk: { S: WRITTEN_ANEW } } } },
    ...stockPatterns(),
  ],
};

function stockPatterns(): Pattern[] {
  return STOCK.map((NewImage) => ({
    dynamodb: { Keys: { pk: { S: FilterRule.beginsWith('STOCK#') } }, NewImage },
  }));
}

/**
 * How changes are put into batches. What starts the next step of an order is handed over at once. The lake waits, so
 * that one invocation and one record of its delivery stream hold the changes of many orders.
 */
function batchingOf({ watches }: StreamTrigger, { lakeBufferSeconds }: Stage) {
  if (watches !== 'lake') return { batchSize: 100, parallelizationFactor: 10 };
  const seconds = Math.min(MAX_WINDOW_SECONDS, lakeBufferSeconds);
  return { batchSize: 1_000, maxBatchingWindow: Duration.seconds(seconds) };
}

/** The longest time for which Lambda gathers a batch. */
const MAX_WINDOW_SECONDS = 300;

export interface StreamSubscriptionProps {
  readonly id: FunctionPath;
  readonly trigger: StreamTrigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly parking: ParkingQueues;
  /** The queues to which it sends. */
  readonly queues: CalledQueues;
}

/** A function that receives changes of the table. Changes of one item arrive in the order of their writes. */
export class StreamSubscription extends Construct {
  constructor(scope: Construct, { id, trigger, stage, data, parking, queues }: StreamSubscriptionProps) {
    super(scope, `${plainName(id)}Stream`);
    const { tableStreamArn } = data.table;
    if (tableStreamArn === undefined) throw new Error('the table has no stream');
    const { undelivered } = parking;
    const { handler } = new JourneyFunction(scope, {
      id,
      trigger,
      stage,
      data,
      queues,
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
      ...batchingOf(trigger, stage),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      // Only an outage makes a batch fail, so it is repeated for nearly as long as the stream keeps its records, which
      // is a day. What is older than this is noted in the parking queue, where its alarm says that events are missing.
      maxRecordAge: Duration.hours(23),
      onFailure: { bind: () => ({ destination: undelivered.queueArn }) },
      filters: streamPatterns[trigger.watches].map((pattern) => FilterCriteria.filter(pattern)),
    });
  }
}
