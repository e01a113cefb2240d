import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const INSTALL_MILLISECONDS = 300_000;

export interface PythonEnvironment {
  /** The file that names the packages, each with its version. A changed file is installed anew. */
  readonly requirements: string;
  /** The folder of the virtual environment. */
  readonly folder: string;
  /** The commands that may start Python 3.10 or newer, the first that works is taken. */
  readonly pythons?: readonly string[];
  /** What is installed, for a message. */
  readonly what: string;
  /** Whether the file names all that is needed: what these packages ask for is not installed. */
  readonly isComplete?: true;
}

/** Installs packages of PyPI into a virtual environment, unless they are there. Gives why it can't, or nothing. */
export async function installPython(environment: PythonEnvironment): Promise<string | undefined> {
  const { requirements, folder, pythons = ['python3', 'python'], what, isComplete } = environment;
  // Written last, so that an installation that was stopped is repeated.
  const installed = join(folder, 'installed-requirements.txt');
  const wanted = await readFile(requirements, 'utf8');
  // The folder may have been copied from elsewhere, or its Python updated: then it is made again.
  const works = (await failure(join(programsOf(folder), 'python'), ['-m', 'pip', '--version'])) === undefined;
  if (works && (await readFile(installed, 'utf8').catch(() => '')) === wanted) return undefined;
  const python = await findPython(pythons);
  if (python === undefined) return `Python 3.10 or newer is not installed (${pythons.join(', ')})`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pip = ['-m', 'pip', 'install', '--quiet', ...(isComplete ? ['--no-deps'] : []), '-r', requirements];
  const failed =
    (await failure(python, ['-m', 'venv', folder])) ??
    (await failure(join(programsOf(folder), 'python'), pip));
  if (failed !== undefined) return `${what} cannot be installed: ${failed}`;
  await copyFile(requirements, installed);
  return undefined;
}

/** The folder of the programs of a virtual environment. */
export function programsOf(folder: string): string {
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
