import type { Seller } from '../catalogue/index.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { ExchangeRates } from '../rates/index.ts';
import type { TaxEntry, TaxScheme } from '../timeline/index.ts';

/** Where reports read from. A report that needs what is not here adds a member and the reader that gives it. */
export interface ReportSources {
  /** Shows every entry of the scheme that was made from one instant on and before another, in no order. */
  readonly taxEntries: {
    each(
      scheme: TaxScheme,
      between: { readonly from: Instant; readonly to: Instant },
      see: (entry: TaxEntry) => void,
    ): Promise<void>;
  };
  /** The daily rates that are stored for a day. */
  readonly ratesOn: (day: CalendarDate) => Promise<ExchangeRates | undefined>;
  /** Undefined until the merchant's registrations were stored. */
  readonly registrations: () => Promise<Registrations | undefined>;
  readonly now: Instant;
}

/** The merchant's registrations that say where a return is handed in. */
export type Registrations = Pick<Seller, 'ioss' | 'importer'>;
