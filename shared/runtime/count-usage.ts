import type { TriggerEntry } from '../../events/triggers.ts';
import type { Outlet } from '../aws/relay/refusal.ts';
import type { MetricSums } from '../aws/usage/metric-sums.ts';
import { fingerprint } from '../kernel/hash.ts';
import { type Clock, hourMs, type Instant, secondMs, toInstant } from '../kernel/time.ts';
import { recordOf, writeRecord } from '../lake/index.ts';
import {
  billedMetrics,
  type HourUsage,
  type StageNames,
  type Standing,
  usageOfHours,
} from '../usage/index.ts';

interface CountingDeps {
  readonly metrics: MetricSums;
  readonly stream: Outlet<string>;
  readonly names: StageNames;
  readonly standing: Standing;
  readonly triggers: readonly TriggerEntry[];
  readonly clock: Clock;
  /** The seconds between two runs; a day if undefined. */
  readonly periodSeconds: number | undefined;
}

/** A run counts the hours of two periods again: a run that did not happen is made up for, and late data count. */
const PERIODS_BACK = 2;
const HOURS_BACK_AT_LEAST = 3;
const DAY_SECONDS = 86_400;

/**
 * Counts what AWS bills for each of the last hours, the one that runs included, and puts a record of each hour into the
 * delivery stream of the lake. An hour with the same figures as before gives the same record again, which counts once.
 * Gives the number of the hours. Throws where the metrics can't be read or the stream does not take a record: the next
 * run counts the same hours.
 */
export async function countUsage({
  metrics,
  stream,
  names,
  standing,
  triggers,
  clock,
  periodSeconds = DAY_SECONDS,
}: CountingDeps): Promise<{ readonly hours: number; readonly metrics: number }> {
  const at = clock();
  const now = toInstant(at);
  const back = Math.max(HOURS_BACK_AT_LEAST, Math.ceil((PERIODS_BACK * periodSeconds * secondMs) / hourMs));
  const from = toInstant(new Date((Math.floor(at.getTime() / hourMs) - back) * hourMs));
  const asked = billedMetrics(names, triggers);
  const hours = usageOfHours(await metrics.between(asked, from, now), standing);
  const refusals = await stream.put(hours.map((usage) => writeRecord(usageRecord(usage, now))));
  const [refusal] = refusals;
  if (refusal !== undefined)
    throw new Error(`${refusals.length} hours of usage are not in the lake: ${refusal.reason}`);
  return { hours: hours.length, metrics: asked.length };
}

const usageRecord = ({ hour, units }: HourUsage, now: Instant) =>
  recordOf(
    'usage.counted',
    { id: `usage:${hour}:${fingerprint(units).slice(0, 32)}`, occurredAt: hour, recordedAt: now },
    { units: [...units] },
  );
