import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** One function's code as it would be uploaded. */
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
 * Throws an Error when the folder holds no assembly or a function's code is not in it.
 */
function listBundles(assemblyDir: string): Bundle[] {
  const templates = readdirSync(assemblyDir).filter((file) => file.endsWith('.template.json'));
  if (templates.length === 0)
    throw new Error(`${assemblyDir} holds no synthesised stacks: run the synthesis first`);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bundles = listBundles(process.argv[2] ?? 'cdk.out');
  console.log('    bytes   gzipped  function');
  for (const { functionName, bytes, gzippedBytes } of bundles) {
    console.log(`${kilobytes(bytes)} ${kilobytes(gzippedBytes)}  ${functionName}`);
  }
}
