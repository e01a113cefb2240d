import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../infra/local/find-free-port.ts';
import { installPython, programsOf } from './python-environment.ts';

/** MiniStack and what it needs, each with its version. A changed file is installed anew. */
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));
/** Where MiniStack is installed: a virtual environment of Python, beside the other caches. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/entrepot/ministack', import.meta.url));

const START_MILLISECONDS = 60_000;
const MAX_OUTPUT_CHARACTERS = 20_000;

/** A running MiniStack with no resources in it. It ends with this process. */
export interface Ministack {
  /** Its address for every service of AWS, such as `http://127.0.0.1:14566`. */
  readonly url: string;
  /** The Python of its environment. */
  readonly python: string;
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
  const missing = await installPython({ requirements: REQUIREMENTS, folder, pythons, what: 'MiniStack' });
  if (missing !== undefined) return { missing };
  const temporary = await newTemporaryFolder();
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(programsOf(folder), 'ministack'), [], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: temporary },
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
    await rm(temporary, { recursive: true, force: true });
  };
  if (!(await answers(`${url}/_ministack/ready`, child))) {
    await stop();
    throw new Error(`MiniStack does not answer at ${url}: ${printed}`);
  }
  return { url, python: join(programsOf(folder), 'python'), output: () => printed, stop };
}

/**
 * The folder in which MiniStack writes its programs. A package file of its own makes Node read them as CommonJS,
 * whatever the machine's temporary folder holds.
 */
async function newTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-ministack-'));
  await writeFile(join(folder, 'package.json'), '{}');
  return folder;
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
