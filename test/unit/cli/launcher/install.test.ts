import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkout, ended, NODE } from './checkout.ts';

const INSTALLING = 'Installing dependencies (once, about a minute) …\n';

/** The launcher is plain JavaScript without declarations. */
const launcher = new URL('../../../../infra/cli/launcher/node.mjs', import.meta.url).href;
const { nodeOf } = (await import(/* @vite-ignore */ launcher)) as {
  nodeOf: (root: string, version: string) => string | undefined;
};

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout();
});
afterEach(() => checkout.remove());

describe('the installation of dependencies', () => {
  it('happens once, and reports on standard error because standard output belongs to the command', async () => {
    checkout.npm(`echo from npm; ${checkout.installed('shift; shift; echo "$@"')}`);
    expect(await checkout.run('token', '--data', 'x')).toEqual({
      code: 0,
      out: 'token --data x\n',
      err: `${INSTALLING}from npm\n`,
    });
    expect(await checkout.run('token')).toEqual({ code: 0, out: 'token\n', err: '' });
  });

  it('starts again after an interrupted installation, whatever part was already there', async () => {
    checkout.npm(`${checkout.installed('echo ran')}\nkill -KILL $$`);
    const first = await checkout.run('start');
    expect(first).toMatchObject({ code: 1, out: '' });
    expect(first.err).toBe(
      `${INSTALLING}The dependencies are not installed: npm was stopped by SIGKILL. The next command tries again.\n`,
    );
    checkout.npm(checkout.installed('echo ran'));
    expect(await checkout.run('start')).toEqual({
      code: 0,
      out: 'ran\n',
      err: `The last installation was interrupted.\n${INSTALLING}`,
    });
    expect(existsSync(join(checkout.folder, '.entrepot-installing'))).toBe(false);
  });

  it('makes a second command wait, which then does not install again', async () => {
    checkout.npm(`echo npm >> npm-runs; echo begun; sleep 1; ${checkout.installed('echo ran')}`);
    const first = checkout.start('start');
    await new Promise<void>((resolve) => {
      first.stderr?.on('data', (chunk) => String(chunk).includes('begun') && resolve());
    });
    const [one, two] = await Promise.all([ended(first), checkout.run('start')]);
    expect(one).toMatchObject({ code: 0, out: 'ran\n' });
    expect(two).toMatchObject({ code: 0, out: 'ran\n' });
    expect(two.err).toBe(
      `Process ${first.pid} is installing the dependencies; waiting until it has finished …\n` +
        `If process ${first.pid} is a different program, delete .entrepot-installing in ${realpathSync(checkout.folder)}.\n`,
    );
    expect(readFileSync(join(checkout.folder, 'npm-runs'), 'utf8')).toBe('npm\n');
  });

  it.each([
    ['a package of another version', `sed -i s/24.0.0/23.0.0/ node_modules/.package-lock.json`],
    ['a missing package', 'rm -r node_modules/tool'],
    ['a missing list of packages', 'rm node_modules/.package-lock.json'],
    ['an incomplete list of packages', 'echo "{" > node_modules/.package-lock.json'],
  ])('happens again for %s', async (_, damage) => {
    checkout.npm(`${checkout.installed('echo ran')}\n${damage}`);
    await checkout.run('start');
    checkout.npm(checkout.installed('echo ran'));
    expect((await checkout.run('start')).err).toBe(INSTALLING);
    expect((await checkout.run('start')).err).toBe('');
  });

  it('takes exactly the packages of the lock file, and lets none of them run a script', async () => {
    checkout.npm(`echo "$@"; ${checkout.installed('echo ran')}`);
    expect((await checkout.run('start')).err).toBe(`${INSTALLING}ci --ignore-scripts --loglevel=error\n`);
  });

  it('runs what the program starts on the same Node', async () => {
    checkout.npm(checkout.installed('echo "$PATH"'));
    const { out } = await checkout.run('start');
    expect(out.split(delimiter)[0]).toBe(join(realpathSync(checkout.folder), NODE, 'bin'));
  });

  it('ends the command with npm’s exit code if npm fails', async () => {
    expect(await checkout.run('start')).toEqual({
      code: 3,
      out: '',
      err: `${INSTALLING}npm ran\nThe dependencies are not installed: npm ended with 3. The next command tries again.\n`,
    });
  });
});

describe('a machine for which the lock file has no Node', () => {
  it('uses its own if that is new enough, and says so if not', () => {
    expect(nodeOf(checkout.folder, '24.1.0')).toBe(process.execPath);
    expect(nodeOf(checkout.folder, '22.9.0')).toBeUndefined();
  });
});

describe('signals', () => {
  it.each([
    ['SIGTERM', 7],
    ['SIGINT', 8],
    ['SIGHUP', 9],
  ] as const)('%s is passed on, and the command ends as the program ends', async (signal, code) => {
    const traps = "trap 'exit 7' TERM; trap 'exit 8' INT; trap 'exit 9' HUP";
    checkout.npm(checkout.installed(`${traps}; echo ready; while :; do sleep 0.05; done`));
    const child = checkout.start('start');
    child.stdout?.once('data', () => child.kill(signal));
    expect(await ended(child)).toMatchObject({ code, out: 'ready\n' });
  });

  it('a program that was killed gives the exit code that a shell gives', async () => {
    checkout.npm(checkout.installed('kill -KILL $$'));
    expect((await checkout.run('start')).code).toBe(128 + 9);
  });
});
