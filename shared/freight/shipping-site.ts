import type { Country } from '../kernel/country.ts';
import type { Box } from './box.ts';

/** The data of a warehouse that shipping needs. Times of day and weekdays are local to `timeZone`. */
export interface ShippingSite {
  readonly address: { readonly country: Country };
  readonly timeZone: string;
  /** `HH:MM`. Orders before it are started on the same working day. */
  readonly cutOffTime: string;
  readonly openingHours: { readonly opens: string; readonly closes: string };
  /** 1 is Monday, 7 is Sunday. */
  readonly workingDays: readonly number[];
  /** Calendar dates on which nobody works. */
  readonly holidays: readonly string[];
  /** Working hours from the order to the packed parcel. */
  readonly handlingHours: number;
  /** Calendar dates on which it starts no more orders, because its capacity is used up. */
  readonly fullDays?: readonly string[] | undefined;
  readonly boxes: readonly Box[];
  readonly coordinates?: Coordinates | undefined;
}

/** Millionths of a degree; north and east are positive. */
interface Coordinates {
  readonly latitudeMicrodegrees: number;
  readonly longitudeMicrodegrees: number;
}
