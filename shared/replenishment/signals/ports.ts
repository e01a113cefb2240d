import type { CalendarDate } from '../../kernel/time.ts';
import type { StoredSignal } from './given-signal.ts';

/** Signals of demand, by their codes. */
export interface SignalStore {
  /** In the order of the codes; undefined where there is none. */
  find(signalIds: readonly string[]): Promise<readonly (StoredSignal | undefined)[]>;
  /** Stores and removes all of them, or nothing. At most 100. */
  write(change: {
    readonly stored: readonly StoredSignal[];
    readonly retired: readonly string[];
  }): Promise<void>;
  /** In the order of their codes; a page may be shorter than asked for. Undefined for a cursor that is not valid. */
  page(
    limit: number,
    cursor?: string,
  ): Promise<{ readonly items: readonly StoredSignal[]; readonly cursor: string | undefined } | undefined>;
  /** Those whose last day is not before a day. */
  endingFrom(day: CalendarDate): Promise<readonly StoredSignal[]>;
}
