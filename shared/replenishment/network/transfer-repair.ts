import { type PlannedSku, type SharedCapacity, transfersFrom } from './transfer-programme.ts';

/** Units of one flow into a full site that are worth the same there. */
interface FlowStep {
  readonly index: number;
  readonly place: number;
  readonly count: number;
  readonly load: number;
  /** What the units gain for each unit of load, in minor units. */
  readonly netPerLoad: number;
}

/** A plan that fits, and what one more unit of load would gain at each site where units were left out. */
interface Repaired {
  readonly planned: readonly PlannedSku[];
  readonly marginMinor: ReadonlyMap<string, number>;
}

/**
 * The same transfers, with less into each site that has too little room: the units that gain least for their load stay
 * where they are. Sites without a capacity are not limited.
 */
export function withinCapacity(planned: readonly PlannedSku[], capacity: SharedCapacity): Repaired {
  const changed = new Map<number, Float64Array>();
  const marginMinor = new Map<string, number>();
  for (const [siteId, { steps, load }] of stepsIntoFullSites(planned, capacity)) {
    let excess = load - (capacity.get(siteId) ?? 0);
    steps.sort((a, b) => a.netPerLoad - b.netPerLoad);
    for (const step of steps) {
      if (excess <= 1e-9) break;
      const left = Math.min(step.count, Math.ceil(excess / step.load - 1e-9));
      const units = changed.get(step.index) ?? unitsOf(planned[step.index]);
      units[step.place] = (units[step.place] ?? 0) - left;
      changed.set(step.index, units);
      excess -= left * step.load;
      marginMinor.set(siteId, Math.max(0, step.netPerLoad));
    }
  }
  const room = roomOf(planned, capacity, changed);
  const fits = planned.map((each, index) => {
    const units = changed.get(index);
    if (units === undefined) return each;
    sendElsewhere(each.sku, units, room);
    return { ...each, ...transfersFrom(each.sku, units) };
  });
  return { planned: fits, marginMinor };
}

/** What still fits into each limited site, with the changed units. */
function roomOf(
  planned: readonly PlannedSku[],
  capacity: SharedCapacity,
  changed: ReadonlyMap<number, Float64Array>,
): Map<string, number> {
  if (changed.size === 0) return new Map();
  const loads = loadsOf(planned);
  const room = new Map([...capacity].map(([siteId, most]) => [siteId, most - (loads.get(siteId) ?? 0)]));
  for (const [index, units] of changed)
    for (const { lane, place, units: before } of planned[index]?.transfers ?? []) {
      const less = (before - (units[place] ?? 0)) * (planned[index]?.sku.network.loadPerUnit ?? 0);
      if (capacity.has(lane.to)) room.set(lane.to, (room.get(lane.to) ?? 0) + less);
    }
  return room;
}

/** Sends units that were left where they are to other sites with room, one step at a time, the best one first. */
function sendElsewhere(sku: PlannedSku['sku'], units: Float64Array, room: Map<string, number>): void {
  const { network, from, to, givable } = sku;
  const sent = new Float64Array(network.sites.length);
  const held = givable.slice();
  for (const place of sku.lanes) {
    const [source = 0, target = 0] = [from[place], to[place]];
    const count = units[place] ?? 0;
    sent[source] = (sent[source] ?? 0) + count;
    held[source] = (held[source] ?? 0) - count;
    held[target] = (held[target] ?? 0) + count;
  }
  for (;;) {
    let best = { place: -1, count: 0, net: 0 };
    for (const place of sku.lanes) {
      const [source = 0, target = 0] = [from[place], to[place]];
      const lane = network.lanes[place];
      if (lane === undefined || held[source] === 0) continue;
      const gained = stepAt(sku, target, held[target] ?? 0);
      const lost = stepAt(sku, source, (held[source] ?? 0) - 1);
      const net = gained.worth - lost.worth - lane.unitCostMinor;
      if (net <= best.net) continue;
      const fits = Math.floor((room.get(lane.to) ?? Number.POSITIVE_INFINITY) / network.loadPerUnit + 1e-9);
      const count = Math.min(
        ...[gained.after, lost.before + 1, held[source] ?? 0, (givable[source] ?? 0) - (sent[source] ?? 0)],
        ...[fits, (lane.maxUnits ?? Number.POSITIVE_INFINITY) - (units[place] ?? 0)],
      );
      if (count >= 1) best = { place, count: Math.floor(count), net };
    }
    const { place, count } = best;
    if (place < 0) return;
    const [source = 0, target = 0] = [from[place], to[place]];
    units[place] = (units[place] ?? 0) + count;
    sent[source] = (sent[source] ?? 0) + count;
    held[source] = (held[source] ?? 0) - count;
    held[target] = (held[target] ?? 0) + count;
    const siteId = network.lanes[place]?.to ?? '';
    const left = room.get(siteId);
    if (left !== undefined) room.set(siteId, left - count * network.loadPerUnit);
  }
}

