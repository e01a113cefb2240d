import type { Country } from '../kernel/country.ts';

/** Where a consignment goes, as far as price and promise depend on it. No name, no street. */
export interface Destination {
  readonly country: Country;
  /** ISO 3166-2 subdivision, with or without its country: `CA`, `US-CA`. */
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  /** Whether the address is a home: where it is not said, it is. */
  readonly residential?: boolean | undefined;
}

/** A postal code as it is compared: capitals and digits alone. `sw1a 1aa` and `SW1A-1AA` are the same place. */
export const comparablePostalCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
