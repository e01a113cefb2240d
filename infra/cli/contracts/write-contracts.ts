import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { contractFiles } from './contract-files.ts';

/** Writes every contract file, and removes files whose schema no longer exists. */
export async function writeContracts(say: (line: string) => void): Promise<void> {
  const files = await contractFiles();
  rmSync('events/generated', { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  say(`${files.size} files written under events/generated`);
}
