import type { SkuNetwork, TransferLane } from './sku-network.ts';
import { type Segment, segmentsOf, surplusOf } from './sku-network.ts';
import { costOfLane, gainOf, type Transfer, type TransferPlan } from './transfer-programme.ts';

/** The one site that all lanes start from, if each other site has one lane at most; undefined otherwise. */
export function centreOf({ lanes }: SkuNetwork): string | undefined {
  const [first] = lanes;
  if (first === undefined) return undefined;
  const ends = new Set(lanes.map(({ to }) => to));
  return ends.size === lanes.length && lanes.every(({ from }) => from === first.from)
    ? first.from
    : undefined;
}

interface Step {
  readonly place: number;
  readonly units: number;
  /** Worth less cost and price of one unit. */
  readonly net: number;
}

/**
 * The transfers of {@link bestTransfers} where one site fills all others, without a solver: units go in the order of
 * what they are worth there, as long as that is more than at the centre. With one source and concave worths this is the
 * best flow.
 */
export function starTransfers(
  network: SkuNetwork,
  prices: (lane: TransferLane) => number = () => 0,
): TransferPlan {
  const { sites, lanes } = network;
  const byId = new Map(sites.map((site) => [site.siteId, site]));
  const centre = byId.get(lanes[0]?.from ?? '');
  if (centre === undefined) return { transfers: [], gainMinor: 0 };
  const surplus = surplusOf(centre);
  const steps: Step[] = [];
  for (const [place, lane] of lanes.entries()) {
    const site = byId.get(lane.to);
    if (site === undefined) continue;
    const cost = costOfLane(lanes, place, prices(lane));
    let room = lane.maxUnits ?? Number.POSITIVE_INFINITY;
    for (const { units, worth } of segmentsAfter(segmentsOf(site), site.stock)) {
      const taken = Math.min(units, room);
      if (taken > 0 && worth > cost) steps.push({ place, units: taken, net: worth - cost });
      room -= taken;
    }
  }
  // What the centre's own units are worth there, from its last one.
  const own = segmentsAfter(segmentsOf(centre), centre.stock - surplus);
  steps.push(...own.map(({ units, worth }) => ({ place: -1, units, net: worth })));
  steps.sort((a, b) => b.net - a.net || a.place - b.place);
  const moved = new Map<number, number>();
  let left = surplus;
  for (const { place, units } of steps) {
    const taken = Math.min(left, units);
    left -= taken;
    if (place >= 0 && taken > 0) moved.set(place, (moved.get(place) ?? 0) + taken);
    if (left === 0) break;
  }
  const transfers: Transfer[] = lanes.flatMap((lane, place) => {
    const units = moved.get(place) ?? 0;
    return units === 0 ? [] : [{ lane, units }];
  });
  return { transfers, gainMinor: gainOf(network, transfers) };
}

/** The segments above the units that are there already. */
function segmentsAfter(segments: readonly Segment[], units: number): Segment[] {
  let gone = units;
  return segments.flatMap((segment) => {
    const left = Math.max(0, segment.units - gone);
    gone = Math.max(0, gone - segment.units);
    return left === 0 ? [] : [{ units: left, worth: segment.worth }];
  });
}
