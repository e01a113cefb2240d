import {
  type Product,
  productSchema,
  type ReplenishmentSettings,
  replenishmentOf,
  type Warehouse,
} from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import type { SkuPlan } from '../../../shared/replenishment/explain/sku-plan.ts';
import { loadSolver, type Solver } from '../../../shared/replenishment/network/solver.ts';
import type { StoredOrder } from '../../../shared/replenishment/purchasing/ports.ts';
import type { Supplier } from '../../../shared/replenishment/purchasing/supplier.ts';
import { type PlacingDeps, placeRun } from '../../../shared/replenishment/run/place-run.ts';
import { type BatchDeps, planBatch } from '../../../shared/replenishment/run/plan-batch.ts';
import { historyKey } from '../../../shared/replenishment/run/read-history.ts';
import { noCounts } from '../../../shared/replenishment/run/replenishment-run.ts';
import type { Pricing } from '../../../shared/replenishment/run/transfers/lane-cost.ts';
import type { MoveDeps } from '../../../shared/replenishment/run/transfers/plan-moves.ts';
import { warehouse } from '../../builders/network.ts';
import { memory } from './orders-in-memory.ts';
import { eur, supplier } from './replenishment-builders.ts';
import { runsInMemory } from './runs-in-memory.ts';

export const HUB = 'pl-poznan';
export const [BERLIN, PARIS] = ['de-berlin', 'fr-paris'];
const FIRST_DAY = '2026-12-01';
const enough = () => 900_000;
/** Days of sales that a history has. */
const DAYS = 56;

const at = (warehouseId: string, country: string, parentId?: string) =>
  warehouse({
    ...{ warehouseId, address: { ...warehouse().address, country } },
    ...(parentId === undefined ? {} : { parent: { warehouseId: parentId, transferHours: 48 } }),
  });

/** The hub fills Berlin and Paris, and Berlin may fill Paris and back. */
const warehouses = [at(HUB, 'PL'), at(BERLIN, 'DE', HUB), at(PARIS, 'FR', HUB)];
const settings = replenishmentOf({
  replenishment: {
    transferLanes: [
      { fromWarehouseId: BERLIN, warehouseId: PARIS, days: 2, perKilogram: eur(20) },
      { fromWarehouseId: PARIS, warehouseId: BERLIN, days: 2, perKilogram: eur(20) },
    ],
  },
});

const product = (sku: string, over: object = {}): Product =>
  productSchema.parse({
    ...{ sku, description: 'ceramic mug', hsCode: '691200', originCountry: 'CN', unitWeightGrams: 400 },
    ...{
      dimensions: { lengthMm: 100, widthMm: 100, heightMm: 100 },
      prices: [{ amount: 1_200, currency: 'EUR' }],
    },
    ...over,
  });

const pricing: Pricing = {
  ...{ date: FIRST_DAY, rules: builtinRuleBook, seller: {} },
  convert: (amount, to) => (amount.currency === to ? amount : undefined),
};

let solver: Promise<Solver> | undefined;
const loaded = () => {
  solver ??= loadSolver();
  return solver;
};

interface Given {
  readonly skus: readonly string[];
  /** Units of a day by SKU and warehouse; a warehouse without a figure has never sold it. */
  readonly sells: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Days of sales in Berlin by SKU, in the place of a figure a day. None: it was never sold. */
  readonly history?: Readonly<Record<string, readonly number[]>>;
  /** The stock at the beginning. */
  readonly stock: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly moves?: Partial<MoveDeps>;
  readonly settings?: Partial<ReplenishmentSettings>;
  /** What a warehouse can take in. */
  readonly receiving?: Readonly<Record<string, Warehouse['receiving']>>;
  readonly suppliers?: readonly Supplier[];
  /** Asked at each call of a store; a step that is killed is done again. */
  readonly isKilled?: () => boolean;
}

class Killed extends Error {}

