import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Records the sources of an assembly, and its contents when it was finished. */
const STAMP = 'entrepot-stamp.json';

const stampSchema = z.strictObject({ inputs: z.string(), outputs: z.string() });

/**
 * Whether the folder holds a whole assembly made from these inputs. What it holds is compared as well: another
 * synthesis, such as that of another stage, may have written into the same folder since.
 */
export function hasAssembly(folder: string, inputs: string): boolean {
  const stamp = readStamp(folder);
  return stamp?.inputs === inputs && stamp.outputs === outputsOf(folder);
}

/** Says that the folder holds a whole assembly made from these inputs. */
export function stampAssembly(folder: string, inputs: string): void {
  const fresh = join(folder, `${STAMP}.${process.pid}`);
  writeFileSync(fresh, JSON.stringify({ inputs, outputs: outputsOf(folder) }));
  // The stamp is written completely or not at all, even if this process is killed.
  renameSync(fresh, join(folder, STAMP));
}

/** Takes the stamp away, before anything else in the folder is written. */
export function withdrawStamp(folder: string): void {
  rmSync(join(folder, STAMP), { force: true });
}

function readStamp(folder: string): z.infer<typeof stampSchema> | undefined {
  const file = join(folder, STAMP);
  if (!existsSync(file)) return undefined;
  return stampSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** A hash of the templates, the manifests and the code that they name; undefined when something named is missing. */
function outputsOf(folder: string): string | undefined {
  const hash = createHash('sha256');
  const files = globSync('*.json', { cwd: folder }).filter((name) => name !== STAMP);
  for (const name of files.sort()) {
    const content = readFileSync(join(folder, name));
    hash.update(`${name} ${content.length}\n`).update(content);
    if (!name.endsWith('.assets.json')) continue;
    for (const path of codeFolders(content.toString('utf8'))) {
      const code = join(folder, path, 'index.mjs');
      if (!existsSync(code)) return undefined;
      hash.update(readFileSync(code));
    }
  }
  return hash.digest('hex');
}

// Read as text: a manifest that a killed synthesis left half written is no JSON.
function codeFolders(assets: string): string[] {
  return [...new Set(assets.match(/\basset\.[0-9a-f]+/g))].sort();
}
