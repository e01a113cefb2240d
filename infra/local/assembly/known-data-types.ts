import type { KnownType } from './known-type.ts';

const tags = 'tags are labels and change nothing';
const billing = 'no table is billed here, and only the speed of the machine limits it';
const encryption = 'data is not encrypted at rest on one machine';
const permission = 'permissions are not enforced on one machine';
const oneRegion = 'the local cloud has one region';

/** Resource types that store data: tables, queues, secrets, keys, parameters. */
export const dataTypes: Readonly<Record<string, KnownType>> = {
  'AWS::DynamoDB::Table': {
    actedOn: [
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'LocalSecondaryIndexes',
      'StreamSpecification.StreamViewType',
      'TableName',
      'TimeToLiveSpecification.AttributeName',
      'TimeToLiveSpecification.Enabled',
    ],
    noEffect: {
      BillingMode: billing,
      ContributorInsightsSpecification: 'no metrics are kept',
      DeletionProtectionEnabled: 'nothing here deletes a table',
      OnDemandThroughput: billing,
      PointInTimeRecoverySpecification: 'the local cloud keeps no backups',
      ProvisionedThroughput: billing,
      ResourcePolicy: permission,
      SSESpecification: encryption,
      TableClass: billing,
      Tags: tags,
      WarmThroughput: billing,
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    actedOn: [
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'LocalSecondaryIndexes',
      'StreamSpecification.StreamViewType',
      'TableName',
      'TimeToLiveSpecification.AttributeName',
      'TimeToLiveSpecification.Enabled',
    ],
    noEffect: {
      BillingMode: billing,
      MultiRegionConsistency: oneRegion,
      ReadOnDemandThroughputSettings: billing,
      ReadProvisionedThroughputSettings: billing,
      Replicas: oneRegion,
      SSESpecification: encryption,
      WarmThroughput: billing,
      WriteOnDemandThroughputSettings: billing,
      WriteProvisionedThroughputSettings: billing,
    },
  },
  'AWS::SQS::Queue': {
    actedOn: [
      'DelaySeconds',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'QueueName',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy.deadLetterTargetArn',
      'RedrivePolicy.maxReceiveCount',
      'VisibilityTimeout',
    ],
    noEffect: {
      KmsDataKeyReusePeriodSeconds: encryption,
      KmsMasterKeyId: encryption,
      RedriveAllowPolicy: permission,
      SqsManagedSseEnabled: encryption,
      Tags: tags,
    },
  },
  'AWS::SQS::QueuePolicy': {
    actedOn: [],
    noEffect: { PolicyDocument: permission, Queues: permission },
  },
  'AWS::KMS::Key': {
    actedOn: [],
    noEffect: {
      Description: 'text for people',
      EnableKeyRotation: encryption,
      Enabled: encryption,
      KeyPolicy: permission,
      KeySpec: encryption,
      KeyUsage: encryption,
      MultiRegion: oneRegion,
      Origin: encryption,
      PendingWindowInDays: 'nothing here deletes a key',
      RotationPeriodInDays: encryption,
      Tags: tags,
    },
  },
  'AWS::KMS::Alias': { actedOn: ['AliasName'], noEffect: { TargetKeyId: encryption } },
  'AWS::SecretsManager::Secret': {
    actedOn: ['GenerateSecretString', 'Name', 'SecretString'],
    noEffect: {
      Description: 'text for people',
      KmsKeyId: encryption,
      ReplicaRegions: oneRegion,
      Tags: tags,
    },
  },
  'AWS::SSM::Parameter': {
    actedOn: ['Name', 'Value'],
    noEffect: {
      AllowedPattern: 'the value is checked on deployment',
      DataType: 'only text is read',
      Description: 'text for people',
      Policies: 'parameters do not expire here',
      Tags: tags,
      Tier: 'it only sets the price',
      Type: 'only text is read',
    },
  },
};
