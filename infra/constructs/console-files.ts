import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { AssetHashType, DockerImage, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { ASSETS } from '../console/build-console.ts';
import { CACHE_CONTROL } from '../console/console-headers.ts';
import { acknowledge } from './acknowledge.ts';
import { ROOT } from './bundle-settings.ts';
import { ConsoleUploader } from './console-uploader.ts';

/** The folder of the bucket that has the console, as in its address. */
const FOLDER = 'console';

/** What the console reads as `config.json`. The values may be known only at the deployment. */
export type DeployedConfig = Readonly<Record<'issuer' | 'clientId' | 'scopePrefix', string>>;

/**
 * The bucket of the console, which CloudFront alone reads, and the files in it. Files of earlier deployments stay: a
 * page that is open meanwhile still finds its scripts.
 */
export class ConsoleFiles extends Construct {
  readonly bucket: IBucket;
  private readonly uploader: ConsoleUploader;

  constructor(scope: Construct, id: string, config: DeployedConfig) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Everything in it can be built again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Under exactOptionalPropertyTypes the class and its own interface differ in isWebsite.
    this.bucket = bucket as IBucket;
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'The bucket holds the published pages of the console and no data. Only CloudFront and the deployment read it.',
    );
    this.uploader = new ConsoleUploader(this, 'Uploader', { bucket: this.bucket, folder: FOLDER });
    const built = builtConsole();
    const hashed = this.put('Hashed', [built], CACHE_CONTROL.hashed, `${ASSETS}/*`);
    const page = this.put('Page', [built], CACHE_CONTROL.fixed, 'index.html');
    const settings = this.put('Settings', [Source.jsonData('config.json', config)], CACHE_CONTROL.fixed);
    // The page names the files, so it comes after them.
    page.node.addDependency(hashed, settings);
    this.uploader.acknowledgeFunction();
  }

  private put(id: string, sources: ISource[], cache: string, only?: string): BucketDeployment {
    const upload = new BucketDeployment(this, id, {
      sources,
      destinationBucket: this.bucket,
      destinationKeyPrefix: FOLDER,
      cacheControl: [CacheControl.fromString(cache)],
      ...(only === undefined ? {} : { exclude: ['*'], include: [only] }),
      prune: false,
      // An empty bucket can be deleted with its stack.
      retainOnDelete: false,
      outputObjectKeys: false,
      memoryLimit: 256,
      role: this.uploader.role,
      logGroup: this.uploader.logGroup,
    });
    // The permissions of a role that the CDK does not extend have to be there before the first upload.
    upload.node.addDependency(this.uploader);
    return upload;
  }
}

/** The built console. Where a stack is not selected, the CDK needs only its template, and nothing is built. */
function builtConsole(): ISource {
  const folder = join(ROOT, 'infra/console');
  return Source.asset(folder, {
    // What is built depends on packages too: its name is a hash of the result.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-pulled'),
      local: {
        tryBundle(outdir) {
          execFileSync(process.execPath, [join(folder, 'write-console.ts'), outdir], { stdio: 'inherit' });
          return true;
        },
      },
    },
  });
}
