import type { PreparedSku } from './prepared-sku.ts';
import type { TransferLane } from './sku-network.ts';
import { costOfLane, type TransferPlan, transfersFrom } from './transfer-programme.ts';

/** Steps of units: their lane's place, or -1 for units that stay; how many; worth less cost and price of one unit. */
interface Steps {
  readonly places: Int32Array;
  readonly counts: Float64Array;
  readonly nets: Float64Array;
  readonly length: number;
}

/**
 * The transfers of {@link bestTransfers} where one site fills all others, without a solver: units go in the order of
 * what they are worth there, as long as that is more than at the centre. With one source and concave worths this is the
 * best flow.
 */
export function starTransfers(
  sku: PreparedSku,
  prices: (lane: TransferLane) => number = () => 0,
): TransferPlan {
  const { network, centre } = sku;
  if (centre === undefined || sku.lanes.length === 0) return { transfers: [], gainMinor: 0 };
  const steps = stepsOf(sku, centre, prices);
  const { places, counts, nets, length } = steps;
  const given = sku.givable[centre] ?? 0;
  const lowest = lowestNet(steps, given);
  const moved = new Float64Array(network.lanes.length);
  let left = given;
  const take = (index: number) => {
    const taken = Math.min(left, counts[index] ?? 0);
    const place = places[index] ?? -1;
    left -= taken;
    if (place >= 0) moved[place] = (moved[place] ?? 0) + taken;
  };
  for (let index = 0; index < length; index += 1) if ((nets[index] ?? 0) > lowest) take(index);
  // Units that stay come first in the arrays: of equal ones they are taken first, and then by the lane's place.
  for (let index = 0; index < length && left > 0; index += 1) if (nets[index] === lowest) take(index);
  return transfersFrom(sku, moved);
}

function stepsOf(sku: PreparedSku, centre: number, prices: (lane: TransferLane) => number): Steps {
  const { network, starts, units, worth } = sku;
  const places = new Int32Array(units.length);
  const counts = new Float64Array(units.length);
  const nets = new Float64Array(units.length);
  let length = 0;
  const add = (place: number, count: number, net: number) => {
    places[length] = place;
    counts[length] = count;
    nets[length] = net;
    length += 1;
  };
  for (let step = starts[centre] ?? 0; step < (starts[centre + 1] ?? 0); step += 1)
    add(-1, units[step] ?? 0, worth[step] ?? 0);
  for (const place of sku.lanes) {
    const lane = network.lanes[place] as TransferLane;
    const site = sku.to[place] ?? 0;
    const cost = costOfLane(network.lanes, place, prices(lane));
    let room = lane.maxUnits ?? Number.POSITIVE_INFINITY;
    for (let step = starts[site] ?? 0; step < (starts[site + 1] ?? 0) && room > 0; step += 1) {
      const net = (worth[step] ?? 0) - cost;
      if (net <= 0) break;
      const taken = Math.min(units[step] ?? 0, room);
      add(place, taken, net);
      room -= taken;
    }
  }
  return { places, counts, nets, length };
}

/** The net of the last step that is taken when the best ones are: steps above it are fewer units than there are. */
function lowestNet({ counts, nets, length }: Steps, given: number): number {
  const sorted = nets.slice(0, length).sort();
  let [low, high] = [0, length];
  // The smallest place in `sorted` whose better steps leave units over.
  while (low < high) {
    const middle = (low + high) >> 1;
    const net = sorted[middle] ?? 0;
    let above = 0;
    for (let index = 0; index < length; index += 1) if ((nets[index] ?? 0) > net) above += counts[index] ?? 0;
    if (above < given) high = middle;
    else low = middle + 1;
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY;
}
