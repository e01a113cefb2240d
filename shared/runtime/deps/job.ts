import { createLease, type Lease } from '../../aws/lease.ts';
import { coreDeps } from './core.ts';

/** The dependencies that keep two runs of a scheduled job from working at the same time. */
export interface JobDeps {
  readonly clock: () => Date;
  /** The seconds between two runs; undefined where the function does not have this setting. */
  readonly periodSeconds?: number | undefined;
  lease(job: string): Lease;
}

export function jobDeps(): JobDeps {
  const { table, clock, settings } = coreDeps();
  return { clock, periodSeconds: settings.periodSeconds, lease: (job) => createLease(table, job) };
}
