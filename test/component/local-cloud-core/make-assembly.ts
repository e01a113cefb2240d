import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, type CoreOptions, startCore } from '../../../infra/local/start-core.ts';

/** A resource of a hand-made template. */
export interface TestResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Metadata?: Record<string, unknown>;
}

/** The path of an installed package, for handlers outside the project. */
export function installed(name: string): string {
  return createRequire(import.meta.url).resolve(name);
}

/** A function resource whose bundle is the given handler file. */
export function functionResource(name: string, properties: Record<string, unknown> = {}): TestResource {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: { 'Fn::Join': ['-', ['assets', { Ref: 'AWS::AccountId' }]] }, S3Key: `${name}.zip` },
      FunctionName: name,
      Handler: 'index.handler',
      MemorySize: 128,
      Timeout: 5,
      ...properties,
    },
  };
}

/** A table like the project's: two-part key and a stream. */
export const tableResource: TestResource = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'Records',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};

/** Writes a cloud assembly of one stack, with one bundle per handler source, into a new temporary folder. */
export function makeAssembly(
  resources: Record<string, TestResource>,
  handlers: Record<string, string> = {},
  sections: Record<string, unknown> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  const files: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(handlers)) {
    mkdirSync(join(folder, `asset.${name}`));
    writeFileSync(join(folder, `asset.${name}`, 'index.mjs'), source);
    files[name] = {
      source: { path: `asset.${name}`, packaging: 'zip' },
      destinations: { here: { bucketName: 'assets', objectKey: `${name}.zip` } },
    };
  }
  const write = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  write('manifest.json', {
    artifacts: {
      'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
      Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } },
    },
  });
  write('Shop.assets.json', { files });
  write('Shop.template.json', { ...sections, Resources: resources });
  return folder;
}

/** An empty data folder. */
export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'local-cloud-'));
}

/** Starts the core of the local cloud over an assembly, with its mappings and without a front. */
export async function startTestCore(assemblyDir: string, options: Partial<CoreOptions> = {}): Promise<Core> {
  const core = await startCore({
    assemblyDir,
    dataDir: newDataDir(),
    port: 1,
    log: () => undefined,
    ...options,
  });
  await core.startMappings({});
  return core;
}

/** Resolves when the condition is true. Rejects with the text of the condition after the time. */
export async function eventually(condition: () => boolean, maxMs = 20_000): Promise<void> {
  const end = Date.now() + maxMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`it never came true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
