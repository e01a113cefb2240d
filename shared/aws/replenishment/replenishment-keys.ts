import { type Key, STEP_PREFIX } from '../table.ts';

/** The beginning of the partition keys of replenishment orders. */
export const REPLENISHMENT_PREFIX = 'REPLENISHMENT#';
/** The beginning of the sort keys of suppliers, and of the partition keys of their outcomes. */
export const SUPPLIER_PREFIX = 'SUPPLIER#';

/** The beginning of the sort keys of ports where goods wait. */
export const PORT_PREFIX = 'PORT#';

/** Purchase orders that are to be sent to their suppliers have a shard of the index `due` of their own. */
export const DUE_SENDING = 'DUE#SENDING';

/** The partition of a list of replenishment orders, in the index `lists`. */
export const replenishmentList = (list: 'open' | 'ended'): string => `REPLENISHMENT#${list}`;

/** Keys of suppliers and replenishment orders: `table.ts` lists them with all others. */
export const replenishmentKeys = {
  partition: (id: string) => `${REPLENISHMENT_PREFIX}${id}`,
  head: (id: string): Key => ({ pk: `${REPLENISHMENT_PREFIX}${id}`, sk: 'ORDER' }),
  /** The facts that one step appended, by the number of the first of them. */
  step: (id: string, sequence: number): Key => ({
    pk: `${REPLENISHMENT_PREFIX}${id}`,
    sk: `${STEP_PREFIX}${sequence.toString().padStart(6, '0')}`,
  }),
  need: (sku: string, warehouseId: string): Key => ({ pk: `NEED#${sku}`, sk: `WAREHOUSE#${warehouseId}` }),
  suppliers: 'SUPPLIERS',
  supplier: (supplierId: string): Key => ({ pk: 'SUPPLIERS', sk: `${SUPPLIER_PREFIX}${supplierId}` }),
  settings: { pk: 'SUPPLIERS', sk: 'SETTINGS' } satisfies Key,
  storedUnits: { pk: 'SUPPLIERS', sk: 'STORED-UNITS' } satisfies Key,
  port: (port: string): Key => ({ pk: 'SUPPLIERS', sk: `${PORT_PREFIX}${port}` }),
  signals: 'DEMAND-SIGNALS',
  signal: (signalId: string): Key => ({ pk: 'DEMAND-SIGNALS', sk: signalId }),
  risks: 'SUPPLY-RISKS',
  risk: (riskKey: string): Key => ({ pk: 'SUPPLY-RISKS', sk: riskKey }),
  outcomePartition: (supplierId: string) => `${SUPPLIER_PREFIX}${supplierId}`,
  outcome: (supplierId: string, at: string, id: string): Key => ({
    pk: `${SUPPLIER_PREFIX}${supplierId}`,
    sk: `OUTCOME#${at}#${id}`,
  }),
};

/** The beginnings of the sort keys of where products lie, and of proposed moves. */
export const PLACE_PREFIX = 'PLACE#';
export const MOVE_PREFIX = 'MOVE#';

/** Keys of the storage zones of a warehouse. */
export const slottingKeys = {
  partition: (warehouseId: string) => `SLOTTING#${warehouseId}`,
  zones: (warehouseId: string): Key => ({ pk: `SLOTTING#${warehouseId}`, sk: 'ZONES' }),
  place: (warehouseId: string, sku: string): Key => ({
    pk: `SLOTTING#${warehouseId}`,
    sk: `${PLACE_PREFIX}${sku}`,
  }),
  move: (warehouseId: string, sku: string): Key => ({
    pk: `SLOTTING#${warehouseId}`,
    sk: `${MOVE_PREFIX}${sku}`,
  }),
};
