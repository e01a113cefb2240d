import { createHash } from 'node:crypto';

/** The facts from which the identity of a resource is made. */
export interface IdentityInput {
  readonly logicalId: string;
  readonly stack: string;
  readonly region: string;
  readonly account: string;
  /** Where the HTTP API answers on this machine. */
  readonly apiUrl: string;
  /** The resolved value of a property of the resource; undefined when the template does not set the property. */
  property(name: string): unknown;
}

/** The values that `Ref` and `Fn::GetAtt` give for one resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Record<string, string>;
}

type Identify = (input: IdentityInput) => Identity;

/**
 * The name and ARN of a resource, by its type. They have the form of AWS's own. They are the same at every start, so
 * that a function finds again what it stored under such a name.
 */
export const identities: Record<string, Identify> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::KMS::Key': (i) => {
    const id = uuidOf(i);
    return { ref: id, attributes: { Arn: arn(i, 'kms', `key/${id}`), KeyId: id } };
  },
  'AWS::KMS::Alias': (i) => ({ ref: nameOf(i, 'AliasName', 256), attributes: {} }),
  'AWS::Events::EventBus': (i) => {
    const name = nameOf(i, 'Name', 256);
    return { ref: name, attributes: { Arn: arn(i, 'events', `event-bus/${name}`), Name: name } };
  },
  'AWS::Events::Archive': (i) => named(i, 'ArchiveName', 48, (name) => arn(i, 'events', `archive/${name}`)),
  'AWS::SQS::Queue': (i) => {
    const name = nameOf(i, 'QueueName', 80);
    const url = `https://sqs.${i.region}.amazonaws.com/${i.account}/${name}`;
    return { ref: url, attributes: { Arn: arn(i, 'sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::SQS::QueuePolicy': idOnly,
  'AWS::S3::Bucket': (i) => {
    // A bucket's name has small letters only.
    const name = nameOf(i, 'BucketName', 63).toLowerCase();
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
  },
  'AWS::S3::BucketPolicy': idOnly,
  'AWS::KinesisFirehose::DeliveryStream': (i) =>
    named(i, 'DeliveryStreamName', 64, (name) => arn(i, 'firehose', `deliverystream/${name}`)),
  'AWS::Glue::Database': idOnly,
  'AWS::Glue::Table': idOnly,
  'AWS::SecretsManager::Secret': (i) => {
    const secretArn = arn(i, 'secretsmanager', `secret:${nameOf(i, 'Name', 512)}-Local1`);
    return { ref: secretArn, attributes: { Id: secretArn } };
  },
  'AWS::Lambda::Function': (i) => {
    return named(i, 'FunctionName', 64, (name) => arn(i, 'lambda', `function:${name}`));
  },
  'AWS::Lambda::Permission': idOnly,
  'AWS::Lambda::EventSourceMapping': (i) => {
    const id = uuidOf(i);
    const mappingArn = arn(i, 'lambda', `event-source-mapping:${id}`);
    return { ref: id, attributes: { Id: id, EventSourceMappingArn: mappingArn } };
  },
  'AWS::Lambda::EventInvokeConfig': idOnly,
  'AWS::Lambda::Version': (i) => {
    const functionArn = functionArnOf(i);
    return { ref: `${functionArn}:1`, attributes: { Version: '1', FunctionArn: `${functionArn}:1` } };
  },
  'AWS::Lambda::Alias': (i) => {
    const aliasArn = `${functionArnOf(i)}:${nameOf(i, 'Name', 128)}`;
    return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
  },
  'AWS::IAM::Role': (i) => {
    const name = nameOf(i, 'RoleName', 64);
    const roleArn = `arn:aws:iam::${i.account}:role/${name}`;
    return { ref: name, attributes: { Arn: roleArn, RoleId: idOf(i, 20).toUpperCase() } };
  },
  'AWS::IAM::Policy': idOnly,
  'AWS::IAM::ManagedPolicy': (i) => {
    const policyArn = `arn:aws:iam::${i.account}:policy/${nameOf(i, 'ManagedPolicyName', 128)}`;
    return { ref: policyArn, attributes: { PolicyArn: policyArn } };
  },
  'AWS::Logs::LogGroup': (i) => {
    return named(i, 'LogGroupName', 512, (name) => arn(i, 'logs', `log-group:${name}:*`));
  },
  'AWS::Logs::LogStream': (i) => ({ ref: nameOf(i, 'LogStreamName', 512), attributes: {} }),
  'AWS::Logs::MetricFilter': (i) => ({ ref: nameOf(i, 'FilterName', 512), attributes: {} }),
  'AWS::ApiGatewayV2::Api': (i) => {
    const id = idOf(i, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: i.apiUrl } };
  },
  'AWS::ApiGatewayV2::Stage': (i) => ({ ref: nameOf(i, 'StageName', 128), attributes: {} }),
  'AWS::ApiGatewayV2::Route': (i) => ({ ref: idOf(i, 7), attributes: { RouteId: idOf(i, 7) } }),
  'AWS::ApiGatewayV2::Integration': (i) => ({ ref: idOf(i, 7), attributes: { IntegrationId: idOf(i, 7) } }),
  'AWS::ApiGatewayV2::Authorizer': (i) => ({ ref: idOf(i, 7), attributes: { AuthorizerId: idOf(i, 7) } }),
  'AWS::ApiGatewayV2::Deployment': (i) => ({ ref: idOf(i, 7), attributes: { DeploymentId: idOf(i, 7) } }),
  'AWS::Scheduler::Schedule': (i) => {
    const group = i.property('GroupName') ?? 'default';
    return named(i, 'Name', 64, (name) => arn(i, 'scheduler', `schedule/${String(group)}/${name}`));
  },
  'AWS::Scheduler::ScheduleGroup': (i) => {
    return named(i, 'Name', 64, (name) => arn(i, 'scheduler', `schedule-group/${name}`));
  },
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  'AWS::CloudWatch::Dashboard': (i) => ({ ref: nameOf(i, 'DashboardName', 255), attributes: {} }),
  'AWS::SNS::Topic': (i) => {
    const name = nameOf(i, 'TopicName', 256);
    const topicArn = arn(i, 'sns', name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::SNS::TopicPolicy': idOnly,
  'AWS::SNS::Subscription': (i) => {
    const subscriptionArn = `${String(i.property('TopicArn'))}:${uuidOf(i)}`;
    return { ref: subscriptionArn, attributes: { Arn: subscriptionArn } };
  },
  'AWS::SSM::Parameter': (i) => {
    const value = String(i.property('Value') ?? '');
    return { ref: nameOf(i, 'Name', 1011), attributes: { Type: 'String', Value: value } };
  },
  'AWS::CDK::Metadata': idOnly,
};

function table(i: IdentityInput): Identity {
  const name = nameOf(i, 'TableName', 255);
  const tableArn = arn(i, 'dynamodb', `table/${name}`);
  const StreamArn = `${tableArn}/stream/2026-01-01T00:00:00.000`;
  return { ref: name, attributes: { Arn: tableArn, StreamArn, TableId: uuidOf(i) } };
}

function alarm(i: IdentityInput): Identity {
  return named(i, 'AlarmName', 255, (name) => arn(i, 'cloudwatch', `alarm:${name}`));
}

function idOnly(i: IdentityInput): Identity {
  return { ref: i.logicalId, attributes: { Id: i.logicalId } };
}

function named(i: IdentityInput, property: string, limit: number, arnOf: (name: string) => string): Identity {
  const name = nameOf(i, property, limit);
  return { ref: name, attributes: { Arn: arnOf(name) } };
}

function nameOf(i: IdentityInput, property: string, limit: number): string {
  const given = i.property(property);
  if (typeof given === 'string') return given;
  return `${i.stack}-${i.logicalId}`.slice(0, limit);
}

function functionArnOf(i: IdentityInput): string {
  const name = String(i.property('FunctionName'));
  return name.startsWith('arn:') ? name : arn(i, 'lambda', `function:${name}`);
}

function arn(i: IdentityInput, service: string, resource: string): string {
  return `arn:aws:${service}:${i.region}:${i.account}:${resource}`;
}

function idOf(i: IdentityInput, length: number): string {
  return createHash('sha256').update(`${i.stack}/${i.logicalId}`).digest('hex').slice(0, length);
}

function uuidOf(i: IdentityInput): string {
  return idOf(i, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
