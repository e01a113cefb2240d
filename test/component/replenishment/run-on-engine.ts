import type { Table } from '../../../shared/aws/clients.ts';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import { createOrderStore } from '../../../shared/aws/replenishment/order-store.ts';
import { createRiskStore } from '../../../shared/aws/replenishment/risk-store.ts';
import { readAtSites } from '../../../shared/aws/replenishment/run/at-sites.ts';
import { createReplenishmentRunStore } from '../../../shared/aws/replenishment/run/run-store.ts';
import { createSignalStore } from '../../../shared/aws/replenishment/signal-store.ts';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { replenishmentOf } from '../../../shared/catalogue/index.ts';
import { unitsInYear } from '../../../shared/replenishment/purchasing/units-in-year.ts';
import { type AskRunDeps, startAndResume } from '../../../shared/replenishment/run/ask-for-run.ts';
import { type PlacingDeps, placeRun } from '../../../shared/replenishment/run/place-run.ts';
import { type BatchDeps, planBatch } from '../../../shared/replenishment/run/plan-batch.ts';
import type { RunStep } from '../../../shared/replenishment/run/ports.ts';
import { type HistoryDeps, readHistory } from '../../../shared/replenishment/run/read-history.ts';
import type { AskedLake } from '../../../shared/reports/lake/lake-report.ts';

/** One warehouse has nothing to move. */
const NO_MOVES: BatchDeps['moves'] = {
  products: () => Promise.reject(new Error('nothing is moved')),
  pricing: () => Promise.reject(new Error('nothing is moved')),
  solver: () => Promise.reject(new Error('nothing is moved')),
};

/** Nothing limits the run. */
const NO_LIMITS = {
  products: NO_MOVES.products,
  pricing: NO_MOVES.pricing,
  warehouses: async () => [],
};

/** A step stopped in the middle, as a function does whose machine is gone. */
export class Killed extends Error {}

export interface RunOnEngine {
  readonly deps: HistoryDeps & BatchDeps & PlacingDeps & AskRunDeps;
  /** Messages that wait. A killed step comes again. */
  readonly waiting: RunStep[];
  /** Does the next step; a killed one is put back. */
  next(): Promise<void>;
  /** Until nothing waits. */
  settle(): Promise<void>;
  /** The hourly job. */
  hourly(): ReturnType<typeof startAndResume>;
  setNow(now: string): void;
}

/**
 * A run over the real table engine and a lake in memory. `isKilled` is asked at each call of a store, a file, the queue
 * or the lake, and stops the step there, before the call or after it.
 */
export function runOnEngine(
  table: Table,
  lake: AskedLake,
  {
    isKilled = () => false,
    batchSize = 2,
    received = new Map(),
    over = {},
  }: {
    isKilled?: () => boolean;
    batchSize?: number;
    /** Units that are there besides the stock of the table, by SKU, or by `SKU@warehouse`. */
    received?: ReadonlyMap<string, number>;
    /** Settings, sites, warehouses and prices of another shop. */
    over?: Partial<Pick<BatchDeps, 'settings' | 'sites' | 'warehouses' | 'moves'>>;
  } = {},
): RunOnEngine {
  let now = '2026-11-29T06:00:00.000Z';
  const clock = () => new Date(now);
  const files = new Map<string, string>();
  const waiting: RunStep[] = [];
  let attempts = 0;
  const orders = createOrderStore(table, { clock });
  const suppliers = createSupplierStore(table);
  const settings = replenishmentOf({ replenishment: { sites: ['cn-shenzhen'] } });
  const fragile = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(own, name) {
        const value: unknown = Reflect.get(own, name);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          if (isKilled()) throw new Killed();
          const answer: unknown = await value.apply(own, given);
          if (isKilled()) throw new Killed();
          return answer;
        };
      },
    });
  const deps: RunOnEngine['deps'] = {
    clock,
    ...{
      runs: fragile(createReplenishmentRunStore(table)),
      orders: fragile(orders),
      suppliers: undefined as never,
    },
    files: fragile({
      write: async (key: string, lines: readonly unknown[]) => {
        files.set(key, JSON.stringify(lines));
      },
      read: async (key: string) => JSON.parse(files.get(key) ?? 'null') as unknown[],
    }),
    queue: fragile({
      send: async (steps: readonly RunStep[]) => {
        waiting.push(...steps);
        return [];
      },
    }),
    settings: async () => settings,
    sites: async () => ['cn-shenzhen'],
    warehouses: async () => [],
    moves: NO_MOVES,
    limits: { ...NO_LIMITS, orders, settings: async () => settings, suppliers: suppliers.all },
    choice: async () => ({ timeZone: 'Europe/Berlin', settings, isDaily: true }),
    offered: async () => (await suppliers.all()).flatMap(({ offers }) => offers.map(({ sku }) => sku)).sort(),
    openLake: async () => ({
      async *rows(sql: string) {
        if (isKilled()) throw new Killed();
        for (const row of await lake.ask(sql)) yield Object.values(row as object);
      },
      close: async () => undefined,
    }),
    outcomesOf: suppliers.outcomesOf,
    rates: createRatesStore(table, clock),
    unitsInYear: (skus) => unitsInYear({ orders }, { skus, now: clock().toISOString() }),
    signals: createSignalStore(table, clock),
    risks: fragile(createRiskStore(table)),
    atSites: async (places) =>
      (await readAtSites(table, orders, places)).map(({ stock, open, leaving }, at) => {
        const { sku = '', warehouseId = '' } = places[at] ?? {};
        const more = received.get(sku) ?? received.get(`${sku}@${warehouseId}`) ?? 0;
        return { open, leaving, stock: { ...stock, available: stock.available + more } };
      }),
    ...{ batchSize, chunkSize: 2 },
    ...over,
  };
  const ofBatch = { ...deps, suppliers: suppliers.all };
  const ofPlacing = { ...deps, suppliers: fragile(suppliers) };
  const act = async (step: RunStep): Promise<unknown> => {
    attempts += 1;
    if (step.step === 'history') return readHistory(deps, step.day, `try-${attempts}`);
    if (step.step === 'batch') return planBatch(ofBatch, step, `try-${attempts}`);
    return placeRun(ofPlacing, step.day, { remainingMs: () => 900_000, attempt: `try-${attempts}` });
  };
  const next = async () => {
    const step = waiting.shift();
    if (step === undefined) return;
    try {
      await act(step);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      waiting.push(step);
    }
  };
  return {
    ...{ deps, waiting, next },
    async settle() {
      while (waiting.length > 0) await next();
    },
    hourly: () => startAndResume(deps),
    setNow: (to) => {
      now = to;
    },
  };
}
