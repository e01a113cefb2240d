import type { Country } from '../../../shared/kernel/country.ts';

/** The countries where the replay's shop can have warehouses. `replayWarehouses` has the warehouses. */
export const WAREHOUSE_COUNTRIES: readonly Country[] = ['GB', 'PL'];

export interface ReplayOptions {
  readonly file: string;
  /** The address of a running backend. If it is undefined, the replay starts its own backend. */
  readonly url: string | undefined;
  /** The address of that backend's sandbox payment provider. The replay confirms payments there. */
  readonly paymentUrl: string | undefined;
  /** The data folder of that backend. It contains the operators' secret. */
  readonly dataDir: string;
  readonly concurrency: number;
  /** The largest number of orders to place. */
  readonly limit: number | undefined;
  /** The destinations to replay; undefined: all. */
  readonly countries: ReadonlySet<Country> | undefined;
  /** The countries of the shop's warehouses. */
  readonly from: ReadonlySet<Country>;
  /** How long to wait while no order changes. */
  readonly patienceMs: number;
  /** Whether the replay releases orders that screening holds, as an operator does after a check. */
  readonly releaseHeld: boolean;
  readonly keep: boolean;
}
