import { type Segment, segmentsOf } from './sku-network.ts';
import { gainOf, type SharedCapacity, type SkuTransfers, type Transfer } from './transfer-programme.ts';

interface Flow {
  readonly sku: number;
  readonly place: number;
  readonly transfer: Transfer;
  readonly load: number;
  readonly segments: readonly Segment[];
  readonly stock: number;
}

/**
 * The same transfers, with less into each site that has too little room: the units that gain least for their load stay
 * where they are. Sites without a capacity are not limited.
 */
export function withinCapacity(skus: readonly SkuTransfers[], capacity: SharedCapacity): SkuTransfers[] {
  const changed = new Map<number, number[]>();
  for (const [siteId, flows] of flowsIntoFullSites(skus, capacity)) {
    let excess = flows.reduce((sum, { load, transfer }) => sum + load * transfer.units, 0);
    excess -= capacity.get(siteId) ?? 0;
    const steps = flows.flatMap(stepsOf).sort((a, b) => a.netPerLoad - b.netPerLoad);
    for (const { flow, count } of steps) {
      if (excess <= 1e-9) break;
      const left = Math.min(count, Math.ceil(excess / flow.load - 1e-9));
      const units = changed.get(flow.sku) ?? (skus[flow.sku]?.transfers ?? []).map((each) => each.units);
      units[flow.place] = (units[flow.place] ?? 0) - left;
      changed.set(flow.sku, units);
      excess -= left * flow.load;
    }
  }
  return skus.map((each, sku) => {
    const units = changed.get(sku);
    if (units === undefined) return each;
    const transfers = each.transfers.flatMap((transfer, place) => {
      const left = units[place] ?? 0;
      return left <= 0 ? [] : [{ ...transfer, units: left }];
    });
    return { ...each, transfers, gainMinor: gainOf(each.network, transfers) };
  });
}

/** The flows into each site whose load is above its capacity. */
function flowsIntoFullSites(skus: readonly SkuTransfers[], capacity: SharedCapacity): Map<string, Flow[]> {
  const loads = new Map<string, number>();
  for (const { network, transfers } of skus)
    for (const { lane, units } of transfers)
      loads.set(lane.to, (loads.get(lane.to) ?? 0) + units * network.loadPerUnit);
  const flows = new Map<string, Flow[]>();
  for (const [siteId, most] of capacity) if ((loads.get(siteId) ?? 0) > most + 1e-9) flows.set(siteId, []);
  if (flows.size === 0) return flows;
  for (const [sku, { network, transfers }] of skus.entries()) {
    if (network.loadPerUnit === 0) continue;
    const sites = new Map(network.sites.map((site) => [site.siteId, site]));
    for (const [place, transfer] of transfers.entries()) {
      const into = flows.get(transfer.lane.to);
      const site = sites.get(transfer.lane.to);
      if (into === undefined || site === undefined) continue;
      const { stock } = site;
      into.push({ sku, place, transfer, load: network.loadPerUnit, segments: segmentsOf(site), stock });
    }
  }
  return flows;
}

/** The moved units of a flow from the last one, in steps of equal worth, with their gain for each unit of load. */
function stepsOf(flow: Flow): { readonly flow: Flow; readonly count: number; readonly netPerLoad: number }[] {
  const { transfer, segments, stock, load } = flow;
  const steps: { flow: Flow; count: number; netPerLoad: number }[] = [];
  let from = 0;
  let moved = transfer.units;
  for (const { units, worth } of [...segments, { units: Number.POSITIVE_INFINITY, worth: 0 }]) {
    const until = from + units;
    const count = Math.min(moved, Math.max(0, until - Math.max(from, stock)));
    const net = worth - transfer.lane.unitCostMinor;
    if (count > 0) steps.push({ flow, count, netPerLoad: net / load });
    moved -= count;
    from = until;
  }
  return steps;
}
