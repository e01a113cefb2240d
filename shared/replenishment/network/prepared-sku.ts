import { networkProblem, type SkuNetwork, segmentsOf, surplusOf } from './sku-network.ts';

/** A SKU with what does not depend on prices worked out once, since it is planned in many rounds. */
export interface PreparedSku {
  readonly network: SkuNetwork;
  /** What is wrong with the network; nothing else is worked out then. */
  readonly problem: string | undefined;
  /** By lane: the places of its sites. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** By site: units that it can give. A site without a lane that leads away gives none. */
  readonly givable: Float64Array;
  /** By site, and one for the end: where its steps begin in `units` and `worth`. */
  readonly starts: Int32Array;
  /** Units above those that never leave, in steps of equal worth in minor units, the first ones worth most. */
  readonly units: Float64Array;
  readonly worth: Float64Array;
  /** The places of the lanes that can bring a gain. None: the SKU stays as it is. */
  readonly lanes: Int32Array;
  /** The site from which all lanes start, if each other site has one lane at most. */
  readonly centre: number | undefined;
}

const NOTHING = {
  ...{ from: new Int32Array(0), to: new Int32Array(0), lanes: new Int32Array(0), centre: undefined },
  ...{ givable: new Float64Array(0), starts: new Int32Array(1) },
  ...{ units: new Float64Array(0), worth: new Float64Array(0) },
};

/**
 * Works out what a SKU's sites can give and what more units are worth to them. Left out is what no plan uses: units of
 * a site that are worth no more than the cheapest way to it costs, units that nobody could send, and lanes to a site
 * whose first unit is not worth the move.
 */
export function prepareSku(network: SkuNetwork): PreparedSku {
  const problem = networkProblem(network);
  if (problem !== undefined) return { network, problem, ...NOTHING };
  const { sites, lanes } = network;
  const places = new Map(sites.map(({ siteId }, place) => [siteId, place]));
  const placeOf = (siteId: string) => places.get(siteId) ?? 0;
  const from = Int32Array.from(lanes, (lane) => placeOf(lane.from));
  const to = Int32Array.from(lanes, (lane) => placeOf(lane.to));
  const givable = new Float64Array(sites.length);
  for (const place of from) givable[place] = surplusOf(sites[place] as SkuNetwork['sites'][number]);
  const given = givable.reduce((sum, units) => sum + units, 0);
  if (given === 0) return { network, problem, ...NOTHING };
  const cheapest = new Float64Array(sites.length).fill(Number.POSITIVE_INFINITY);
  for (const [place, { unitCostMinor }] of lanes.entries()) {
    const site = to[place] ?? 0;
    cheapest[site] = Math.min(cheapest[site] ?? 0, unitCostMinor);
  }
  const steps = stepsOfSites(network, { givable, given, cheapest });
  const useful = lanes.flatMap((lane, place) => {
    const start = steps.starts[to[place] ?? 0] ?? 0;
    const hasSteps = start < (steps.starts[(to[place] ?? 0) + 1] ?? 0);
    const gives = (givable[from[place] ?? 0] ?? 0) > 0;
    return gives && hasSteps && (steps.worth[start] ?? 0) > lane.unitCostMinor ? [place] : [];
  });
  if (useful.length === 0) return { network, problem, ...NOTHING };
  return {
    ...{ network, problem, from, to, givable, ...steps },
    lanes: Int32Array.from(useful),
    centre: centreOf(from, to),
  };
}

function stepsOfSites(
  { sites }: SkuNetwork,
  {
    givable,
    given,
    cheapest,
  }: { readonly givable: Float64Array; readonly given: number; readonly cheapest: Float64Array },
): Pick<PreparedSku, 'starts' | 'units' | 'worth'> {
  const starts = new Int32Array(sites.length + 1);
  const units: number[] = [];
  const worths: number[] = [];
  for (const [place, site] of sites.entries()) {
    const own = givable[place] ?? 0;
    // Units of the site's own that may leave, then those that may come.
    let [below, mayLeave, mayCome] = [site.stock - own, own, given - own];
    const add = (count: number, worth: number) => {
      units.push(count);
      worths.push(worth);
    };
    for (const segment of segmentsOf(site)) {
      const above = Math.max(0, segment.units - below);
      below = Math.max(0, below - segment.units);
      const leaving = Math.min(above, mayLeave);
      if (leaving > 0) add(leaving, segment.worth);
      mayLeave -= leaving;
      const coming = segment.worth > (cheapest[place] ?? 0) ? Math.min(above - leaving, mayCome) : 0;
      if (coming > 0) add(coming, segment.worth);
      mayCome -= coming;
    }
    starts[place + 1] = units.length;
  }
  return { starts, units: Float64Array.from(units), worth: Float64Array.from(worths) };
}

function centreOf(from: Int32Array, to: Int32Array): number | undefined {
  const [first] = from;
  return new Set(to).size === to.length && from.every((place) => place === first) ? first : undefined;
}

/** What the first units above those that never leave are worth at a site, in minor units. */
export function worthOfFirst({ starts, units, worth }: PreparedSku, site: number, count: number): number {
  let [left, sum] = [count, 0];
  for (let step = starts[site] ?? 0; step < (starts[site + 1] ?? 0) && left > 0; step += 1) {
    const taken = Math.min(left, units[step] ?? 0);
    sum += taken * (worth[step] ?? 0);
    left -= taken;
  }
  return sum;
}
