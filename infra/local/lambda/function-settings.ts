import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_METADATA } from '../../engine-metadata.ts';
import type { Assembly } from '../assembly/read-assembly.ts';
import type { Resource } from '../cloud-parts.ts';

/** The settings of one function in the template. */
export interface FunctionSettings {
  readonly arn: string;
  readonly name: string;
  /** The folder of the bundled code. */
  readonly assetPath: string;
  /** The file with the handler: in the folder of the bundled code, or of a build for this machine. */
  readonly codeFile: string;
  /** The file without its extension, and the export: `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly logGroup: string;
  /** How many invocations may run at the same time; undefined when the template reserves no number. */
  readonly reservedConcurrency?: number;
  /** Whether its package carries an engine with native code. */
  readonly hasNativeCode: boolean;
  /**
   * Whether Lambda would add its own START, END and REPORT lines to the log. CloudWatch Logs bills these lines too.
   */
  readonly platformLines: boolean;
}

/**
 * Reads a function's settings from its resource. Its code is its file in `files`, or its bundle where there is none.
 * Throws an Error that names the function when the assembly does not contain its bundle, or when the bundle has no file
 * for the handler.
 */
export function readFunctionSettings(
  resource: Resource,
  assembly: Assembly,
  files: ReadonlyMap<string, string> = new Map(),
): FunctionSettings {
  const { properties } = resource;
  const code = properties.Code as { S3Key?: string } | undefined;
  const assetPath = code?.S3Key === undefined ? undefined : assembly.assetPath(code.S3Key);
  if (assetPath === undefined) {
    throw new Error(`${resource.logicalId}: the bundle of the function is not in the cloud assembly`);
  }
  const environment = properties.Environment as { Variables?: Record<string, unknown> } | undefined;
  const logging = properties.LoggingConfig as
    | { LogFormat?: string; LogGroup?: unknown; SystemLogLevel?: string }
    | undefined;
  const reserved = properties.ReservedConcurrentExecutions;
  const [name, handler] = [resource.ref, String(properties.Handler)];
  return {
    arn: resource.attributes.Arn ?? name,
    name,
    assetPath,
    codeFile: files.get(name) ?? handlerFile({ name, assetPath, handler }),
    handler,
    environment: Object.fromEntries(
      Object.entries(environment?.Variables ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    // CloudFormation's defaults for a function that does not set these properties.
    timeoutMs: Number(properties.Timeout ?? 3) * 1000,
    memoryMb: Number(properties.MemorySize ?? 128),
    logGroup: String(logging?.LogGroup ?? `/aws/lambda/${name}`),
    hasNativeCode: resource.metadata?.[ENGINE_METADATA] !== undefined,
    platformLines: !(logging?.LogFormat === 'JSON' && logging.SystemLogLevel === 'WARN'),
    ...(reserved === undefined ? {} : { reservedConcurrency: Number(reserved) }),
  };
}

/** The file that contains the handler. Throws an Error when the bundle has no such file. */
function handlerFile({
  assetPath,
  handler,
  name,
}: Pick<FunctionSettings, 'assetPath' | 'handler' | 'name'>): string {
  const base = handler.slice(0, handler.lastIndexOf('.'));
  const found = ['.mjs', '.js', '.cjs'].map((end) => join(assetPath, base + end)).find(existsSync);
  if (found === undefined) throw new Error(`${name}: ${assetPath} has no file for the handler ${handler}`);
  return found;
}
