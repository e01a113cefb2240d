import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hourMs } from '../../../shared/kernel/time.ts';
import type { MetricName } from './metrics.ts';

/** Adds to the sum of a metric in the present hour. */
export type Tally = (metric: MetricName, value: number) => void;

/** The sum of an hour that begins at `atMs`, in milliseconds since 1970. */
interface SumOfHour {
  readonly atMs: number;
  readonly sum: number;
}

/** The sums of the metrics that AWS bills, by the hour. They outlive a restart. */
export interface HourlySums {
  readonly tally: Tally;
  /** The hours of a metric that have a sum, from the one of `fromMs` on and before `untilMs`. */
  read(metric: MetricName, range: { readonly fromMs: number; readonly untilMs: number }): SumOfHour[];
  /** Stores what was added. A process that is killed loses what it has not stored. */
  save(): void;
}

const KEPT_HOURS = 72;

const hourOf = (ms: number): number => Math.floor(ms / hourMs) * hourMs;

/** Opens the sums in the data folder. */
export function openHourlySums(dataDir: string, now: () => number = Date.now): HourlySums {
  const file = join(dataDir, 'hourly-metrics.json');
  const hours = new Map<number, Map<string, number>>(readSums(file));
  let isChanged = false;
  return {
    tally: (metric, value) => {
      const hour = hourOf(now());
      const sums = hours.get(hour) ?? new Map<string, number>();
      const key = keyOf(metric);
      hours.set(hour, sums.set(key, (sums.get(key) ?? 0) + value));
      isChanged = true;
    },
    read: (metric, { fromMs, untilMs }) => {
      const key = keyOf(metric);
      return [...hours]
        .filter(([atMs, sums]) => atMs >= hourOf(fromMs) && atMs < untilMs && sums.has(key))
        .map(([atMs, sums]) => ({ atMs, sum: sums.get(key) ?? 0 }))
        .sort((a, b) => a.atMs - b.atMs);
    },
    save: () => {
      if (!isChanged) return;
      isChanged = false;
      for (const atMs of hours.keys()) if (atMs < now() - KEPT_HOURS * hourMs) hours.delete(atMs);
      const text = JSON.stringify([...hours].map(([atMs, sums]) => [atMs, [...sums]]));
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
  };
}

function readSums(file: string): [number, Map<string, number>][] {
  if (!existsSync(file)) return [];
  const stored = JSON.parse(readFileSync(file, 'utf8')) as [number, [string, number][]][];
  return stored.map(([atMs, sums]) => [atMs, new Map(sums)]);
}

const keyOf = ({ namespace, name, dimensions = {} }: MetricName): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
