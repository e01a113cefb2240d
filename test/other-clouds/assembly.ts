import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildApp } from '../../infra/build-app.ts';
import { ownStackNames } from '../../infra/stacks/own-stacks.ts';
import type { Cloud, DeployedStack } from './cloud.ts';

/** The stacks in the order in which they are deployed. */
export const PARTS = ['Stateful', 'Journey', ...ownStackNames, 'Observability'] as const;
export type Part = (typeof PARTS)[number];
/** The text of each template. An earlier release may lack the stack of a folder. */
export type Templates = Readonly<Partial<Record<Part, string>>>;

/** A synthesised stage with its bundles, in a folder of its own. */
export interface Assembly {
  readonly folder: string;
  /** The templates, as the CDK wrote them. */
  readonly templates: Templates;
  remove(): Promise<void>;
}

/** Synthesises the stage `sandbox` with its default settings: the templates that `npm run deploy` would deploy. */
export async function synthesiseSandbox(): Promise<Assembly> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-assembly-'));
  const context = { stage: 'sandbox', alarmEmail: 'alarms@shop.test' };
  buildApp({ outdir: folder, context, checkSchemas: false }).app.synth();
  const templates = await Promise.all(
    PARTS.map(async (part) => [part, await readFile(join(folder, `${part}.template.json`), 'utf8')] as const),
  );
  return {
    folder,
    templates: Object.fromEntries(templates),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

interface AssetFile {
  readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** Packs each folder that is named before a file into that file. */
const ZIP = `
import os, sys, zipfile
for folder, target in zip(sys.argv[1::2], sys.argv[2::2]):
    with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as out:
        for path, _, names in os.walk(folder):
            for name in names:
                file = os.path.join(path, name)
                out.write(file, os.path.relpath(file, folder))
`;

/** Uploads the bundles as `cdk deploy` does. Gives the key of one of them. */
export async function uploadBundles(cloud: Cloud, { folder }: Assembly, python: string): Promise<string> {
  const manifests = await Promise.all(
    PARTS.map(async (part) => {
      const manifest = await readFile(join(folder, `${part}.assets.json`), 'utf8');
      return JSON.parse(manifest) as { readonly files: Readonly<Record<string, AssetFile>> };
    }),
  );
  const files: Readonly<Record<string, AssetFile>> = Object.assign(
    {},
    ...manifests.map((each) => each.files),
  );
  const bundles = Object.values(files).filter(({ source }) => source.packaging === 'zip');
  const keyOf = ({ destinations }: AssetFile) => Object.values(destinations)[0]?.objectKey ?? '';
  const zipOf = (bundle: AssetFile) => join(folder, keyOf(bundle));
  const pairs = bundles.flatMap((bundle) => [join(folder, bundle.source.path), zipOf(bundle)]);
  await promisify(execFile)(python, ['-c', ZIP, ...pairs]);
  for (const bundle of bundles) await cloud.upload(keyOf(bundle), await readFile(zipOf(bundle)));
  return bundles[0] === undefined ? '' : keyOf(bundles[0]);
}

/** What `cdk bootstrap` leaves in an account and the templates ask for. */
export async function bootstrap(cloud: Cloud): Promise<void> {
  await cloud.createAssetBucket();
  await cloud.json('ssm', 'AmazonSSM.PutParameter', {
    ...{ Name: '/cdk-bootstrap/hnb659fds/version', Value: '28', Type: 'String', Overwrite: true },
  });
}

const isComplete = (status: string): boolean => /^(CREATE|UPDATE)_COMPLETE$/.test(status);

/**
 * Creates or updates the stacks with exactly these templates. Stops at a stack that is not complete.
 */
export async function deployTemplates(
  cloud: Cloud,
  templates: Templates,
  say: (line: string) => void,
): Promise<Partial<Record<Part, DeployedStack>>> {
  const deployed: Partial<Record<Part, DeployedStack>> = {};
  for (const part of PARTS) {
    const text = templates[part];
    if (text === undefined) continue;
    const { length: wanted } = Object.keys((JSON.parse(text) as { readonly Resources: object }).Resources);
    const key = `${part.toLowerCase()}.template.json`;
    await cloud.upload(key, Buffer.from(text));
    const stack = await cloud.deploy(`entrepot-sandbox-${part.toLowerCase()}`, key);
    deployed[part] = stack;
    const { length: complete } = stack.resources.filter(({ status }) => isComplete(status));
    say(`  ${part.padEnd(14)} ${stack.status.padEnd(16)} ${complete} of ${wanted} resources`);
    for (const failure of stack.failures) say(`    ${failure}`);
    if (!isComplete(stack.status)) break;
  }
  return deployed;
}
