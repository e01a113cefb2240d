import { setTimeout as wait } from 'node:timers/promises';
import type { Backend } from './start-backend.ts';

const MAX_WAIT_MS = 60_000;

/** Waits until the backend is quiescent. Gives false if it is not after a minute. */
export async function becomesQuiet(backend: Pick<Backend, 'isQuiescent'>): Promise<boolean> {
  const giveUpAt = performance.now() + MAX_WAIT_MS;
  // The backend must be quiescent twice in a row: between a partner's step and its callback it looks quiescent.
  for (let quiet = 0; quiet < 2; quiet = backend.isQuiescent() ? quiet + 1 : 0) {
    if (performance.now() > giveUpAt) return false;
    await wait(100);
  }
  return true;
}
