import type { ClassificationPolicy } from '../../../../shared/duties/regime.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import type { CalendarDate } from '../../../../shared/kernel/time.ts';

export interface CheckOptions {
  /** The catalogue: JSON if its name ends in .json, otherwise CSV. */
  readonly file: string;
  /** The markets; all destinations if empty. */
  readonly to: readonly Country[];
  /** Where the goods leave; the country of origin of each product if absent. */
  readonly from?: Country | undefined;
  /** Units of a product in an order. */
  readonly units: number;
  readonly channel: 'courier' | 'post';
  /** In per cent of the goods' value. */
  readonly freightPercent: number;
  readonly policy: ClassificationPolicy;
  /** The body of PUT /v1/admin/seller; every registration if absent. */
  readonly seller?: string | undefined;
  /** A file of exchange rates; about the rates of late 2026 if absent. */
  readonly rates?: string | undefined;
  /** In each destination. */
  readonly date: CalendarDate;
  readonly format: 'table' | 'json';
  /** Whether the table has the priced products too. */
  readonly all: boolean;
}
