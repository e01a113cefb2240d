import { CfnOutput, Duration, Fn, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { type ILogGroup, LogStream } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { type EncryptionKey, keyWriting, sourceAccountCondition } from './encryption-key.ts';
import { LakeAthena, RESULTS } from './lake-athena.ts';

/** Objects of this size are written at once, before the time is over. */
const BUFFER_MB = 128;
const ARN_OUTPUT = 'LakeBucketArn';

export interface LakeProps {
  readonly stage: Stage;
  /** The stage's own key; undefined where AWS's keys encrypt. */
  readonly key: EncryptionKey | undefined;
  readonly log: ILogGroup;
}

/**
 * The lake: a bucket, and the delivery stream that writes what happened into it, as lines of JSON in compressed objects
 * by the day on which they arrived.
 */
export class Lake extends Construct {
  readonly bucket: Bucket;
  /** The ARN of the bucket, for other stacks. It is the same text in each, so that a rule of theirs can name it. */
  readonly bucketArnElsewhere: string;
  readonly streamName: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, props: LakeProps) {
    super(scope, id);
    this.bucket = this.createBucket(props);
    if (props.stage.lakeAthena) new LakeAthena(this, 'Athena', { ...props, bucket: this.bucket });
    const stream = this.createStream(props);
    this.streamName = stream.ref;
    this.streamArn = stream.attrArn;
    new CfnOutput(this, 'BucketName', {
      value: this.bucket.bucketName,
      description: 'The bucket of the lake',
    });
    new CfnOutput(this, 'BucketArn', {
      value: this.bucket.bucketArn,
      description: 'The ARN of the bucket of the lake',
    }).overrideLogicalId(ARN_OUTPUT);
    this.bucketArnElsewhere = Fn.getStackOutput(Stack.of(this).stackName, ARN_OUTPUT);
  }

  private createBucket({ stage, key }: LakeProps): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      ...(key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // It has no name of its own, so a new stack never meets the bucket of an old one.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        {
          id: 'FactsAreRarelyReadAgain',
          prefix: 'facts/',
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(60) },
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(365) },
          ],
        },
        {
          id: 'ReplacedReportsAreDeleted',
          prefix: 'reports/',
          tagFilters: { replaced: 'true' },
          expiration: Duration.days(90),
        },
        ...(stage.lakeAthena
          ? [{ id: 'ResultsAreKeptForAWeek', prefix: RESULTS, expiration: Duration.days(7) }]
          : []),
        {
          id: 'RunsOfReplenishmentAreKeptForAQuarter',
          prefix: 'replenishment/',
          expiration: Duration.days(92),
        },
        { id: 'HalfUploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'The bucket holds no personal data, and only roles of this stage read it. CloudTrail has each read where the account records data events.',
    );
    return bucket;
  }

  private createStream({ stage, key, log }: LakeProps): CfnDeliveryStream {
    const logStream = new LogStream(this, 'DeliveryLog', {
      logGroup: log,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.createRole(log, key);
    return new CfnDeliveryStream(this, 'Delivery', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput:
        key === undefined
          ? { keyType: 'AWS_OWNED_CMK' }
          : { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: 'facts/received=!{timestamp:yyyy-MM-dd}/',
        errorOutputPrefix: 'errors/!{firehose:error-output-type}/received=!{timestamp:yyyy-MM-dd}/',
        compressionFormat: 'GZIP',
        fileExtension: '.ndjson.gz',
        bufferingHints: {
          intervalInSeconds: stage.lakeBufferSeconds,
          sizeInMBs: Size.mebibytes(BUFFER_MB).toMebibytes(),
        },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: log.logGroupName,
          logStreamName: logStream.logStreamName,
        },
      },
    });
  }

  /** What writes the objects: it may add objects of facts and of what failed, and neither read nor delete any. */
  private createRole(log: ILogGroup, key: EncryptionKey | undefined): Role {
    const { bucketArn } = this.bucket;
    const ownKey = new PolicyStatement({
      actions: keyWriting,
      resources: key === undefined ? [] : [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.${Stack.of(this).urlSuffix}` },
      },
    });
    const role = new Role(this, 'DeliveryRole', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', { conditions: sourceAccountCondition(this) }),
      description: 'Writes the objects of the lake',
      inlinePolicies: {
        OnlyWhatItNeeds: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
              resources: [`${bucketArn}/facts/*`, `${bucketArn}/errors/*`],
            }),
            new PolicyStatement({
              actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
              resources: [bucketArn],
            }),
            new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: [log.logGroupArn] }),
            ...(key === undefined ? [] : [ownKey]),
          ],
        }),
      },
    });
    const bucketId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    for (const prefix of ['facts', 'errors'])
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${prefix}/*]`,
        'Firehose names the objects by the time of their arrival. The prefix of the bucket is named.',
      );
    return role;
  }
}
