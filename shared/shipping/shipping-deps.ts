import type { PlannedConsignment } from '../../events/landed-cost.ts';
import type { Seller } from '../catalogue/index.ts';
import type { Address } from '../kernel/address.ts';
import type { Dimensions } from '../kernel/measure.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder, OrderDetailsReader, ReferenceReader } from '../timeline/index.ts';
import type { BoundCarrier } from './carrier.ts';

/** The dependencies for handling carriers' updates. */
export interface ScanDeps extends ActOnOrder {
  readonly report: Report;
  /** Throws for a carrier that has no settings here. */
  readonly carrierByCode: (code: string) => Promise<BoundCarrier>;
}

export interface ReceiveScansDeps extends ScanDeps {
  readonly references: ReferenceReader;
}

/** The size of one carton, as the carrier gets it before the carton is packed. */
export interface ParcelSize {
  readonly weightGrams: number;
  readonly dimensions: Dimensions;
}

/** The further dependencies of booking. */
export interface BookingDeps extends ScanDeps {
  readonly details: OrderDetailsReader;
  readonly warehouseById: (warehouseId: string) => Promise<{ readonly address: Address }>;
  /** Of a consignment that was quoted without its cartons. */
  readonly parcelSize: (consignment: PlannedConsignment) => Promise<ParcelSize>;
  /** The seller's registrations, for the label's data. Undefined until they are stored. */
  readonly registrations: () => Promise<Pick<Seller, 'name' | 'address' | 'importer' | 'ioss'> | undefined>;
}
