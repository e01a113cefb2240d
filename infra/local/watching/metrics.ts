/** A metric: namespace, name and dimensions. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Adds a value to a metric. The time is in milliseconds since 1970; the default is now. */
export type Observe = (metric: MetricName, value: number, atMs?: number) => void;

export type Statistic = 'Sum' | 'Maximum';

/** The values of metrics, kept for a day. */
export interface MetricStore {
  readonly observe: Observe;
  /** The statistic of the values from `fromMs` on and before `untilMs`; undefined when there is none. */
  read(metric: MetricName, statistic: Statistic, range: Range): number | undefined;
}

interface Range {
  readonly fromMs: number;
  readonly untilMs: number;
}

interface Bucket {
  readonly atMs: number;
  sum: number;
  maximum: number;
}

/** Values of the same second are kept as one. */
const RESOLUTION_MS = 1_000;
const KEPT_MS = 24 * 3_600_000;

/** Makes an empty store. */
export function createMetricStore(now: () => number): MetricStore {
  const series = new Map<string, Bucket[]>();
  return {
    observe: (metric, value, atMs = now()) => {
      const key = keyOf(metric);
      const buckets = (series.get(key) ?? []).filter((each) => each.atMs > atMs - KEPT_MS);
      const second = Math.floor(atMs / RESOLUTION_MS) * RESOLUTION_MS;
      const found = buckets.find((each) => each.atMs === second);
      if (found === undefined) buckets.push({ atMs: second, sum: value, maximum: value });
      else {
        found.sum += value;
        found.maximum = Math.max(found.maximum, value);
      }
      series.set(key, buckets);
    },
    read: (metric, statistic, { fromMs, untilMs }) => {
      const within = (series.get(keyOf(metric)) ?? []).filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
      if (within.length === 0) return undefined;
      return statistic === 'Sum'
        ? within.reduce((all, { sum }) => all + sum, 0)
        : Math.max(...within.map(({ maximum }) => maximum));
    },
  };
}

function keyOf({ namespace, name, dimensions = {} }: MetricName): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
