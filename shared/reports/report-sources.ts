import type { Seller } from '../catalogue/index.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { ExchangeRates } from '../rates/index.ts';
import type { TaxEntry, TaxScheme } from '../timeline/index.ts';

/** The sources that reports read. If a report needs another one, add a member here and its reader. */
export interface ReportSources {
  /** Passes every entry of the scheme made between two instants, the second excluded, in no particular order. */
  readonly taxEntries: {
    each(
      scheme: TaxScheme,
      between: { readonly from: Instant; readonly to: Instant },
      see: (entry: TaxEntry) => void,
    ): Promise<void>;
  };
  /** The stored daily rates of a day. */
  readonly ratesOn: (day: CalendarDate) => Promise<ExchangeRates | undefined>;
  /** Undefined until the merchant's registrations are stored. */
  readonly registrations: () => Promise<Registrations | undefined>;
  readonly now: Instant;
}

/** The merchant's registrations that decide where a return is submitted. */
export type Registrations = Pick<Seller, 'ioss' | 'importer'>;
