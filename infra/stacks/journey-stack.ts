import { Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { receives } from '../../events/consumers.ts';
import { stageWide } from '../../events/names.ts';
import type { FunctionPath, QueueTrigger, Trigger, TriggerEntry } from '../../events/triggers.ts';
import { JourneyApi } from '../constructs/journey-api.ts';
import { type CalledQueues, JourneyFunction } from '../constructs/journey-function.ts';
import { QueueSubscription } from '../constructs/queue-subscription.ts';
import { Schedule } from '../constructs/schedule.ts';
import { StreamSubscription } from '../constructs/stream-subscription.ts';
import type { Stage } from '../stages.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface JourneyStackProps extends StackProps {
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly triggers: readonly TriggerEntry[];
}

/** Every function of the journey with its trigger, as the table of triggers lists them. */
export class JourneyStack extends Stack {
  /** The id of the HTTP API. It is the dimension of the API's metrics. */
  readonly apiId: string;
  /** The host name that AWS gave the API. */
  readonly apiHost: string;

  constructor(scope: Construct, id: string, { stage, data, triggers, ...props }: JourneyStackProps) {
    super(scope, id, props);
    const api = this.createApi({ stage, data, triggers });
    const group = new CfnScheduleGroup(this, 'Schedules', { name: stageWide(stage.name) });
    const consumers = this.addConsumers({ stage, data, triggers });
    for (const [functionId, trigger] of triggers) {
      const queues = queuesFor(trigger, consumers);
      this.addFunction({ id: functionId, trigger, stage, data, api, group, queues });
    }
    this.apiId = api.api.apiId;
    this.apiHost = `${this.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
  }

  private createApi({ stage, data, triggers }: JourneyStackProps): JourneyApi {
    const authorizers = triggers.filter(([, trigger]) => trigger.kind === 'authorizer');
    const [only] = authorizers;
    if (only === undefined || authorizers.length > 1) {
      throw new Error('the storefront routes need exactly one authorizer among the triggers');
    }
    const [id, trigger] = only;
    const { handler } = new JourneyFunction(this, { id, trigger, stage, data, ...readingProof(data) });
    return new JourneyApi(this, 'Http', { stage, storefrontAuthorizer: handler, tokens: data.tokens });
  }

  /** The queues of all functions come first, because others send to them. */
  private addConsumers({ stage, data, triggers }: Omit<JourneyStackProps, keyof StackProps>): Consumers {
    const consumers = triggers.flatMap(([id, trigger]) =>
      trigger.kind === 'queue'
        ? [{ id, trigger, subscription: new QueueSubscription(this, { id, trigger, stage, data }) }]
        : [],
    );
    for (const { trigger, subscription } of consumers)
      subscription.addFunction(this, queuesFor(trigger, consumers));
    return consumers;
  }

  private addFunction({ id, trigger, stage, data, api, group, queues }: FunctionContext): void {
    switch (trigger.kind) {
      case 'http':
        api.addTrigger(id, trigger, new JourneyFunction(this, { id, trigger, stage, data, queues }).handler);
        break;
      case 'stream':
        new StreamSubscription(this, { id, trigger, stage, data, queues });
        break;
      case 'schedule':
        new Schedule(this, { id, trigger, stage, data, group, queues, apiId: api.api.apiId });
        break;
      case 'queue':
      case 'authorizer':
        // Created first, because others refer to them.
        break;
    }
  }
}

type Consumers = readonly {
  readonly id: FunctionPath;
  readonly trigger: QueueTrigger;
  readonly subscription: QueueSubscription;
}[];

/** The queues to which a function sends. Throws an Error if no function takes what it sends. */
function queuesFor(trigger: Trigger, consumers: Consumers): CalledQueues {
  const queues: Partial<Record<keyof CalledQueues, IQueue>> = {};
  for (const kind of trigger.sends ?? [])
    for (const { id, subscription } of consumers.filter((each) => receives(each.trigger, kind)))
      queues[id] = subscription.queue;
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

function theOne(consumers: Consumers, what: string, takes: (trigger: QueueTrigger) => boolean): IQueue {
  const found = consumers.find(({ trigger }) => takes(trigger));
  if (found === undefined) throw new Error(`no function takes ${what}`);
  return found.subscription.queue;
}

/** Lets the authorizer read the secret by which CloudFront proves itself, if there is one. */
function readingProof({ originProofArn: arn }: StatefulStack) {
  if (arn === undefined) return {};
  const statements = [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] })];
  return { statements, environment: { SECRET_ORIGIN_PROOF: arn } };
}

interface FunctionContext {
  readonly id: FunctionPath;
  readonly trigger: Trigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly api: JourneyApi;
  readonly group: CfnScheduleGroup;
  readonly queues: CalledQueues;
}
