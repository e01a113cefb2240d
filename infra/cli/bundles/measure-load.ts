import { execFileSync } from 'node:child_process';

/** Prints the milliseconds of processor time that Node needs to load the module which is named as argument. */
const LOAD = `
const before = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000), () => process.exit(0));
`;

/** Functions read their settings when they are loaded or first called. */
export const ANY_SETTINGS = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'table',
  BUS_NAME: 'bus',
  STAGE: 'test',
  BUILD: '0',
};

/**
 * Loads each module `rounds` times in a fresh process of Node, and gives the median of the processor time, in
 * milliseconds, by file. A file may be named more often; it is then loaded more often.
 *
 * Processor time varies less than the time on the clock while other programs run. Each round loads all the modules, so
 * that a slow minute of the machine counts for all of them. Throws an Error when a module can't be loaded.
 */
export function measureLoads(files: readonly string[], rounds: number): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const file of files) {
      const args = ['--input-type=module', '--eval', LOAD, file];
      const env = { ...process.env, ...ANY_SETTINGS };
      const ms = Number(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
      times.set(file, [...(times.get(file) ?? []), ms]);
    }
  }
  return new Map([...times].map(([file, each]) => [file, median(each)]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