/** A shop of three warehouses in which days pass: runs plan and place, and persons ship and receive. */
export function networkShop({ skus, sells, stock, isKilled = () => false, ...over }: Given) {
  const kept = memory();
  const runs = runsInMemory();
  const files = new Map<string, readonly unknown[]>();
  const units = new Map<string, number>();
  const name = (sku: string, warehouseId: string) => `${sku}@${warehouseId}`;
  for (const sku of skus)
    for (const { warehouseId } of warehouses)
      units.set(name(sku, warehouseId), stock[sku]?.[warehouseId] ?? 0);
  let day = FIRST_DAY;
  const sites = warehouses.map((each) => {
    const receiving = over.receiving?.[each.warehouseId];
    return receiving === undefined ? each : { ...each, receiving };
  });
  const offers = skus.map((sku) => ({
    ...{ sku, casePack: 6, minimumUnits: 6, leadTimeDays: 14 },
    prices: [{ fromUnits: 1, unitPrice: eur(400) }],
  }));
  const suppliers = over.suppliers ?? [supplier('ningbo', { offers })];
  const hasEnded = ({ state: { status } }: StoredOrder) => status === 'closed' || status === 'cancelled';
  const orders = () => [...kept.stored.values()].filter((order) => !hasEnded(order));
  const openAt = (sku: string, warehouseId: string) =>
    orders()
      .filter(({ state }) => state.warehouseId === warehouseId)
      .flatMap(({ state }) =>
        state.lines
          .filter((line) => line.sku === sku && line.received < line.ordered)
          .map((line) => ({ ...line, orderId: state.replenishmentOrderId, expectedAt: state.expectedAt })),
      );
  const leaving = (sku: string, warehouseId: string) =>
    orders()
      .filter(({ state }) => state.fromWarehouseId === warehouseId)
      .flatMap(({ state }) => state.lines)
      .reduce((all, line) => all + (line.sku === sku ? line.open - line.onTheWay : 0), 0);
  const fragile = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(own, key) {
        const value: unknown = Reflect.get(own, key);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          if (isKilled()) throw new Killed();
          const answer: unknown = await value.apply(own, given);
          if (isKilled()) throw new Killed();
          return answer;
        };
      },
    });
  const deps: BatchDeps = {
    ...{ runs: fragile(runs), clock: () => new Date(`${day}T06:00:00.000Z`) },
    queue: { send: async () => [] },
    files: fragile({
      write: async (key: string, lines: readonly unknown[]) =>
        void files.set(key, JSON.parse(JSON.stringify(lines))),
      read: async (key: string) => files.get(key) ?? [],
    }),
    settings: async () => ({ ...settings, ...over.settings }),
    sites: async () => sites.map(({ warehouseId }) => warehouseId),
    warehouses: async () => sites,
    suppliers: async () => suppliers,
    outcomesOf: async () => [],
    ...{ rates: { current: async () => undefined }, unitsInYear: async () => new Map() },
    signals: { endingFrom: async () => [] },
    atSites: async (places) =>
      places.map(({ sku, warehouseId }) => ({
        stock: {
          ...{ available: units.get(name(sku, warehouseId)) ?? 0, reserved: 0, quarantined: 0 },
          inTransit: openAt(sku, warehouseId).reduce((all, { onTheWay }) => all + onTheWay, 0),
        },
        ...{ open: openAt(sku, warehouseId), leaving: leaving(sku, warehouseId) },
      })),
    moves: {
      products: async (wanted) => wanted.map((sku) => product(sku)),
      pricing: async () => pricing,
      solver: loaded,
      ...over.moves,
    },
  };
  const allOrders = fragile({
    ...{ ...kept.deps.orders, open: async () => orders() },
    page: async () => ({
      items: [...kept.stored.values()].filter(hasEnded),
      cursor: undefined,
    }),
  });
  const placing: PlacingDeps = {
    ...{ ...deps, orders: allOrders },
    limits: {
      ...{ ...deps, orders: allOrders, products: deps.moves.products, pricing: deps.moves.pricing },
      warehouses: async () => sites,
    },
    risks: {
      ...{ open: async () => [], raise: async () => undefined, end: async () => undefined },
      congestedPorts: async () => [],
    },
    suppliers: {
      ...kept.deps.suppliers,
      find: async (id: string) => suppliers.find(({ supplierId }) => supplierId === id),
    },
  };
  const untilDone = async (step: () => Promise<unknown>) => {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
  };
  const set = (order: StoredOrder, lines: StoredOrder['state']['lines']) => {
    const { replenishmentOrderId: id } = order.state;
    const isDone = lines.every(({ ordered, received }) => received === ordered);
    kept.stored.set(id, {
      ...order,
      state: { ...order.state, lines, ...(isDone ? { status: 'closed' } : {}) },
    });
    if (isDone) kept.end(id);
  };
  const change = (sku: string, warehouseId: string, by: number) =>
    units.set(name(sku, warehouseId), (units.get(name(sku, warehouseId)) ?? 0) + by);
  return {
    runs,
    orders: () => [...kept.stored.values()],
    stockOf: (sku: string, warehouseId: string) => units.get(name(sku, warehouseId)) ?? 0,
    leaving,
    sell: (sku: string, warehouseId: string, sold: number) =>
      change(sku, warehouseId, -Math.min(sold, units.get(name(sku, warehouseId)) ?? 0)),
    /** A run of the day, to its end, and then the next day begins. */
    async run() {
      const [today, folder] = [day, `replenishment/${day}`];
      files.set(
        historyKey(folder, 0),
        skus.flatMap((sku) => {
          const own = over.history?.[sku];
          const line = (warehouseId: string, units: readonly number[]) => ({
            ...{ sku, warehouseId, skuClass: 'AX', serviceLevel: 0.95, without: [], bulkUnits: 0, units },
            ...(units.length === 0 ? {} : { firstDay: dayAfter(today, -units.length) }),
          });
          if (own !== undefined) return [line(BERLIN, own)];
          return Object.entries(sells[sku] ?? {}).map(([warehouseId, perDay]) =>
            line(
              warehouseId,
              Array.from({ length: DAYS }, () => perDay),
            ),
          );
        }),
      );
      await runs.ask({
        ...{ day: today, timeZone: 'UTC', by: 'clock', state: 'planning', folder, batches: 1 },
        ...{ startedAt: `${today}T06:00:00.000Z`, counts: { ...noCounts } },
      });
      let tries = 0;
      await untilDone(() => {
        tries += 1;
        return planBatch(deps, { step: 'batch', day: today, folder, batch: 0 }, `try-${tries}`);
      });
      await untilDone(() => placeRun(placing, today, { remainingMs: enough, attempt: 'only' }));
      await untilDone(() => placeRun(placing, today, { remainingMs: enough, attempt: 'only' }));
      day = dayAfter(day, 1);
      const [batch] = await runs.batches(folder);
      return {
        plans: (files.get(batch?.plansKey ?? '') ?? []) as readonly SkuPlan[],
        run: await runs.load(today),
      };
    },
    /** An order that nothing comes of. */
    cancel(order: StoredOrder) {
      const id = order.state.replenishmentOrderId;
      kept.stored.set(id, { ...order, state: { ...order.state, status: 'cancelled' } });
      kept.end(id);
    },
    /** A transfer that has not left leaves, as far as there is stock. */
    ship(order: StoredOrder) {
      const { fromWarehouseId = '', lines } = order.state;
      const left = lines.map((line) => {
        const some = Math.min(line.open - line.onTheWay, units.get(name(line.sku, fromWarehouseId)) ?? 0);
        change(line.sku, fromWarehouseId, -some);
        return { ...line, onTheWay: line.onTheWay + some };
      });
      set(order, left);
    },
    /** What is on its way arrives; a purchase arrives whole. */
    receive(order: StoredOrder) {
      const { kind, warehouseId, lines } = order.state;
      const came = lines.map((line) => {
        const some = kind === 'transfer' ? line.onTheWay : line.ordered - line.received;
        change(line.sku, warehouseId, some);
        return { ...line, received: line.received + some, open: line.open - some, onTheWay: 0 };
      });
      set(order, came);
    },
  };
}
