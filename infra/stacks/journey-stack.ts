import { Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { stageWide } from '../../events/names.ts';
import type { TriggerEntry } from '../../events/triggers.ts';
import { JourneyApi } from '../constructs/journey-api.ts';
import { JourneyFunction } from '../constructs/journey-function.ts';
import { ParkingQueues } from '../constructs/parking-queue.ts';
import type { Stage } from '../stages.ts';
import { addFunctions, type SharedParts } from './add-functions.ts';
import { ownStackOf } from './own-stacks.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface JourneyStackProps extends StackProps {
  readonly stage: Stage;
  readonly data: StatefulStack;
  /** The functions of all stacks. */
  readonly triggers: readonly TriggerEntry[];
}

/**
 * Every function of the journey with its trigger, as the table of triggers lists them, and what it shares with the
 * stacks of single folders: the HTTP API, the group of schedules and the parking queues.
 */
export class JourneyStack extends Stack {
  /** The id of the HTTP API. It is the dimension of the API's metrics. */
  readonly apiId: string;
  /** The host name that AWS gave the API. */
  readonly apiHost: string;
  /** What the stacks of single folders share with this one. */
  readonly shared: SharedParts;

  constructor(scope: Construct, id: string, { stage, data, triggers, ...props }: JourneyStackProps) {
    super(scope, id, props);
    const parts = {
      stage,
      data,
      api: this.createApi({ stage, data, triggers }),
      group: new CfnScheduleGroup(this, 'Schedules', { name: stageWide(stage.name) }),
      parking: new ParkingQueues(this, 'Parking', stage.name),
      everyTrigger: triggers,
    };
    const own = triggers.filter((entry) => ownStackOf(entry) === undefined);
    this.shared = { ...parts, consumers: addFunctions(this, own, { ...parts, consumers: [] }) };
    this.apiId = parts.api.api.apiId;
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
}

/** Lets the authorizer read the secret by which CloudFront proves itself, if there is one. */
function readingProof({ originProofArn: arn }: StatefulStack) {
  if (arn === undefined) return {};
  const statements = [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] })];
  return { statements, environment: { SECRET_ORIGIN_PROOF: arn } };
}
