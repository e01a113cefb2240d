import { availableParallelism } from 'node:os';

/**
 * How many invocations run at once on this machine, over all functions. In Lambda each invocation has a processor of
 * its own. Here they share a few: with too many at once each becomes so slow that it reaches its time limit, is
 * stopped and repeated, and no work gets done.
 */
const SLOTS = Math.max(8, 4 * availableParallelism());

/** The right to run, of which there is a limited number. */
export interface MachineSlots {
  /** Takes a slot. False if none is free; then `retry` is called when one may be. */
  take(retry: () => void): boolean;
  /** Whether all slots are taken. */
  areTaken(): boolean;
  /** Gives a slot back. */
  release(): void;
}

/** Slots that waiting functions get in turn, in the sequence in which they asked. */
export function createMachineSlots(count = SLOTS): MachineSlots {
  let taken = 0;
  const queue = new Set<() => void>();
  return {
    take(retry) {
      if (taken >= count) {
        queue.add(retry);
        return false;
      }
      taken += 1;
      return true;
    },
    areTaken: () => taken >= count,
    release() {
      taken -= 1;
      // One that has nothing to run any more takes no slot: the next one is asked.
      for (const retry of queue) {
        if (taken >= count) return;
        queue.delete(retry);
        retry();
      }
    },
  };
}
