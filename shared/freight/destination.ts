import type { Country } from '../kernel/country.ts';

/** The parts of an address that price and promise depend on. No name, no street. */
export interface Destination {
  readonly country: Country;
  /** ISO 3166-2 subdivision, with or without its country: `CA`, `US-CA`. */
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  /** Whether the address is a home. If absent, it is. */
  readonly residential?: boolean | undefined;
}

/** A postal code for comparison: capitals and digits only. `sw1a 1aa` and `SW1A-1AA` are the same place. */
export const comparablePostalCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
