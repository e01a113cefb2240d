import { createOrderDetails } from '../../aws/order/order-records.ts';
import { submitsEvidence } from '../../catalogue/index.ts';
import { printLate } from '../print-late.ts';
import { catalogueDeps } from './catalogue.ts';
import { coreDeps } from './core.ts';
import { paymentDeps } from './payment.ts';

/** For showing the evidence for a dispute: it asks no provider. */
export function printDeps() {
  const core = coreDeps();
  return { ...core, details: createOrderDetails(core.table), print: printLate };
}

/** For submitting it. */
export const evidenceDeps = () => ({ ...paymentDeps(), print: printLate });

/** For asking for it, or submitting it by itself where the seller chose that. */
export function evidenceDueDeps() {
  const { catalogue } = catalogueDeps();
  return {
    ...evidenceDeps(),
    submitsEvidence: async () => submitsEvidence(await catalogue.seller()),
  };
}
