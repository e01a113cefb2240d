import type { KnownType } from './known-type.ts';

const encryption = 'data is not encrypted at rest on one machine';
const permission = 'permissions are not enforced on one machine';
const kept = 'objects stay in the data folder until it is removed';
const catalogue = 'a catalogue of tables for Athena, which is not run locally';

/** Resource types of the lake: its bucket, what delivers into it, and what describes it. */
export const lakeTypes: Readonly<Record<string, KnownType>> = {
  'AWS::S3::Bucket': {
    actedOn: ['BucketName'],
    noEffect: {
      BucketEncryption: encryption,
      LifecycleConfiguration: kept,
      OwnershipControls: permission,
      PublicAccessBlockConfiguration: 'the buckets answer this machine alone, and signed calls alone',
      Tags: 'tags are labels and change nothing',
    },
  },
  'AWS::S3::BucketPolicy': {
    actedOn: [],
    noEffect: { Bucket: permission, PolicyDocument: permission },
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    actedOn: [
      'DeliveryStreamName',
      'DeliveryStreamType',
      'ExtendedS3DestinationConfiguration.BucketARN',
      'ExtendedS3DestinationConfiguration.BufferingHints',
      // Not written to its log: the local cloud has one of its own.
      'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions',
      'ExtendedS3DestinationConfiguration.CompressionFormat',
      // Nothing is converted here, so no record fails by its content.
      'ExtendedS3DestinationConfiguration.ErrorOutputPrefix',
      'ExtendedS3DestinationConfiguration.FileExtension',
      'ExtendedS3DestinationConfiguration.Prefix',
      // Permissions are not enforced on one machine.
      'ExtendedS3DestinationConfiguration.RoleARN',
    ],
    noEffect: { DeliveryStreamEncryptionConfigurationInput: encryption },
  },
  'AWS::Logs::LogStream': {
    actedOn: [],
    noEffect: {
      LogGroupName: 'the local cloud has one log file a function',
      LogStreamName: 'the local cloud has one log file a function',
    },
  },
  'AWS::Glue::Database': {
    actedOn: [],
    noEffect: { CatalogId: catalogue, DatabaseInput: catalogue, DatabaseName: catalogue },
  },
  'AWS::Athena::WorkGroup': {
    actedOn: [],
    noEffect: {
      Description: catalogue,
      Name: catalogue,
      RecursiveDeleteOption: catalogue,
      WorkGroupConfiguration: catalogue,
    },
  },
  'AWS::Glue::Table': {
    actedOn: [],
    noEffect: { CatalogId: catalogue, DatabaseName: catalogue, Name: catalogue, TableInput: catalogue },
  },
};
