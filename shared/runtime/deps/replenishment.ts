import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { knownWarehouses } from '../../aws/catalogue/known-warehouses.ts';
import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { createRiskStore } from '../../aws/replenishment/risk-store.ts';
import { createSignalStore } from '../../aws/replenishment/signal-store.ts';
import { createSlottingStore } from '../../aws/replenishment/slotting-store.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import { supplierSigningSecret } from '../../replenishment/purchasing/sending/signing-secret.ts';
import { baseDeps } from './base.ts';
import { ownTable } from './table.ts';

const clock = () => new Date();

/** For reading and changing suppliers. */
export const supplierDeps = () => ({ clock, suppliers: createSupplierStore(ownTable()) });

/** For storing suppliers: also gives the key that signs what is sent to them. */
export function supplierSetupDeps() {
  const { settings, secrets } = baseDeps();
  return {
    ...supplierDeps(),
    signingSecret: async (supplierId: string) =>
      supplierSigningSecret(supplierId, await secrets.read(settings.secretArn('quote-signing'))),
  };
}

/** For purchase orders and transfer orders. */
export function replenishmentOrderDeps() {
  const table = ownTable();
  return {
    ...supplierDeps(),
    orders: createOrderStore(table, { clock }),
    catalogue: createCatalogueStore(table, clock),
    knownWarehouses: (warehouseIds: readonly string[]) => knownWarehouses(table, warehouseIds),
  };
}

/** For what suppliers say of their orders. */
export const supplierHookDeps = () => ({ ...replenishmentOrderDeps(), ...supplierSetupDeps() });

/** For risks of missing goods, and ports where goods wait. */
export const riskDeps = () => ({ clock, risks: createRiskStore(ownTable()) });

/** For the storage zones of warehouses, and the moves between them. */
export function slottingDeps() {
  const table = ownTable();
  return {
    clock,
    slotting: createSlottingStore(table),
    knownWarehouses: (warehouseIds: readonly string[]) => knownWarehouses(table, warehouseIds),
  };
}

/** For signals of demand. */
export const signalDeps = () => ({ signals: createSignalStore(ownTable(), clock) });
