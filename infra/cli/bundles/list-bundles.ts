import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { plainName } from '../../../events/names.ts';
import { type FunctionId, triggerList } from '../../../events/triggers.ts';
import { ROOT } from '../../constructs/bundle-settings.ts';
import {
  BUNDLING,
  bundleWithParts,
  type FunctionBundle,
  INDEX,
  placeBundle,
} from '../../constructs/bundling/bundle-functions.ts';
import { measureLoads } from './measure-load.ts';

/** One function's code as a deployment uploads it, and what loading it costs. */
interface ListedBundle {
  readonly id: string;
  /** What is loaded at the start. */
  readonly bytes: number;
  /** With the files that are loaded when they are needed. */
  readonly allBytes: number;
  /** All files, each compressed. */
  readonly gzippedBytes: number;
  /** Its load time as a ratio to that of the bare DynamoDB client; undefined where nothing was measured. */
  readonly ratio: number | undefined;
}

/** A list of bundles, and the load time of the bare client in milliseconds of processor time. */
export interface BundleList {
  readonly bundles: readonly ListedBundle[];
  readonly bareMs: number | undefined;
}

/** The yardstick: what a function has to load to reach the table at all. */
const BARE_CLIENT =
  "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const handler = new DynamoDBClient({});";

/** The bare client is loaded after as many functions, so that its figure is as sure as theirs. */
const FUNCTIONS_PER_BARE_CLIENT = 12;

/**
 * Bundles every function and loads what it has at its start, `rounds` times in a fresh process. Gives the slowest
 * first, or the largest first for no rounds. Without `isMeant`, of all functions. Rejects when a function can't be
 * bundled or loaded.
 */
export async function listBundles(
  rounds: number,
  isMeant: (id: string) => boolean = () => true,
): Promise<BundleList> {
  const bundles = await bundleWithParts(triggerList.map(([id]) => id).filter(isMeant));
  // Below the packages of this project, as the native code of an engine has to be found there.
  const place = join(ROOT, 'node_modules/.cache/entrepot');
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, 'loads-'));
  try {
    const bare = join(folder, 'bare.mjs');
    writeFileSync(bare, await bareClient());
    const files = [...bundles].map(([id, bundle]) => {
      const place = join(folder, plainName(id as FunctionId));
      placeBundle(place, bundle);
      return join(place, INDEX);
    });
    const order = files.flatMap((file, index) =>
      index % FUNCTIONS_PER_BARE_CLIENT === 0 ? [bare, file] : [file],
    );
    const loads = measureLoads(order, rounds);
    const bareMs = loads.get(bare);
    const listed = [...bundles].map(([id, bundle], index) => ({
      ...{ id, ...sizesOf(bundle) },
      ratio: ratioOf(loads.get(files[index] ?? ''), bareMs),
    }));
    return { bundles: listed.sort(heaviestFirst), bareMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizesOf({ files, atStart }: FunctionBundle) {
  const sum = (sizes: readonly number[]) => sizes.reduce((all, one) => all + one, 0);
  return {
    bytes: sum(atStart.map((name) => files.get(name)?.length ?? 0)),
    allBytes: sum([...files.values()].map(({ length }) => length)),
    gzippedBytes: sum([...files.values()].map((content) => gzipSync(content).length)),
  };
}

const ratioOf = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? undefined : one / other;

const heaviestFirst = (one: ListedBundle, other: ListedBundle) =>
  (other.ratio ?? 0) - (one.ratio ?? 0) || other.bytes - one.bytes;

/**
 * The bundle that only constructs the client: the same settings, but the packages as they are published. So the
 * yardstick stays the same when our bundling leaves more out.
 */
async function bareClient(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...BUNDLING,
    stdin: { contents: BARE_CLIENT, resolveDir: ROOT },
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild gave no bundle of the bare client');
  return output.contents;
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`.padStart(9);
const ratioText = (ratio: number | undefined) => (ratio === undefined ? '-' : ratio.toFixed(2)).padStart(6);

/** A table with one line for each bundle, and what the ratios mean. */
export function bundleLines({ bundles, bareMs }: BundleList): string[] {
  return [
    ' at start       all   gzipped   load  function',
    ...bundles.map(
      ({ id, bytes, allBytes, gzippedBytes, ratio }) =>
        `${[bytes, allBytes, gzippedBytes].map(kilobytes).join(' ')} ${ratioText(ratio)}  ${id}`,
    ),
    'at start: what is loaded before the first call; all: with what is loaded when it is needed',
    ...(bareMs === undefined
      ? []
      : [
          `load: processor time of loading, as a ratio to the bare DynamoDB client (${bareMs.toFixed(1)} ms here)`,
        ]),
  ];
}
