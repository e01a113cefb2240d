import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { FunctionPath, Trigger, TriggerEntry } from '../../events/triggers.ts';
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

  constructor(scope: Construct, id: string, { stage, data, triggers, ...props }: JourneyStackProps) {
    super(scope, id, props);
    const api = this.createApi({ stage, data, triggers });
    ParkingQueues.of(this, stage.name).acceptFromRulesOf(data.bus.eventBusName);
    const group = new CfnScheduleGroup(this, 'Schedules', { name: stageWide(stage.name) });
    for (const [functionId, trigger] of triggers) {
      this.addFunction({ id: functionId, trigger, stage, data, api, group });
    }
    this.apiId = api.api.apiId;
  }

  private createApi({ stage, data, triggers }: JourneyStackProps): JourneyApi {
    const authorizers = triggers.filter(([, trigger]) => trigger.kind === 'authorizer');
    const [only] = authorizers;
    if (only === undefined || authorizers.length > 1) {
      throw new Error('the storefront routes need exactly one authorizer among the triggers');
    }
    const [id, trigger] = only;
    const { handler } = new JourneyFunction(this, { id, trigger, stage, data });
    return new JourneyApi(this, 'Http', { stage, storefrontAuthorizer: handler });
  }

  private addFunction({ id, trigger, stage, data, api, group }: FunctionContext): void {
    switch (trigger.kind) {
      case 'http':
        api.addTrigger(id, trigger, new JourneyFunction(this, { id, trigger, stage, data }).handler);
        break;
      case 'bus':
        new BusSubscription(this, { id, trigger, stage, data });
        break;
      case 'stream':
        new StreamSubscription(this, { id, trigger, stage, data });
        break;
      case 'schedule':
        new Schedule(this, { id, trigger, stage, data, group });
        break;
      case 'authorizer':
        // The authorizer was created before, because the routes refer to it.
        break;
    }
  }
}

interface FunctionContext {
  readonly id: FunctionPath;
  readonly trigger: Trigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  readonly api: JourneyApi;
  readonly group: CfnScheduleGroup;
}
