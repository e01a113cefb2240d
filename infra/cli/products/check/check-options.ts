import type { ClassificationPolicy } from '../../../../shared/duties/regime.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import type { CalendarDate } from '../../../../shared/kernel/time.ts';
import type { OperatorOptions } from '../../client/operator-options.ts';

export interface CheckOptions {
  /** A catalogue: JSON if its name ends in .json, otherwise CSV. That of the backend if absent. */
  readonly file?: string | undefined;
  /** The backend that is asked without a file. */
  readonly backend: OperatorOptions;
  /** The markets; all destinations if empty. */
  readonly to: readonly Country[];
  /** Where the goods leave; the country of origin of each product if absent. */
  readonly from?: Country | undefined;
  /** Units of a product in an order. */
  readonly units: number;
  readonly channel: 'courier' | 'post';
  /** In per cent of the goods' value. */
  readonly freightPercent: number;
  /** The seller's own at a backend, the middle rate for a file, if absent. */
  readonly policy?: ClassificationPolicy | undefined;
  /** The body of PUT /v1/admin/seller; every registration if absent. */
  readonly seller?: string | undefined;
  /** A file of exchange rates; about the rates of late 2026 if absent. */
  readonly rates?: string | undefined;
  /** In each destination; today if absent. */
  readonly date?: CalendarDate | undefined;
  readonly format: 'table' | 'json';
  /** Whether the table has the priced products too. */
  readonly all: boolean;
}
