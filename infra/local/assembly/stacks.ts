import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One resource as the template writes it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Condition?: string;
  readonly Metadata?: Record<string, unknown>;
}

/** The sections of a CloudFormation template that declare resources and their conditions. */
interface Template {
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: unknown }>;
  readonly Conditions?: Record<string, unknown>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Resources?: Record<string, TemplateResource>;
  readonly Outputs?: Record<
    string,
    { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }
  >;
  readonly Transform?: unknown;
}

/** One stack of a cloud assembly. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** The folder or file of each asset, by the object key that an upload would use. */
  readonly assetPaths: ReadonlyMap<string, string>;
  /** The path of each resource in the app's tree of constructs, by logical id. */
  readonly constructPaths: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts?: Record<string, Artifact>;
}
interface Artifact {
  readonly type: string;
  readonly metadata?: ConstructMetadata;
  readonly additionalMetadataFile?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly directoryName?: string;
    readonly file?: string;
  };
}
type ConstructMetadata = Record<string, readonly { readonly type: string; readonly data?: unknown }[]>;
interface AssetManifest {
  readonly files?: Record<
    string,
    {
      readonly source: { readonly path?: string };
      readonly destinations: Record<string, { readonly objectKey: string }>;
    }
  >;
}

/**
 * Reads the stacks of a synthesised cloud assembly, and those of its stages.
 * Throws an Error when the folder holds no assembly.
 */
export function readStacks(assemblyDir: string): Stack[] {
  const manifestPath = join(assemblyDir, 'manifest.json');
  if (!existsSync(manifestPath)) {
    throw new Error(`${assemblyDir} holds no cloud assembly (no manifest.json): run "cdk synth" first`);
  }
  const manifest: Manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const assetPaths = new Map<string, string>();
  for (const [, { type, properties }] of artifacts) {
    if (type === 'cdk:asset-manifest' && properties?.file !== undefined) {
      readAssets(assemblyDir, properties.file, assetPaths);
    }
  }
  return artifacts.flatMap(([name, artifact]) => {
    const { type, properties } = artifact;
    if (type === 'cdk:cloud-assembly' && properties?.directoryName !== undefined) {
      return readStacks(join(assemblyDir, properties.directoryName));
    }
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const template: Template = JSON.parse(readFileSync(join(assemblyDir, properties.templateFile), 'utf8'));
    const constructPaths = readConstructPaths(assemblyDir, artifact);
    return [{ name: properties.stackName ?? name, template, assetPaths, constructPaths }];
  });
}

function readAssets(assemblyDir: string, file: string, paths: Map<string, string>): void {
  const assets: AssetManifest = JSON.parse(readFileSync(join(assemblyDir, file), 'utf8'));
  for (const { source, destinations } of Object.values(assets.files ?? {})) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations)) {
      paths.set(objectKey, join(assemblyDir, source.path));
    }
  }
}

function readConstructPaths(assemblyDir: string, artifact: Artifact): Map<string, string> {
  const { additionalMetadataFile: file, metadata = {} } = artifact;
  const inFile: ConstructMetadata =
    file === undefined ? {} : JSON.parse(readFileSync(join(assemblyDir, file), 'utf8'));
  const paths = new Map<string, string>();
  for (const [path, notes] of Object.entries({ ...inFile, ...metadata })) {
    for (const { type, data } of notes) {
      if (type === 'aws:cdk:logicalId') paths.set(String(data), path.replace(/^\//, ''));
    }
  }
  return paths;
}
