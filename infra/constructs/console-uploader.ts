import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** What the CDK names its function that puts files into a bucket. A stack has one. */
const UPLOADER = /^Custom::CDKBucketDeployment/;
/** The qualifier of a bootstrap that nobody gave another one. */
const QUALIFIER = 'hnb659fds';

/**
 * The role and the log of the CDK's function that uploads files. By itself the CDK would let the function read
 * everything of the assets' bucket and of the files' one; this role may do what an upload does.
 */
export class ConsoleUploader extends Construct {
  readonly role: IRole;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { bucket, folder }: { bucket: IBucket; folder: string }) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const assets = `arn:${partition}:s3:::cdk-${QUALIFIER}-assets-${account}-${region}`;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (actions: string[], resources: string[]): void => {
      role.addToPolicy(new PolicyStatement({ actions, resources }));
    };
    allow(['s3:GetObject'], [Fn.join('', [assets, '/*'])]);
    allow(['s3:ListBucket'], [bucket.bucketArn]);
    allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects(`${folder}/*`)]);
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]);
    const bucketId = Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket);
    for (const objects of [
      `arn:<AWS::Partition>:s3:::cdk-${QUALIFIER}-assets-<AWS::AccountId>-<AWS::Region>/*`,
      `<${bucketId}.Arn>/${folder}/*`,
    ])
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::${objects}]`,
        'The names of assets and of files are hashes of their contents. The role writes only below the folder of the console.',
      );
    this.role = role.withoutPolicyUpdates();
  }

  /** Accepts what the security rules find at the function itself. It exists after the first upload was declared. */
  acknowledgeFunction(): void {
    const uploader = Stack.of(this).node.children.find(({ node }) => UPLOADER.test(node.id));
    if (uploader === undefined) throw new Error('the CDK has a function that uploads files');
    acknowledge(
      uploader,
      'AwsSolutions-L1',
      'The CDK brings the function and its runtime, which its own release renews. It runs at a deployment only.',
    );
  }
}
