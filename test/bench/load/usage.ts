import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Usage } from './figures.ts';

/**
 * The usage of a process and its children at this moment, and the size of the data folder. The processor time is exact
 * to a second, or to a hundredth of a second if `ps` prints it.
 */
export function usageOf(processId: number, dataDir: string): Usage {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,cputimes='], { encoding: 'utf8' });
  const rows = listed.split('\n').flatMap((line) => {
    const [pid, parent, residentKb, seconds] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || seconds === undefined ? [] : [{ pid, parent, residentKb, seconds }];
  });
  const own = rows.filter(({ pid, parent }) => pid === processId || parent === processId);
  const sum = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    cpuMs: sum(own.map(({ seconds }) => seconds)) * 1000,
    residentMb: (own.find(({ pid }) => pid === processId)?.residentKb ?? 0) / 1024,
    dataKb: sizeBytes(dataDir) / 1024,
  };
}

function sizeBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((total, file) => total + statSync(join(file.parentPath, file.name)).size, 0);
}
