import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { knownWarehouses } from '../../aws/catalogue/known-warehouses.ts';
import { createOrderFiles } from '../../aws/replenishment/order-files.ts';
import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { createRiskStore } from '../../aws/replenishment/risk-store.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import { supplierSigningSecret } from '../../replenishment/purchasing/sending/signing-secret.ts';
import type { SendingTools } from '../../replenishment/purchasing/sending/way.ts';
import { log } from '../log.ts';
import { once } from '../once.ts';
import { createSend } from '../partner-sender.ts';
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

/** For risks of missing goods, and ports where goods wait. */
export const riskDeps = () => ({ clock, risks: createRiskStore(ownTable()) });

/** For sending purchase orders, and finding those that are late. */
export function sendingDeps() {
  const { settings } = baseDeps();
  const { signingSecret } = supplierSetupDeps();
  // The client of the bucket is made for the first file.
  const files = once(() => createOrderFiles(settings.lakeBucket()));
  const toolsFor = async (supplierId: string, now: string): Promise<SendingTools> => ({
    send: createSend({ partner: supplierId }),
    writeFile: (key, text) => files().write(key, text),
    signingSecret: await signingSecret(supplierId),
    now,
  });
  return {
    ...replenishmentOrderDeps(),
    ...riskDeps(),
    toolsFor,
    report: (error: unknown, detail: { readonly replenishmentOrderId: string }) =>
      log.error('ORDER_NOT_SENT', error, detail),
  };
}
