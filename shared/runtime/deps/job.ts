import { createLease, type Lease } from '../../aws/lease.ts';
import { readSettings } from '../settings.ts';
import { ownTable } from './table.ts';

/** The dependencies that keep two runs of a scheduled job from working at the same time. */
export interface JobDeps {
  readonly clock: () => Date;
  /** The seconds between two runs; undefined where the function does not have this setting. */
  readonly periodSeconds?: number | undefined;
  lease(job: string): Lease;
}

export function jobDeps(): JobDeps {
  const { periodSeconds } = readSettings();
  return { clock: () => new Date(), periodSeconds, lease: (job) => createLease(ownTable(), job) };
}
