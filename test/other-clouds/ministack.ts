import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFreePort } from '../../infra/local/find-free-port.ts';

/** MiniStack and what it needs, each with its version. A changed file is installed anew. */
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
/** Where MiniStack is installed: a virtual environment of Python, beside the other caches. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/entrepot/ministack', import.meta.url));

const START_MILLISECONDS = 60_000;
const INSTALL_MILLISECONDS = 300_000;
const MAX_OUTPUT_CHARACTERS = 20_000;

/** A running MiniStack with no resources in it. It ends with this process. */
export interface Ministack {
  /** Its address for every service of AWS, such as `http://127.0.0.1:14566`. */
  readonly url: string;
  /** The end of what it has printed, for the message of a fault. */
  output(): string;
  stop(): Promise<void>;
}

/** Why MiniStack is not on this machine and cannot be installed. A check that needs it is then skipped. */
export interface NoMinistack {
  readonly missing: string;
}

export interface MinistackOptions {
  /** The commands that may start Python 3.10 or newer, the first that works is taken. */
  readonly pythons?: readonly string[];
  /** The folder of the installation. */
  readonly folder?: string;
  /** Its region. */
  readonly region?: string;
  /** More settings of MiniStack, by the names of its environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Starts MiniStack (`ministack` of PyPI), an emulator of AWS that others wrote, on a free port of this machine. The
 * first start installs it with pip into a virtual environment in `node_modules/.cache/entrepot/ministack`, in the
 * versions of `requirements.txt`; this takes some ten seconds. Optional checks use it: `npm test` never does.
 *
 * Gives the reason where Python or the package cannot be had. Throws an Error where MiniStack is installed and does
 * not answer.
 */
export async function startMinistack(options: MinistackOptions = {}): Promise<Ministack | NoMinistack> {
  const { pythons = ['python3', 'python'], folder = CACHE } = options;
  const { region = 'eu-central-1', environment = {} } = options;
  const missing = await install(pythons, folder);
  if (missing !== undefined) return { missing };
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(binaries(folder), 'ministack'), [], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
      ...{
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        MINISTACK_REGION: region,
        LOG_LEVEL: 'WARNING',
      },
      ...environment,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-MAX_OUTPUT_CHARACTERS);
    });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', endWithUs);
    await end(child);
  };
  if (!(await answers(`${url}/_ministack/ready`, child))) {
    await stop();
    throw new Error(`MiniStack does not answer at ${url}: ${printed}`);
  }
  return { url, output: () => printed, stop };
}

/** Installs what `requirements.txt` names, unless it is there. Gives why it cannot, or nothing. */
async function install(pythons: readonly string[], folder: string): Promise<string | undefined> {
  // Written last, so that an installation that was stopped is repeated.
  const installed = join(folder, 'installed-requirements.txt');
  const wanted = await readFile(REQUIREMENTS, 'utf8');
  if ((await readFile(installed, 'utf8').catch(() => '')) === wanted) return undefined;
  const python = await findPython(pythons);
  if (python === undefined) return `Python 3.10 or newer is not installed (${pythons.join(', ')})`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const failed =
    (await failure(python, ['-m', 'venv', folder])) ??
    (await failure(join(binaries(folder), 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '-r',
      REQUIREMENTS,
    ]));
  if (failed !== undefined) return `MiniStack cannot be installed: ${failed}`;
  await copyFile(REQUIREMENTS, installed);
  return undefined;
}

function binaries(folder: string): string {
  return join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
}

async function findPython(commands: readonly string[]): Promise<string | undefined> {
  for (const command of commands)
    if ((await failure(command, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'])) === undefined)
      return command;
  return undefined;
}

/** Runs a command. Gives the last line that it printed to its error output if it failed. */
async function failure(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)(command, args, { timeout: INSTALL_MILLISECONDS });
    return undefined;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return stderr.trim().split('\n').at(-1) || message;
  }
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const until = Date.now() + START_MILLISECONDS;
  let broken = false;
  child.once('error', () => {
    broken = true;
  });
  while (!broken && child.exitCode === null && Date.now() < until) {
    const ready = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return true;
    await sleep(50);
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(hard);
}
