import type { Instant } from '../kernel/time.ts';
import { type CarrierMark, isDown } from './carrier-health.ts';
import type { Warehouse } from './warehouse.ts';

/** The network without the lanes of carriers that are marked down; the same object if there are none. */
export function lanesInService(
  network: readonly Warehouse[],
  marks: readonly CarrierMark[],
  now: Instant,
): readonly Warehouse[] {
  const isOut = (lane: Warehouse['lanes'][number]) => marks.some((mark) => isDown(mark, lane, now));
  if (!network.some(({ lanes }) => lanes.some(isOut))) return network;
  return network.map((warehouse) => ({
    ...warehouse,
    lanes: warehouse.lanes.filter((lane) => !isOut(lane)),
  }));
}