/** What the next unit after `count` is worth at a site, and how many of the same worth lie from it on and before it. */
function stepAt(
  { starts, units, worth }: PlannedSku['sku'],
  site: number,
  count: number,
): { readonly worth: number; readonly after: number; readonly before: number } {
  let below = count;
  for (let step = starts[site] ?? 0; step < (starts[site + 1] ?? 0); step += 1) {
    const all = units[step] ?? 0;
    if (below < all) return { worth: worth[step] ?? 0, after: all - below, before: below };
    below -= all;
  }
  return { worth: 0, after: Number.POSITIVE_INFINITY, before: below };
}

function unitsOf(planned: PlannedSku | undefined): Float64Array {
  const units = new Float64Array(planned?.sku.network.lanes.length ?? 0);
  for (const { place, units: count } of planned?.transfers ?? []) units[place] = count;
  return units;
}

interface FullSite {
  readonly load: number;
  readonly steps: FlowStep[];
}

/** The units that go into each site whose load is above its capacity. */
function stepsIntoFullSites(
  planned: readonly PlannedSku[],
  capacity: SharedCapacity,
): ReadonlyMap<string, FullSite> {
  const full = new Map<string, FullSite>();
  for (const [siteId, load] of loadsOf(planned))
    if (load > (capacity.get(siteId) ?? Number.POSITIVE_INFINITY) + 1e-9)
      full.set(siteId, { load, steps: [] });
  if (full.size === 0) return full;
  for (const [index, { sku, transfers }] of planned.entries())
    for (const { lane, place, units } of transfers) {
      const into = full.get(lane.to);
      if (into !== undefined && sku.network.loadPerUnit > 0)
        addSteps(into.steps, { sku, index, place, units });
    }
  return full;
}

/** The load into each site that something goes to. */
export function loadsOf(planned: readonly PlannedSku[]): Map<string, number> {
  const loads = new Map<string, number>();
  for (const { sku, transfers } of planned)
    for (const { lane, units } of transfers)
      loads.set(lane.to, (loads.get(lane.to) ?? 0) + units * sku.network.loadPerUnit);
  return loads;
}

/** The moved units of a flow, in steps of equal worth at the site above what it has. */
function addSteps(
  steps: FlowStep[],
  {
    sku,
    index,
    place,
    units,
  }: {
    readonly sku: PlannedSku['sku'];
    readonly index: number;
    readonly place: number;
    readonly units: number;
  },
): void {
  const load = sku.network.loadPerUnit;
  const cost = sku.network.lanes[place]?.unitCostMinor ?? 0;
  const site = sku.to[place] ?? 0;
  let [own, moved] = [sku.givable[site] ?? 0, units];
  for (let step = sku.starts[site] ?? 0; step < (sku.starts[site + 1] ?? 0) && moved > 0; step += 1) {
    const all = sku.units[step] ?? 0;
    const count = Math.min(moved, Math.max(0, all - own));
    own = Math.max(0, own - all);
    moved -= count;
    if (count > 0)
      steps.push({ index, place, count, load, netPerLoad: ((sku.worth[step] ?? 0) - cost) / load });
  }
  if (moved > 0) steps.push({ index, place, count: moved, load, netPerLoad: -cost / load });
}
