import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signInAt } from '../../../infra/cli/client/local-sign-in.ts';
import { path } from '../../../infra/cli/command-line/option-values.ts';
import { errorText } from '../../../infra/cli/command-line/report-error.ts';
import { addToken } from '../../../infra/cli/token/token-command.ts';
import type { TokenOptions } from '../../../infra/cli/token/token-options.ts';
import { parseLine } from './parse-line.ts';

afterEach(() => vi.unstubAllEnvs());

it('relative file names start from the folder in which the user called the command', () => {
  vi.stubEnv('ENTREPOT_FOLDER', join(process.cwd(), 'docs'));
  expect([path('a.csv'), path('..'), path('/tmp/a.csv'), path('../../a.csv')]).toEqual([
    ...['docs/a.csv', '.', '/tmp/a.csv', join(process.cwd(), '../a.csv')],
  ]);
  vi.stubEnv('ENTREPOT_FOLDER', undefined);
  expect(path('a.csv')).toBe('a.csv');
});

describe('the message of an error', () => {
  it('says how to start a backend if none is running', async () => {
    // Nobody listens on port 1.
    const error = await fetch('http://127.0.0.1:1/').catch((reason: unknown) => reason);
    const refused = Object.assign(new Error('connect'), {
      code: 'ECONNREFUSED',
      address: '127.0.0.1',
      port: 3000,
    });
    expect(errorText(new TypeError('fetch failed', { cause: refused }))).toBe(
      'nothing answers at 127.0.0.1:3000: start a backend with `npm start`, or name the address of a running one with --url',
    );
    expect(errorText(error)).not.toContain('    at ');
  });

  it('names the place in the code for a bug, and is only the message for any other error', () => {
    expect(errorText(new TypeError('x is not a function'))).toContain('command-line.test.ts');
    expect(errorText(new Error('no such file'))).toBe('no such file');
  });
});

describe('entrepot token', () => {
  const read = (...args: readonly string[]) =>
    parseLine<TokenOptions>(['token', ...args], (program, give) =>
      addToken(program, async (options) => give(options)),
    );

  it('requests all scopes of an operator, or the scopes that are named', () => {
    expect(read()).toMatchObject({ url: 'http://127.0.0.1:3000', dataDir: '.local' });
    expect(read().scopes).toContain('orders:write');
    expect(read('--scope', 'orders:read', 'stock:read').scopes).toEqual(['orders:read', 'stock:read']);
    expect(read('--scope', 'orders:read,stock:read').scopes).toEqual(['orders:read', 'stock:read']);
  });

  it('sends the secret only to this machine, and says where it looked for the secret', async () => {
    await expect(signInAt('https://api.example.com', '.')()).rejects.toThrow(
      'is not a local backend: give a token',
    );
    await expect(signInAt('http://127.0.0.1:1', '/nowhere')()).rejects.toThrow(
      '/nowhere is not the data folder',
    );
  });
});
