import type { ReplenishmentSettings, Warehouse } from '../../../catalogue/index.ts';
import type { Country } from '../../../kernel/country.ts';
import { type Money, money } from '../../../kernel/money.ts';
import type { RunProblem } from '../run-problem.ts';

/** A way between two warehouses that are both planned. */
export interface RunLane {
  readonly from: string;
  readonly to: string;
  readonly fromCountry: Country;
  readonly toCountry: Country;
  /** From the order to the shelf. */
  readonly days: number;
  readonly perMove?: Money | undefined;
  readonly perKilogram?: Money | undefined;
  readonly handlingPerUnit?: Money | undefined;
  readonly maxUnits?: number | undefined;
}

type Site = Pick<Warehouse, 'warehouseId' | 'parent'> & { readonly address: { readonly country: Country } };

/**
 * The ways of a run: the line-haul from each parent warehouse, and the lanes of the settings, which take its place.
 * Named are a circle of parents, whose line-haul is left out, and a lane to a warehouse that the network does not have.
 */
export function transferLanes(
  warehouses: readonly Site[],
  { transferLanes: chosen = [] }: Pick<ReplenishmentSettings, 'transferLanes'>,
  sites: ReadonlySet<string>,
): { readonly lanes: readonly RunLane[]; readonly problems: readonly RunProblem[] } {
  const byId = new Map(warehouses.map((warehouse) => [warehouse.warehouseId, warehouse]));
  const problems: RunProblem[] = [];
  const lanes = new Map<string, RunLane>();
  const add = (from: string, to: string, rest: Pick<RunLane, 'days'> & Partial<RunLane>) => {
    const [first, second] = [byId.get(from), byId.get(to)];
    if (first === undefined || second === undefined || !sites.has(from) || !sites.has(to)) return;
    const countries = { fromCountry: first.address.country, toCountry: second.address.country };
    lanes.set(`${from} ${to}`, { from, to, ...countries, ...rest });
  };
  for (const { warehouseId, parent } of warehouses) {
    if (parent === undefined) continue;
    const circle = circleFrom(warehouseId, byId);
    if (circle !== undefined) {
      const [subject] = circle.toSorted();
      const detail = `${circle.join(' is filled by ')}: a circle, so that nothing is moved by it`;
      problems.push({ code: 'network-cycle', subject: `${subject}`, detail });
      continue;
    }
    const { transferHours, transferRate } = parent;
    const rate = (minor: number | undefined) =>
      transferRate === undefined || minor === undefined ? undefined : money(minor, transferRate.currency);
    add(parent.warehouseId, warehouseId, {
      days: Math.ceil(transferHours / 24),
      perMove: rate(transferRate?.perConsignmentMinor),
      perKilogram: rate(transferRate?.perKilogramMinor),
    });
  }
  for (const { fromWarehouseId, warehouseId, days, maxUnits, ...rates } of chosen) {
    const missing = [fromWarehouseId, warehouseId].find((id) => !byId.has(id));
    if (missing !== undefined) {
      const detail = `a transfer lane names it, and no such warehouse is stored`;
      problems.push({ code: 'unknown-warehouse', subject: missing, detail });
    }
    const read = (amount: (typeof rates)['perMove']) =>
      amount === undefined ? undefined : money(amount.amount, amount.currency);
    add(fromWarehouseId, warehouseId, {
      ...{ days, maxUnits, perMove: read(rates.perMove), perKilogram: read(rates.perKilogram) },
      handlingPerUnit: read(rates.handlingPerUnit),
    });
  }
  return { lanes: [...lanes.values()], problems };
}

/** The circle that a warehouse is in with its parents, the warehouse first and last; undefined if there is none. */
function circleFrom(start: string, byId: ReadonlyMap<string, Site>): string[] | undefined {
  const seen = [start];
  let at = byId.get(start)?.parent?.warehouseId;
  while (at !== undefined && !seen.includes(at)) {
    seen.push(at);
    at = byId.get(at)?.parent?.warehouseId;
  }
  return at === start ? [...seen, start] : undefined;
}
