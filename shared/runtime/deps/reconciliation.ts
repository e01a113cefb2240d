import { createOrdersSince } from '../../aws/order/orders-since.ts';
import { createReconciliations } from '../../aws/payment/reconciliation-store.ts';
import { log } from '../log.ts';
import { coreDeps } from './core.ts';
import { paymentPartners } from './payment.ts';
import { ownTable } from './table.ts';

/** For comparing settlements with the ledger. */
export function reconcileDeps() {
  const core = coreDeps();
  return { ...core, reconciliations: createReconciliations(core.table) };
}

/** For the daily run over all providers. */
export function reconcileDailyDeps() {
  const deps = reconcileDeps();
  const partners = paymentPartners();
  return {
    ...deps,
    providers: async () => Promise.all((await partners.usable()).map((code) => partners.get(code))),
    ordersSince: createOrdersSince(deps.table),
    onFailure: (error: unknown, partner: string) => log.error('SETTLEMENT_NOT_READ', error, { partner }),
  };
}

/** For showing what differs. */
export const reconciliationListDeps = () => ({ reconciliations: createReconciliations(ownTable()) });
