import type { Country } from '../../../shared/kernel/country.ts';

/** The countries where the replay's shop can have warehouses: those of `replayWarehouses`. */
export const WAREHOUSE_COUNTRIES: readonly Country[] = ['GB', 'PL'];

export interface ReplayOptions {
  readonly file: string;
  /** A running backend; undefined: the replay starts its own. */
  readonly url: string | undefined;
  /** The sandbox payment provider of that backend, where the shopper's browser confirms. */
  readonly paymentUrl: string | undefined;
  /** The data folder of that backend, where the secret of its operators is. */
  readonly dataDir: string;
  readonly concurrency: number;
  /** The most orders to place. */
  readonly limit: number | undefined;
  /** These destinations alone; undefined: all. */
  readonly countries: ReadonlySet<Country> | undefined;
  /** The countries of the warehouses that the shop ships from. */
  readonly from: ReadonlySet<Country>;
  /** How long to wait for orders while nothing changes any more. */
  readonly patienceMs: number;
  /** Whether orders that screening holds are released, as an operator does after looking. */
  readonly releaseHeld: boolean;
  readonly keep: boolean;
}
