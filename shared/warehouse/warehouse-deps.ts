import type { NewId } from '../kernel/ids.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder, ReferenceReader } from '../timeline/index.ts';
import type { BoundWarehouseSystem } from './warehouse-system.ts';

/** The dependencies for handling warehouses' updates and for stopping their work. */
export interface UpdateDeps extends ActOnOrder {
  readonly report: Report;
  /** Throws for a system that has no settings here. */
  readonly systemByCode: (code: string) => Promise<BoundWarehouseSystem>;
}

export interface ReceiveUpdateDeps extends UpdateDeps {
  readonly references: ReferenceReader;
}

/** The further dependencies of requests. */
export interface DispatchDeps extends UpdateDeps {
  readonly newId: NewId;
  readonly warehouseById: (warehouseId: string) => Promise<{ readonly system: string }>;
}
