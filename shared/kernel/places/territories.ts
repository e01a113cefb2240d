import type { Country } from '../country.ts';
import rows from './territories.json' with { type: 'json' };

/** A place whose customs or tax rules differ from those of the country under whose code its addresses are written. */
export interface Territory {
  readonly name: string;
  /** Its own code in ISO 3166-1, or one that the standard reserves; absent where it has none. */
  readonly code?: string;
  /** The country under whose code its addresses are also written. */
  readonly parent: Country;
  /**
   * A regular expression of its postal codes under that country, over the bare code; absent where they are like the
   * country's.
   */
  readonly postalCodes?: string;
  /** Its regions under that country: codes or names. */
  readonly regions?: readonly string[];
  /** The code under which its addresses are priced. Absent: it is refused, whatever code is sent. */
  readonly pricedAs?: Country;
}

/**
 * Every place of that kind that we know of. ISO 3166 was walked for the codes whose addresses are also written under
 * another country's code; a test asks each code of the standard. What each is for customs and tax, with the source, is
 * in `territory-law.json`, which no function carries.
 */
export const territories: readonly Territory[] = rows;
