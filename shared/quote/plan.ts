import type { Lane } from '../shipping/index.ts';
import { lanesTo } from '../shipping/index.ts';
import type { Warehouse } from './network.ts';
import type { Availability } from './ports.ts';

export interface BasketLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly weightGrams: number;
}

/** The id of the line at that place of the basket. */
export const lineIdAt = (index: number) => `line-${index + 1}`;

/** What one warehouse ships, by one service. */
export interface Shipment {
  readonly warehouse: Warehouse;
  readonly lane: Lane;
  readonly lines: readonly BasketLine[];
}

/** Who ships what: every line by exactly one warehouse, all lines of a warehouse in one consignment. */
export type Plan = readonly Shipment[];

/** Beyond this many assignments the search is a heuristic. */
const MOST_ASSIGNMENTS = 4096;
const MOST_PLANS = 512;

/**
 * The feasible plans: which warehouse ships which line, by which lane. All assignments are tried while there
 * are at most 4,096; beyond that each warehouse alone, and each line from the first warehouse that has it.
 * Goods from one warehouse are never split to stay under a threshold.
 */
export function feasiblePlans(
  lines: readonly BasketLine[],
  warehouses: readonly Warehouse[],
  stock: Availability,
  country: string,
): Plan[] {
  const able = warehouses.filter(
    ({ active, lanes }) => active && lanes.some((lane) => lane.countries.includes(country)),
  );
  const choices = lines.map((line) =>
    able.filter(({ warehouseId }) => available(stock, line.sku, warehouseId) > 0),
  );
  const count = choices.reduce((all, each) => all * each.length, 1);
  const assignments = count <= MOST_ASSIGNMENTS ? allAssignments(choices) : someAssignments(choices, able);
  // Fewer consignments first: where there are more plans than are costed, those are the ones left out.
  const ordered = assignments.toSorted((a, b) => new Set(a).size - new Set(b).size);
  return ordered.flatMap((assignment) => plansOf(lines, assignment, stock, country)).slice(0, MOST_PLANS);
}

const available = (stock: Availability, sku: string, warehouseId: string) =>
  stock.get(sku)?.get(warehouseId) ?? 0;

function allAssignments(choices: readonly (readonly Warehouse[])[]): Warehouse[][] {
  return choices.reduce<Warehouse[][]>(
    (all, each) => all.flatMap((start) => each.map((warehouse) => [...start, warehouse])),
    [[]],
  );
}

function someAssignments(
  choices: readonly (readonly Warehouse[])[],
  able: readonly Warehouse[],
): Warehouse[][] {
  const alone = able.flatMap((warehouse) =>
    choices.every((each) => each.includes(warehouse)) ? [choices.map(() => warehouse)] : [],
  );
  const preferring = able.map((preferred) =>
    choices.map((each) => (each.includes(preferred) ? preferred : each[0])),
  );
  const whole = preferring.filter((assignment): assignment is Warehouse[] =>
    assignment.every((warehouse) => warehouse !== undefined),
  );
  return [...alone, ...whole];
}

/** The plans of one assignment: one for each way to choose lanes. None when stock or lanes do not suffice. */
function plansOf(
  lines: readonly BasketLine[],
  assignment: readonly Warehouse[],
  stock: Availability,
  country: string,
): Plan[] {
  const byWarehouse = new Map<Warehouse, BasketLine[]>();
  for (const [index, line] of lines.entries()) {
    const warehouse = assignment[index];
    if (warehouse === undefined) return [];
    byWarehouse.set(warehouse, [...(byWarehouse.get(warehouse) ?? []), line]);
  }
  let plans: Shipment[][] = [[]];
  for (const [warehouse, own] of byWarehouse) {
    if (!suffices(stock, warehouse, own)) return [];
    const lanes = lanesTo(warehouse.lanes, country);
    plans = plans.flatMap((start) => lanes.map((lane) => [...start, { warehouse, lane, lines: own }]));
  }
  return plans;
}

/** The same SKU on two lines is checked against the sum of both. */
function suffices(stock: Availability, { warehouseId }: Warehouse, lines: readonly BasketLine[]): boolean {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  return [...wanted].every(([sku, quantity]) => available(stock, sku, warehouseId) >= quantity);
}
