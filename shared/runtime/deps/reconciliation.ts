import { createReferences } from '../../aws/order/order-records.ts';
import { createOrdersSince } from '../../aws/order/orders-since.ts';
import { createReconciliations } from '../../aws/payment/reconciliation-store.ts';
import { collectedByCarrier } from '../../payment/cash/index.ts';
import { orderOfLabel } from '../../payment/settlement/index.ts';
import { cashCarriers } from '../cash-carriers.ts';
import { log } from '../log.ts';
import { coreDeps } from './core.ts';
import { paymentPartners } from './payment.ts';
import { ownTable } from './table.ts';

function ownDeps() {
  const core = coreDeps();
  return { ...core, reconciliations: createReconciliations(core.table) };
}

/** For comparing settlements with the ledger. */
export function reconcileDeps() {
  const core = ownDeps();
  return {
    ...core,
    orderOfLabel: orderOfLabel(createReferences(core.table), [...cashCarriers.keys()]),
  };
}

/** For the daily run over all providers, and over the cash that carriers collect. */
export function reconcileDailyDeps() {
  const deps = ownDeps();
  const partners = paymentPartners();
  return {
    ...deps,
    providers: async () => [
      ...(await Promise.all((await partners.usable()).map((code) => partners.get(code)))),
      collectedByCarrier,
    ],
    ordersSince: createOrdersSince(deps.table),
    onFailure: (error: unknown, partner: string) => log.error('SETTLEMENT_NOT_READ', error, { partner }),
  };
}

/** For showing what differs. */
export const reconciliationListDeps = () => ({ reconciliations: createReconciliations(ownTable()) });
