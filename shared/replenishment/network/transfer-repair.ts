import { type Segment, segmentsOf } from './sku-network.ts';
import type { SharedCapacity, SkuTransfers, Transfer } from './transfer-programme.ts';

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
  const units = skus.map(({ transfers }) => transfers.map((transfer) => transfer.units));
  for (const [siteId, most] of capacity) {
    const flows = flowsInto(siteId, skus);
    let excess =
      flows.reduce((sum, { sku, place, load }) => sum + load * (units[sku]?.[place] ?? 0), 0) - most;
    if (excess <= 1e-9) continue;
    const steps = flows.flatMap(stepsOf).sort((a, b) => a.netPerLoad - b.netPerLoad);
    for (const { flow, count } of steps) {
      const row = units[flow.sku];
      if (row === undefined || excess <= 1e-9) break;
      const left = Math.min(count, Math.ceil(excess / flow.load - 1e-9));
      row[flow.place] = (row[flow.place] ?? 0) - left;
      excess -= left * flow.load;
    }
  }
  return skus.map((each, sku) => ({
    ...each,
    transfers: each.transfers.flatMap((transfer, place) => {
      const left = units[sku]?.[place] ?? 0;
      return left <= 0 ? [] : [{ ...transfer, units: left }];
    }),
  }));
}

function flowsInto(siteId: string, skus: readonly SkuTransfers[]): Flow[] {
  return skus.flatMap(({ network, transfers }, sku) => {
    const site = network.sites.find((each) => each.siteId === siteId);
    if (site === undefined || network.loadPerUnit === 0) return [];
    return transfers.flatMap((transfer, place) =>
      transfer.lane.to === siteId
        ? [{ sku, place, transfer, load: network.loadPerUnit, segments: segmentsOf(site), stock: site.stock }]
        : [],
    );
  });
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
