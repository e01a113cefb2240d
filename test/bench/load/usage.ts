import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CpuParts, Usage } from './figures.ts';

/** The unit of processor times under /proc: a hundredth of a second on every Linux that Node runs on. */
const TICK_MS = 10;

const LISTING = ['-A', '-o', 'pid=,ppid=,rss=,cputimes='];

interface Listed {
  readonly pid: number;
  readonly parent: number | undefined;
  readonly residentKb: number | undefined;
  readonly seconds: number;
}

const readListing = (listed: string): Listed[] =>
  listed.split('\n').flatMap((line) => {
    const [pid, parent, residentKb, seconds] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || seconds === undefined ? [] : [{ pid, parent, residentKb, seconds }];
  });

/** How often the memory is looked at, in milliseconds. */
const LOOK_MS = 500;

/**
 * Looks at the memory of a process and its children until it is stopped, and then gives the most that all of them
 * together held, in megabytes. Pages that they share count for each of them.
 */
export function watchMemory(processId: number): () => Promise<number> {
  let mostKb = 0;
  const look = async () => {
    const { stdout } = await promisify(execFile)('ps', LISTING);
    const held = readListing(stdout).filter(({ pid, parent }) => pid === processId || parent === processId);
    mostKb = Math.max(mostKb, sum(held.map(({ residentKb }) => residentKb)));
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_MS);
  return async () => {
    clearInterval(timer);
    await looking;
    return mostKb / 1024;
  };
}

/**
 * The usage of a process and its children at this moment, and the size of the data folder. On Linux the processor time
 * is exact to a hundredth of a second, and divided into parts. Elsewhere it is exact to a second, or to a hundredth if
 * `ps` prints it.
 */
export function usageOf(processId: number, dataDir: string): Usage {
  const rows = readListing(execFileSync('ps', LISTING, { encoding: 'utf8' }));
  const children = rows.filter(({ parent }) => parent === processId);
  const own = rows.filter(({ pid }) => pid === processId);
  const parts = existsSync(`/proc/${processId}/task`)
    ? partsOf(
        processId,
        children.map(({ pid }) => pid),
      )
    : undefined;
  return {
    cpuMs:
      parts === undefined
        ? sum([...own, ...children].map(({ seconds }) => seconds)) * 1000
        : sum(Object.values(parts)),
    ...(parts === undefined ? {} : { parts }),
    residentMb: (own[0]?.residentKb ?? 0) / 1024,
    dataKb: sizeBytes(dataDir) / 1024,
  };
}

/**
 * Divides the processor time by the names of the threads. Threads that have ended count as helpers. A process of
 * DuckDB that has ended counts in the time that its parent keeps of ended children.
 */
function partsOf(processId: number, children: readonly number[]): CpuParts {
  const threads = readdirSync(`/proc/${processId}/task`).map((thread) => ({
    ...readTicks(`/proc/${processId}/task/${thread}/stat`),
    isMain: Number(thread) === processId,
  }));
  const main = sum(threads.filter(({ isMain }) => isMain).map(({ ms }) => ms));
  const functions = sum(threads.filter(({ name }) => name === 'functions').map(({ ms }) => ms));
  const whole = readTicks(`/proc/${processId}/stat`);
  const helpers = whole.ms - main - functions;
  const isLake = (child: number) => readText(`/proc/${child}/cmdline`).includes('process-host.ts');
  const timeOf = (some: readonly number[]) => sum(some.map((child) => readTicks(`/proc/${child}/stat`).ms));
  const engine = timeOf(children.filter((child) => !isLake(child)));
  const lake = timeOf(children.filter(isLake)) + whole.endedMs;
  return { main, functions, helpers, engine, lake };
}

interface Ticks {
  readonly name: string;
  readonly ms: number;
  /** The time of the children that have ended. */
  readonly endedMs: number;
}

/** The name of a thread and its processor time. Nothing for a thread that has just ended. */
function readTicks(file: string): Ticks {
  const stat = readText(file);
  if (stat === '') return { name: '', ms: 0, endedMs: 0 };
  // The name is in parentheses and may hold any character. User and system time are the 12th and 13th value after it,
  // and those of ended children follow.
  const end = stat.lastIndexOf(')');
  const values = stat.slice(end + 2).split(' ');
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    ms: (Number(values[11]) + Number(values[12])) * TICK_MS,
    endedMs: (Number(values[13]) + Number(values[14])) * TICK_MS,
  };
}

/** The text of a file under /proc; empty for a process or a thread that has just ended. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function sizeBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((total, file) => total + statSync(join(file.parentPath, file.name)).size, 0);
}
