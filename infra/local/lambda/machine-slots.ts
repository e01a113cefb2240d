import { availableParallelism } from 'node:os';

/**
 * How many invocations run at once on this machine, over all functions. In Lambda each invocation has a processor of
 * its own. Here they share a few: with too many at once each becomes so slow that it reaches its time limit, is
 * stopped and repeated, and no work gets done.
 */
const SLOTS = Math.max(8, 4 * availableParallelism());

/** Requests are answers that somebody waits for. Everything else is work, such as that of queues. */
export type Lane = 'request' | 'work';

/** The right to run, of which there is a limited number. */
export interface MachineSlots {
  /** Takes a slot. False if none is free; then `retry` is called when one may be. */
  take(lane: Lane, retry: () => void): boolean;
  /** Whether all slots are taken. */
  areTaken(): boolean;
  /** Gives a slot back. */
  release(lane: Lane): void;
}

/**
 * Slots that waiting functions get in turn, in the sequence in which they asked. Where both lanes wait, the next slot
 * goes to the lane that has fewer of them. So neither requests nor queues keep the other from running.
 */
export function createMachineSlots(count = SLOTS): MachineSlots {
  const taken: Record<Lane, number> = { request: 0, work: 0 };
  const waiting: Record<Lane, Set<() => void>> = { request: new Set(), work: new Set() };
  const areTaken = (): boolean => taken.request + taken.work >= count;

  function next(): (() => void) | undefined {
    const lanes: Lane[] = taken.request <= taken.work ? ['request', 'work'] : ['work', 'request'];
    for (const lane of lanes) {
      const [retry] = waiting[lane];
      if (retry === undefined) continue;
      waiting[lane].delete(retry);
      return retry;
    }
    return undefined;
  }

  return {
    take(lane, retry) {
      if (areTaken()) {
        waiting[lane].add(retry);
        return false;
      }
      taken[lane] += 1;
      return true;
    },
    areTaken,
    release(lane) {
      taken[lane] -= 1;
      // One that has nothing to run any more takes no slot: the next one is asked.
      while (!areTaken()) {
        const retry = next();
        if (retry === undefined) return;
        retry();
      }
    },
  };
}
