import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ASSETS } from '../../console/build-console.ts';

/** A file of the console as it is sent. A font is compressed in itself and has no other form. */
export interface ServedFile {
  /** Its path in the folder of the build, such as `assets/console-1a2b.js`. */
  readonly name: string;
  readonly plain: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
  /** Whether its name has a hash of its contents, so that a browser may keep it for ever. */
  readonly isHashed: boolean;
}

/** The files that the build wrote, by their names. No other file can be asked for. */
export type ConsoleFiles = ReadonlyMap<string, ServedFile>;

/** Brotli as fast as a network compresses while it sends. The best one takes seconds and saves a tenth. */
const QUALITY = 5;
const COMPRESSED: ReadonlySet<string> = new Set(['.woff2']);

/** Reads what a build of the console wrote, and compresses it once. */
export async function readConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return new Map(
    await Promise.all(files.map(async (name) => [name, await servedFile(folder, name)] as const)),
  );
}

async function servedFile(folder: string, name: string): Promise<ServedFile> {
  const plain = await readFile(join(folder, name));
  const file = { name, plain, isHashed: name.startsWith(`${ASSETS}/`) };
  if (COMPRESSED.has(extname(name))) return file;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(plain, { params }),
    promisify(gzip)(plain),
  ]);
  return { ...file, br, gzip: zipped };
}
