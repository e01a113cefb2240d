import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, secondMs, toInstant } from '../../kernel/time.ts';
import { fencedStore } from '../fenced-store.ts';
import { type CompactOptions, type CompactOutcome, compact } from './compact.ts';

export interface CompactInTimeOptions
  extends Pick<CompactOptions, 'store' | 'limits' | 'batchBytes' | 'onBatch'> {
  readonly clock: Clock;
  /** The milliseconds for which the run may go on. After them nothing is written any more. */
  readonly remainingMs: () => number;
}

/** Facts that are read at a time: half a minute of one processor, or a little more. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** A batch is begun if there is time for two of the longest so far, and for this. */
const RESERVE_MS = 30 * secondMs;

/**
 * Brings the tables up to the facts for as long as there is time; the next run does the rest. Its files are in the
 * temporary folder of the machine, and removed at the end. Throws where the store does not answer.
 */
export async function compactInTime({
  store,
  clock,
  remainingMs,
  batchBytes = BATCH_BYTES,
  ...options
}: CompactInTimeOptions): Promise<CompactOutcome> {
  const startedMs = clock().getTime();
  const endsMs = startedMs + remainingMs();
  let lastMs = startedMs;
  let longestMs = 0;
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-lake-tables-'));
  try {
    return await compact({
      ...options,
      batchBytes,
      store: fencedStore(store, () => clock().getTime() >= endsMs),
      folder: join(folder, 'run'),
      now: toInstant(new Date(startedMs)),
      isTimeUp: () => remainingMs() < 2 * longestMs + RESERVE_MS,
      onBatch: (progress) => {
        const nowMs = clock().getTime();
        longestMs = Math.max(longestMs, nowMs - lastMs);
        lastMs = nowMs;
        options.onBatch?.(progress);
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
