import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One function's code as a deployment uploads it. */
export interface Bundle {
  readonly functionName: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
  readonly file: string;
}

interface Template {
  readonly Resources: Record<
    string,
    {
      readonly Type: string;
      readonly Properties?: { readonly FunctionName?: string; readonly Code?: { readonly S3Key?: string } };
    }
  >;
}

/**
 * Lists the bundles of a synthesised assembly, the largest first.
 * Throws an Error when the folder holds no assembly, or when the assembly does not contain the code of a function.
 */
export function listBundles(assemblyDir: string): Bundle[] {
  const files = existsSync(assemblyDir) ? readdirSync(assemblyDir) : [];
  const templates = files.filter((file) => file.endsWith('.template.json'));
  if (templates.length === 0)
    throw new Error(`${assemblyDir} holds no synthesised stacks: run \`npm run synth\` first`);
  const bundles = templates.flatMap((file) => {
    const { Resources }: Template = JSON.parse(readFileSync(join(assemblyDir, file), 'utf8'));
    return Object.values(Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' ? [bundleOf(assemblyDir, Properties ?? {})] : [],
    );
  });
  return bundles.sort((one, other) => other.bytes - one.bytes);
}

function bundleOf(
  assemblyDir: string,
  { FunctionName = '', Code }: NonNullable<Template['Resources'][string]['Properties']>,
): Bundle {
  const file = join(assemblyDir, `asset.${Code?.S3Key?.replace(/\.zip$/, '')}`, 'index.mjs');
  const content = readFileSync(file);
  return { functionName: FunctionName, bytes: content.length, gzippedBytes: gzipSync(content).length, file };
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`.padStart(9);

/** A table with one line for each bundle. */
export function bundleLines(bundles: readonly Bundle[]): string[] {
  return [
    '    bytes   gzipped  function',
    ...bundles.map(
      ({ functionName, bytes, gzippedBytes }) =>
        `${kilobytes(bytes)} ${kilobytes(gzippedBytes)}  ${functionName}`,
    ),
  ];
}
