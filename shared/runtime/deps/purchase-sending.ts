import { createRatesStore } from '../../aws/rates/rates-store.ts';
import type { SendingTools } from '../../replenishment/purchasing/sending/way.ts';
import { log } from '../log.ts';
import { once } from '../once.ts';
import { createSend } from '../partner-sender.ts';
import { baseDeps } from './base.ts';
import { replenishmentOrderDeps, riskDeps, supplierSetupDeps } from './replenishment.ts';
import { ownTable } from './table.ts';

/** For sending purchase orders, and finding those that are late. */
export function sendingDeps() {
  const { settings } = baseDeps();
  const { signingSecret } = supplierSetupDeps();
  // The client of the bucket is loaded for the first file: most suppliers are called.
  const files = once(async () => {
    const { createOrderFiles } = await import('../../aws/replenishment/order-files.ts');
    return createOrderFiles(settings.lakeBucket());
  });
  const toolsFor = async (supplierId: string, now: string): Promise<SendingTools> => ({
    send: createSend({ partner: supplierId }),
    writeFile: async (key, text) => (await files()).write(key, text),
    signingSecret: await signingSecret(supplierId),
    now,
  });
  return {
    ...replenishmentOrderDeps(),
    ...riskDeps(),
    rates: createRatesStore(ownTable(), () => new Date()),
    toolsFor,
    report: (error: unknown, detail: { readonly replenishmentOrderId: string }) =>
      log.error('ORDER_NOT_SENT', error, detail),
  };
}
