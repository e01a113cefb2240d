import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in the data folder that says how far each test account was polled. */
const FILE = 'poll-positions.json';

/** How far each test account was polled, by its code. */
export interface PollPositions {
  /** Undefined for an account that was not polled yet. */
  read(code: string): unknown;
  write(code: string, position: unknown): void;
}

/**
 * The positions of a data folder, in a file. A position is written whole or not at all. Throws an Error that names the
 * file where it can't be read.
 */
export function pollPositions(dataDir: string): PollPositions {
  const file = join(dataDir, FILE);
  let all = readAll(file);
  return {
    read: (code) => all[code],
    write(code, position) {
      all = { ...all, [code]: position };
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(all), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

/** The codes of the partners whose test accounts were used with this data folder. */
export function polledCodes(dataDir: string): readonly string[] {
  return Object.keys(readAll(join(dataDir, FILE)));
}

function readAll(file: string): Readonly<Record<string, unknown>> {
  if (!existsSync(file)) return {};
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} is not JSON: give another data folder`);
  }
}
