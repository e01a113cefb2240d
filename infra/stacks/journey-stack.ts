import { Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CallbackKind } from '../../events/callback.ts';
import type { FunctionPath, HttpTrigger, Trigger, TriggerEntry } from '../../events/triggers.ts';
import { BusSubscription } from '../constructs/bus-subscription.ts';
import { JourneyApi } from '../constructs/journey-api.ts';
import { JourneyFunction } from '../constructs/journey-function.ts';
import { stageWide } from '../constructs/names.ts';
import { ParkingQueues } from '../constructs/parking-queue.ts';
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
    ParkingQueues.of(this, stage.name).acceptFromRulesOf(data.bus.eventBusName);
    const group = new CfnScheduleGroup(this, 'Schedules', { name: stageWide(stage.name) });
    const queues = this.addConsumers({ stage, data, triggers });
    for (const [functionId, trigger] of triggers) {
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

  /** The functions with queues come first, because others send to these queues. */
  private addConsumers({ stage, data, triggers }: Omit<JourneyStackProps, keyof StackProps>): DirectQueues {
    const callbacks = new Map<CallbackKind, IQueue>();
    let unrelayed: IQueue | undefined;
    for (const [id, trigger] of triggers) {
      if (trigger.kind !== 'bus') continue;
      const { queue } = new BusSubscription(this, { id, trigger, stage, data });
      if (trigger.callback !== undefined) callbacks.set(trigger.callback, queue);
      if (trigger.unrelayed) unrelayed = queue;
    }
    if (unrelayed === undefined) throw new Error('no function takes what the relays can not publish');
    return { callbacks, unrelayed };
  }

  private addFunction({ id, trigger, stage, data, api, group, queues }: FunctionContext): void {
    switch (trigger.kind) {
      case 'http':
        api.addTrigger(id, trigger, this.addHttpFunction({ id, trigger, stage, data, queues }));
        break;
      case 'stream':
        new StreamSubscription(this, { id, trigger, stage, data, unrelayed: queues.unrelayed });
        break;
      case 'schedule':
        new Schedule(this, { id, trigger, stage, data, group });
        break;
      case 'bus':
      case 'authorizer':
        // Created first, because others refer to them.
        break;
    }
  }

  private addHttpFunction({ id, trigger, stage, data, queues }: HttpContext) {
    const { callback } = trigger;
    const props = { id, trigger, stage, data };
    if (callback === undefined) return new JourneyFunction(this, props).handler;
    const callbacks = queues.callbacks.get(callback);
    if (callbacks === undefined) throw new Error(`no function takes callbacks of the kind ${callback}`);
    return new JourneyFunction(this, { ...props, queues: { callbacks } }).handler;
  }
}

/** Lets the authorizer read the secret by which CloudFront proves itself, if there is one. */
function readingProof({ originProofArn: arn }: StatefulStack) {
  if (arn === undefined) return {};
  const statements = [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] })];
  return { statements, environment: { SECRET_ORIGIN_PROOF: arn } };
}

/** The queues to which functions send without the bus. */
interface DirectQueues {
  readonly callbacks: ReadonlyMap<CallbackKind, IQueue>;
  readonly unrelayed: IQueue;
}

interface FunctionContext {
  readonly id: FunctionPath;
  readonly trigger: Trigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly api: JourneyApi;
  readonly group: CfnScheduleGroup;
  readonly queues: DirectQueues;
}

interface HttpContext extends Pick<FunctionContext, 'id' | 'stage' | 'data' | 'queues'> {
  readonly trigger: HttpTrigger;
}
