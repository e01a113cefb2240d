import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * The WebAssembly of the solver. A deployed function has it beside its bundle; on this machine it is in the package.
 * Throws where it is in neither place.
 */
export async function solverCode(): Promise<Uint8Array> {
  const beside = fileURLToPath(new URL('./highs.wasm', import.meta.url));
  return readFile(existsSync(beside) ? beside : createRequire(import.meta.url).resolve('highs/runtime'));
}
