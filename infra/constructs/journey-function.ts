import { readFileSync } from 'node:fs';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, CfnFunction, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionName, plainName } from '../../events/names.ts';
import { type QueueName, queueVariable } from '../../events/queues.ts';
import { DEFAULT_MEMORY_MB } from '../../events/trigger.ts';
import type { FunctionPath, SecretName, Trigger } from '../../events/triggers.ts';

import { ENGINE_METADATA } from '../engine-metadata.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { bundledCode } from './bundle.ts';
import { lakeResources, statementsFor } from './permissions.ts';
import { reservedFor } from './reserved-concurrency.ts';

const packageFile: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

export const DEFAULT_TIMEOUT_SECONDS = 10;

/** The queues that a function calls, by our name of the queue or by the function behind it. */
export type CalledQueues = Readonly<Partial<Record<QueueName | FunctionPath, IQueue>>>;

export interface JourneyFunctionProps {
  readonly id: FunctionPath;
  readonly trigger: Trigger;
  readonly stage: Stage;
  readonly data: StatefulStack;
  /** Further permissions that the trigger needs, such as receiving from its queue. */
  readonly statements?: readonly PolicyStatement[];
  /** The queues that it calls. It may send to those that are not its own. */
  readonly queues?: CalledQueues;
  /** Further settings of the trigger itself. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One function of the journey, with its own role and the settings that it reads. */
export class JourneyFunction extends Construct {
  readonly handler: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, props: JourneyFunctionProps) {
    const { id, trigger, stage, data, statements = [], queues = {} } = props;
    super(scope, plainName(id));
    const name = functionName(stage.name, id);
    const logging = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [data.log.logGroupArn],
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `${id}: ${trigger.does}`,
      inlinePolicies: {
        OnlyWhatItNeeds: new PolicyDocument({
          statements: [logging, ...statementsFor(trigger, data), ...sending(queues), ...statements],
        }),
      },
    });
    acknowledgeLake(this.role, props);
    if (trigger.counts)
      acknowledge(
        this.role,
        'AwsSolutions-IAM5[Resource::*]',
        'IAM can not name a metric: cloudwatch:GetMetricData is for all of them, and it only reads.',
      );
    const { memoryMb = DEFAULT_MEMORY_MB, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, ephemeralMb } = trigger;
    const reserved = reservedFor(id, trigger, stage);
    this.handler = new NodejsFunction(this, 'Function', {
      functionName: name,
      description: trigger.does,
      code: bundledCode(this, {
        id,
        engine: stage.name === 'local' ? undefined : trigger.engine,
      }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      role: this.role,
      logGroup: data.log,
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own lines only for invocations that failed: an alarm counts them.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: environmentOf(props),
      ...(ephemeralMb === undefined ? {} : { ephemeralStorageSize: Size.mebibytes(ephemeralMb) }),
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    });
    const { defaultChild } = this.handler.node;
    if (trigger.engine !== undefined && defaultChild instanceof CfnFunction)
      defaultChild.addMetadata(ENGINE_METADATA, trigger.engine);
  }
}

/** A rule names a resource of another stack by the JSON of what reads its output. */
function acknowledgeLake(role: Role, { trigger, data }: JourneyFunctionProps): void {
  for (const resource of lakeResources(trigger, data)) {
    const { 'Fn::Join': [, [output, objects = ''] = []] = [] } = Stack.of(role).resolve(resource);
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${JSON.stringify(output)}${objects}]`,
      'The objects of the lake are named by days and by their time of arrival. The prefix of the bucket is named.',
    );
  }
}

/** The environment variable that holds the ARN of a secret: `SECRET_QUOTE_SIGNING` for `quote-signing`. */
function secretVariable(name: SecretName): string {
  return `SECRET_${name.toUpperCase().replaceAll('-', '_')}`;
}

function sending({ own, ...others }: CalledQueues): PolicyStatement[] {
  const resources = queuesOf(others).map(([, { queueArn }]) => queueArn);
  return resources.length === 0 ? [] : [new PolicyStatement({ actions: ['sqs:SendMessage'], resources })];
}

const queuesOf = (queues: CalledQueues) => Object.entries(queues) as [QueueName | FunctionPath, IQueue][];

function environmentOf(props: JourneyFunctionProps): Record<string, string> {
  const { id, trigger, stage, data, queues = {}, environment = {} } = props;
  const urls = queuesOf(queues).map(([name, { queueUrl }]) => [queueVariable(name), queueUrl]);
  const secrets = (trigger.secrets ?? []).map((name) => [secretVariable(name), data.secretArns[name]]);
  return {
    TABLE_NAME: data.table.tableName,
    BUS_NAME: data.bus.eventBusName,
    STAGE: stage.name,
    BUILD: packageFile.version,
    SERVICE_NAME: plainName(id),
    ...(stage.domain?.firewall ? { BEHIND_PROXY: 'true' } : {}),
    ...(stage.publishesAllFacts ? { PUBLISH_ALL_FACTS: 'true' } : {}),
    ...(trigger.lake === undefined ? {} : { LAKE_BUCKET: data.lake.bucket.bucketName }),
    ...(trigger.captures ? { RECORD_STREAM: data.lake.streamName } : {}),
    ...Object.fromEntries([...secrets, ...urls]),
    ...environment,
  };
}
