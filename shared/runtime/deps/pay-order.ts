import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createOrderRecords } from '../../aws/order/order-records.ts';
import { callerLimitsOf } from '../../catalogue/index.ts';
import { coreDeps } from './core.ts';
import { paymentDeps, startDeps } from './payment.ts';

/** For paying an order by another method. */
export function payOrderDeps() {
  const { table, clock } = coreDeps();
  const catalogue = createCatalogueStore(table, clock);
  return {
    ...startDeps(paymentDeps(), catalogue),
    orders: createOrderRecords(table),
    firstReservationMinutes: async () => callerLimitsOf(await catalogue.seller()).firstReservationMinutes,
  };
}
