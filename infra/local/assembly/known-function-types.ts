import type { KnownType } from './known-type.ts';

const permission = 'permissions are not enforced on one machine';
const tags = 'tags are labels and change nothing';

/** Resource types of functions, of the permission to call them and of the sources that feed them. */
export const functionTypes: Readonly<Record<string, KnownType>> = {
  'AWS::Lambda::Function': {
    actedOn: [
      'Code.S3Bucket',
      'Code.S3Key',
      'Environment.Variables',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'ReservedConcurrentExecutions',
      'Timeout',
    ],
    noEffect: {
      Architectures: 'JavaScript code is the same for every processor',
      DeadLetterConfig:
        'it serves asynchronous invocations only; rules and schedules here have queues of their own',
      Description: 'text for people',
      EphemeralStorage: 'the temporary folder has the space of the machine',
      KmsKeyArn: 'the environment is not encrypted on one machine',
      PackageType: 'only zip bundles are read',
      RecursiveLoop: 'loops between services are not watched here',
      Role: permission,
      Runtime: 'each function runs in the Node of this process',
      RuntimeManagementConfig: 'the runtime is the Node of this process',
      SnapStart: 'no snapshot is taken',
      Tags: tags,
      TracingConfig: 'no traces are kept',
    },
  },
  'AWS::Lambda::Permission': {
    actedOn: [],
    noEffect: {
      Action: permission,
      FunctionName: permission,
      Principal: permission,
      SourceAccount: permission,
      SourceArn: permission,
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    actedOn: [
      'BatchSize',
      'BisectBatchOnFunctionError',
      'DestinationConfig.OnFailure',
      'Enabled',
      'EventSourceArn',
      'FilterCriteria.Filters',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'MaximumRecordAgeInSeconds',
      'MaximumRetryAttempts',
      'ParallelizationFactor',
      'ScalingConfig.MaximumConcurrency',
      'StartingPosition',
    ],
    noEffect: {
      MetricsConfig: 'no metrics are kept',
      ProvisionedPollerConfig: 'polling is not provisioned on one machine',
      Tags: tags,
    },
  },
  'AWS::Lambda::EventInvokeConfig': {
    actedOn: [
      'DestinationConfig.OnFailure',
      'FunctionName',
      'MaximumEventAgeInSeconds',
      'MaximumRetryAttempts',
      'Qualifier',
    ],
    noEffect: {},
  },
  'AWS::Lambda::Version': {
    actedOn: ['FunctionName'],
    noEffect: {
      CodeSha256: 'only one version of the code runs',
      Description: 'text for people',
      ProvisionedConcurrencyConfig: 'the local cloud always keeps warm workers',
      RuntimePolicy: 'the runtime is the Node of this process',
    },
  },
  'AWS::Lambda::Alias': {
    actedOn: ['FunctionName', 'Name'],
    noEffect: {
      Description: 'text for people',
      FunctionVersion: 'only one version of the code runs',
      ProvisionedConcurrencyConfig: 'the local cloud always keeps warm workers',
    },
  },
  'AWS::IAM::Role': {
    actedOn: ['RoleName'],
    noEffect: {
      AssumeRolePolicyDocument: permission,
      Description: 'text for people',
      ManagedPolicyArns: permission,
      MaxSessionDuration: permission,
      Path: permission,
      PermissionsBoundary: permission,
      Policies: permission,
      Tags: tags,
    },
  },
  'AWS::IAM::Policy': {
    actedOn: [],
    noEffect: {
      Groups: permission,
      PolicyDocument: permission,
      PolicyName: permission,
      Roles: permission,
      Users: permission,
    },
  },
  'AWS::IAM::ManagedPolicy': {
    actedOn: ['ManagedPolicyName'],
    noEffect: {
      Description: 'text for people',
      Groups: permission,
      Path: permission,
      PolicyDocument: permission,
      Roles: permission,
      Users: permission,
    },
  },
  'AWS::Logs::LogGroup': {
    actedOn: ['LogGroupName'],
    noEffect: {
      DataProtectionPolicy: 'the local cloud masks nothing in its log files',
      KmsKeyId: 'log files are not encrypted on one machine',
      LogGroupClass: 'it only sets the price',
      RetentionInDays: 'log files are kept until the data folder is removed',
      Tags: tags,
    },
  },
};
