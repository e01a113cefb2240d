import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { schemaProblems } from '../cli/files/schema-problems.ts';
import type { TestAccount, TestAccountKind } from './test-account.ts';

/** The key file can't be used. The message says what to do, and never repeats a value of the file. */
class KeyFileRefused extends Error {
  override readonly name = 'KeyFileRefused';
}

/** The bits of a file's mode that let others than its owner use it. */
const OTHERS = 0o077;

/** The key file where none is named: `partners.json` in the folder of the user's settings for entrepot. */
export function defaultKeyFile(environment: NodeJS.ProcessEnv = process.env): string {
  const { XDG_CONFIG_HOME = '' } = environment;
  const folder = XDG_CONFIG_HOME === '' ? join(homedir(), '.config') : XDG_CONFIG_HOME;
  return join(folder, 'entrepot', 'partners.json');
}

/**
 * Reads the test accounts of a key file: one JSON object with an entry by the partner's code. At least one is needed.
 * Throws {@link KeyFileRefused} if others may read the file, if it can't be read, or if an entry does not fit.
 */
export function readKeyFile(path: string, kinds: readonly TestAccountKind[]): readonly TestAccount[] {
  const json = readOwnJson(path);
  const codes = kinds.map(({ code }) => code);
  const schema = z.strictObject(Object.fromEntries(kinds.map(({ code, entry }) => [code, entry.optional()])));
  const read = schema.safeParse(json);
  if (!read.success)
    throw new KeyFileRefused(
      schemaProblems(read.error)
        .map((problem) => `${path}: ${problem}`)
        .join('\n'),
    );
  const given = kinds.filter(({ code }) => read.data[code] !== undefined);
  if (given.length === 0)
    throw new KeyFileRefused(`${path}: it has no keys: give those of ${codes.join(' or ')}`);
  // The entry is parsed again when it is opened, so that each account has the type of its own plug-in.
  return given.map((kind) => kind.open(Object(json)[kind.code]));
}

function readOwnJson(path: string): unknown {
  let text: string;
  try {
    const status = statSync(path);
    const mode = status.mode & 0o777;
    if (!status.isFile()) throw new KeyFileRefused(`${path}: this is no file`);
    if ((mode & OTHERS) !== 0)
      throw new KeyFileRefused(
        `${path}: others than you may read or change it (mode ${mode.toString(8)}). Say \`chmod 600 ${path}\``,
      );
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof KeyFileRefused) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new KeyFileRefused(
      code === 'ENOENT'
        ? `${path}: there is no such file. docs/test-accounts.md says what it holds; --partner-keys names another one`
        : `${path}: it can't be read (${code})`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    throw new KeyFileRefused(`${path}: it is not JSON`);
  }
}
