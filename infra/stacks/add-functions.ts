import type { Stack } from 'aws-cdk-lib';
import type { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { receives } from '../../events/consumers.ts';
import type { FunctionPath, QueueTrigger, SentKind, TriggerEntry } from '../../events/triggers.ts';
import type { JourneyApi } from '../constructs/journey-api.ts';
import { type CalledQueues, JourneyFunction } from '../constructs/journey-function.ts';
import type { ParkingQueues } from '../constructs/parking-queue.ts';
import { QueueSubscription } from '../constructs/queue-subscription.ts';
import { Schedule } from '../constructs/schedule.ts';
import { StreamSubscription } from '../constructs/stream-subscription.ts';
import type { Stage } from '../stages.ts';
import type { StatefulStack } from './stateful-stack.ts';

/** What the functions of all stacks share. */
export interface SharedParts {
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly api: JourneyApi;
  readonly group: CfnScheduleGroup;
  readonly parking: ParkingQueues;
  /** The functions of all stacks. */
  readonly everyTrigger: readonly TriggerEntry[];
  /** The queues of the stacks that are deployed before. */
  readonly consumers: Consumers;
}

/** The queues of functions, each with its function. */
export type Consumers = readonly {
  readonly id: FunctionPath;
  readonly trigger: QueueTrigger;
  readonly subscription: QueueSubscription;
}[];

/**
 * Adds functions with their triggers to a stack: routes, queues, the stream and schedules. A function may send to the
 * queues of its own stack and of those that are deployed before. Gives all of these queues. Throws an Error if no
 * function takes what another one sends, or if one that does is in a stack that is deployed later.
 */
export function addFunctions(
  stack: Stack,
  triggers: readonly TriggerEntry[],
  { consumers: earlier, ...shared }: SharedParts,
): Consumers {
  const { stage, data, api, group, parking } = shared;
  // The queues of all functions come first, because others send to them.
  const own = triggers.flatMap(([id, trigger]) =>
    trigger.kind === 'queue'
      ? [
          {
            ...{ id, trigger },
            subscription: new QueueSubscription(stack, { id, trigger, stage, data, parking }),
          },
        ]
      : [],
  );
  const consumers = [...earlier, ...own];
  const queuesOf = (entry: TriggerEntry) => queuesFor(entry, consumers, shared.everyTrigger);
  for (const { id, trigger, subscription } of own) subscription.addFunction(stack, queuesOf([id, trigger]));
  for (const [id, trigger] of triggers) {
    switch (trigger.kind) {
      case 'http': {
        const queues = queuesOf([id, trigger]);
        api.addTrigger(id, trigger, new JourneyFunction(stack, { id, trigger, stage, data, queues }).handler);
        break;
      }
      case 'stream': {
        const queues = queuesOf([id, trigger]);
        new StreamSubscription(stack, { id, trigger, stage, data, parking, queues });
        break;
      }
      case 'schedule': {
        const { apiId } = api.api;
        const queues = queuesOf([id, trigger]);
        new Schedule(stack, { id, trigger, stage, data, parking, group, queues, apiId });
        break;
      }
      case 'queue':
      case 'authorizer':
        // Created first, because others refer to them.
        break;
    }
  }
  return consumers;
}

/** The queues to which a function sends. */
function queuesFor(
  [id, trigger]: TriggerEntry,
  consumers: Consumers,
  everyTrigger: readonly TriggerEntry[],
): CalledQueues {
  const queues: Partial<Record<keyof CalledQueues, IQueue>> = {};
  for (const kind of trigger.sends ?? [])
    for (const receiver of receiversOf(kind, everyTrigger)) {
      const found = consumers.find((each) => each.id === receiver);
      if (found === undefined)
        throw new Error(`${id} sends to ${receiver}, whose stack is deployed later: put them in one stack`);
      queues[receiver] = found.subscription.queue;
    }
  if (trigger.kind === 'stream')
    queues.unrelayed = theOne(consumers, 'items that can not be relayed', (each) => each.unrelayed === true);
  if (trigger.kind === 'http' && trigger.callback !== undefined) {
    const { callback } = trigger;
    queues.callbacks = theOne(
      consumers,
      `callbacks of the kind ${callback}`,
      (each) => each.callback === callback,
    );
  }
  return queues;
}

const receiversOf = (kind: SentKind, triggers: readonly TriggerEntry[]): FunctionPath[] =>
  triggers.flatMap(([id, trigger]) => (receives(trigger, kind) ? [id] : []));

function theOne(consumers: Consumers, what: string, takes: (trigger: QueueTrigger) => boolean): IQueue {
  const found = consumers.find(({ trigger }) => takes(trigger));
  if (found === undefined) throw new Error(`no function takes ${what}`);
  return found.subscription.queue;
}
