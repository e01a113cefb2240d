import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CpuParts, Usage } from './figures.ts';

/** The unit of processor times under /proc: a hundredth of a second on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * The usage of a process and its children at this moment, and the size of the data folder. On Linux the processor time
 * is exact to a hundredth of a second, and divided into parts. Elsewhere it is exact to a second, or to a hundredth if
 * `ps` prints it.
 */
export function usageOf(processId: number, dataDir: string): Usage {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,cputimes='], { encoding: 'utf8' });
  const rows = listed.split('\n').flatMap((line) => {
    const [pid, parent, residentKb, seconds] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || seconds === undefined ? [] : [{ pid, parent, residentKb, seconds }];
  });
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

/** Divides the processor time by the names of the threads. Threads that have ended count as helpers. */
function partsOf(processId: number, children: readonly number[]): CpuParts {
  const threads = readdirSync(`/proc/${processId}/task`).map((thread) => ({
    ...readTicks(`/proc/${processId}/task/${thread}/stat`),
    isMain: Number(thread) === processId,
  }));
  const main = sum(threads.filter(({ isMain }) => isMain).map(({ ms }) => ms));
  const functions = sum(threads.filter(({ name }) => name === 'functions').map(({ ms }) => ms));
  const helpers = readTicks(`/proc/${processId}/stat`).ms - main - functions;
  const engine = sum(children.map((child) => readTicks(`/proc/${child}/stat`).ms));
  return { main, functions, helpers, engine };
}

/** The name of a thread and its processor time. Nothing for a thread that has just ended. */
function readTicks(file: string): { readonly name: string; readonly ms: number } {
  let stat: string;
  try {
    stat = readFileSync(file, 'latin1');
  } catch {
    return { name: '', ms: 0 };
  }
  // The name is in parentheses and may hold any character. User and system time are the 12th and 13th value after it.
  const end = stat.lastIndexOf(')');
  const values = stat.slice(end + 2).split(' ');
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    ms: (Number(values[11]) + Number(values[12])) * TICK_MS,
  };
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function sizeBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((total, file) => total + statSync(join(file.parentPath, file.name)).size, 0);
}
