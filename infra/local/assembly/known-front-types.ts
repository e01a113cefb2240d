import type { KnownType } from './known-type.ts';

const tags = 'tags are labels and change nothing';
const permission = 'permissions are not enforced on one machine';
const metrics = 'no metrics are kept';

/** Resource types that receive calls and events: the HTTP API, the event bus, schedules. */
export const frontTypes: Readonly<Record<string, KnownType>> = {
  'AWS::ApiGatewayV2::Api': {
    actedOn: ['CorsConfiguration', 'DisableExecuteApiEndpoint', 'Name', 'ProtocolType'],
    noEffect: {
      Description: 'text for people',
      IpAddressType: 'the API listens on this machine only',
      Tags: tags,
    },
  },
  'AWS::ApiGatewayV2::Stage': {
    actedOn: ['ApiId', 'StageName', 'StageVariables'],
    noEffect: {
      AccessLogSettings: 'requests are written to the log of the local cloud',
      AutoDeploy: 'the local cloud always runs what the template declares',
      DefaultRouteSettings: 'only the speed of the machine limits requests',
      DeploymentId: 'the local cloud always runs what the template declares',
      Description: 'text for people',
      RouteSettings: 'only the speed of the machine limits requests',
      Tags: tags,
    },
  },
  'AWS::ApiGatewayV2::Deployment': {
    actedOn: [],
    noEffect: {
      ApiId: 'the local cloud always runs what the template declares',
      Description: 'text for people',
      StageName: 'the local cloud always runs what the template declares',
    },
  },
  'AWS::ApiGatewayV2::Route': {
    actedOn: ['ApiId', 'AuthorizationScopes', 'AuthorizationType', 'AuthorizerId', 'RouteKey', 'Target'],
    noEffect: { OperationName: 'text for people' },
  },
  'AWS::ApiGatewayV2::Integration': {
    actedOn: [
      'ApiId',
      'IntegrationMethod',
      'IntegrationType',
      'IntegrationUri',
      'PayloadFormatVersion',
      'TimeoutInMillis',
    ],
    noEffect: { CredentialsArn: permission, Description: 'text for people' },
  },
  'AWS::ApiGatewayV2::Authorizer': {
    actedOn: [
      'ApiId',
      'AuthorizerPayloadFormatVersion',
      'AuthorizerResultTtlInSeconds',
      'AuthorizerType',
      'AuthorizerUri',
      'EnableSimpleResponses',
      'IdentitySource',
      'JwtConfiguration.Audience',
      'JwtConfiguration.Issuer',
      'Name',
    ],
    noEffect: { AuthorizerCredentialsArn: permission },
  },
  'AWS::Events::EventBus': {
    actedOn: ['Name'],
    noEffect: {
      DeadLetterConfig: 'the bus uses it for failed encryption only, and nothing is encrypted here',
      Description: 'text for people',
      KmsKeyIdentifier: 'events are not encrypted on one machine',
      LogConfig: 'events are written to the log of the local cloud',
      Policy: permission,
      Tags: tags,
    },
  },
  'AWS::Events::Archive': {
    actedOn: [],
    noEffect: {
      ArchiveName: 'the local cloud keeps no archive; the table holds every fact',
      Description: 'text for people',
      EventPattern: 'the local cloud keeps no archive',
      KmsKeyIdentifier: 'the local cloud keeps no archive',
      RetentionDays: 'the local cloud keeps no archive',
      SourceArn: 'the local cloud keeps no archive',
    },
  },
  'AWS::Scheduler::Schedule': {
    actedOn: [
      'EndDate',
      'FlexibleTimeWindow',
      'GroupName',
      'Name',
      'ScheduleExpression',
      'ScheduleExpressionTimezone',
      'StartDate',
      'State',
      'Target',
    ],
    noEffect: { Description: 'text for people', KmsKeyArn: 'nothing is encrypted on one machine' },
  },
  'AWS::Scheduler::ScheduleGroup': { actedOn: ['Name'], noEffect: { Tags: tags } },
  'AWS::SNS::Topic': {
    actedOn: ['TopicName'],
    noEffect: {
      DisplayName: 'text for people',
      KmsMasterKeyId: 'nothing is encrypted on one machine',
      Subscription: 'no alarm is raised on one machine, so nobody is notified',
      Tags: tags,
      TracingConfig: metrics,
    },
  },
  'AWS::SNS::TopicPolicy': { actedOn: [], noEffect: { PolicyDocument: permission, Topics: permission } },
  'AWS::SNS::Subscription': {
    actedOn: ['TopicArn'],
    noEffect: {
      Endpoint: 'no alarm is raised on one machine, so nobody is notified',
      Protocol: 'no alarm is raised on one machine, so nobody is notified',
    },
  },
};
