import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** The file that records two hashes: of the sources of an assembly, and of its contents when it was complete. */
const STAMP = 'entrepot-stamp.json';

const stampSchema = z.strictObject({ inputs: z.string(), outputs: z.string() });

/**
 * Whether the folder holds a complete assembly that was made from these inputs. The contents of the folder are
 * compared too: another synthesis, such as that of another stage, may have written into the same folder later.
 */
export function hasAssembly(folder: string, inputs: string): boolean {
  const stamp = readStamp(folder);
  return stamp?.inputs === inputs && stamp.outputs === outputsOf(folder);
}

/** Records that the folder holds a complete assembly that was made from these inputs. */
export function stampAssembly(folder: string, inputs: string): void {
  const fresh = join(folder, `${STAMP}.${process.pid}`);
  writeFileSync(fresh, JSON.stringify({ inputs, outputs: outputsOf(folder) }));
  // The stamp is written completely or not at all, even if this process is killed.
  renameSync(fresh, join(folder, STAMP));
}

/** Removes the stamp. Call this before anything else in the folder is written. */
export function withdrawStamp(folder: string): void {
  rmSync(join(folder, STAMP), { force: true });
}

/**
 * The stamp; undefined when there is none, or when it is damaged or of another release. The next synthesis replaces
 * it.
 */
function readStamp(folder: string): z.infer<typeof stampSchema> | undefined {
  const file = join(folder, STAMP);
  if (!existsSync(file)) return undefined;
  return stampSchema.safeParse(parseJson(readFileSync(file, 'utf8'))).data;
}

/** The parsed JSON; undefined when the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A hash of the templates, of the manifests and of the code that they name; undefined when a named file is missing.
 */
function outputsOf(folder: string): string | undefined {
  const hash = createHash('sha256');
  const files = globSync('*.json', { cwd: folder }).filter((name) => name !== STAMP);
  for (const name of files.sort()) {
    const content = readFileSync(join(folder, name));
    hash.update(`${name} ${content.length}\n`).update(content);
    if (!name.endsWith('.assets.json')) continue;
    for (const path of codeFolders(content.toString('utf8'))) {
      const code = globSync('*.mjs', { cwd: join(folder, path) }).sort();
      if (!code.includes('index.mjs')) return undefined;
      for (const each of code) hash.update(each).update(readFileSync(join(folder, path, each)));
    }
  }
  return hash.digest('hex');
}

// The manifest is searched as text, because a killed synthesis may leave a manifest that is not complete JSON.
function codeFolders(assets: string): string[] {
  return [...new Set(assets.match(/\basset\.[0-9a-f]+/g))].sort();
}
