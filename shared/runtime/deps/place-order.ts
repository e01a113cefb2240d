import type { LandedCost } from '../../../events/landed-cost.ts';
import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { closedWarehouses } from '../../aws/catalogue/network-store.ts';
import { createOrderPlacing } from '../../aws/order/order-placing.ts';
import { createQuoteStore } from '../../aws/quote/quote-store.ts';
import { createWorkloadStore } from '../../aws/quote/workload-store.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { callerLimitsOf } from '../../catalogue/index.ts';
import { toInstant } from '../../kernel/time.ts';
import {
  accessTokensBy,
  type CashOrder,
  countCash,
  countUnpaid,
  countWork,
  type OrderToCount,
  type PlacedOrder,
} from '../../order/index.ts';
import { createVerifiedQuotes } from '../../quote/index.ts';
import { carriers } from '../../shipping/carriers/index.ts';
import { addressProblems } from '../../shipping/index.ts';
import { bookableSlot, type SlotBooking } from '../../slots/index.ts';
import type { OrderDetails } from '../../timeline/index.ts';
import { log } from '../log.ts';
import { countingDeps } from './callers.ts';
import { coreDeps, project } from './core.ts';
import { orderMethod } from './order-method.ts';
import { paymentDeps, startDeps } from './payment.ts';

/** For turning a quote into an order and starting its payment. */
export function placeOrderDeps() {
  const { table, clock, newId, secrets, settings, isPublished } = coreDeps();
  const slots = createSlotStore(table);
  const catalogue = createCatalogueStore(table, clock);
  const workload = createWorkloadStore(table, clock);
  const signingKey = () => secrets.read(settings.secretArn('quote-signing'));
  const onAfterthought = (error: unknown, orderId: string) =>
    log.error('DEMAND_NOT_NOTED', error, { orderId });
  const onFailure = (error: unknown, orderId: string) => log.error('WORK_NOT_COUNTED', error, { orderId });
  const counting = countingDeps(table, { catalogue, secret: signingKey });
  const payment = startDeps(paymentDeps(), catalogue);
  const { timelines } = payment;
  return {
    ...payment,
    countUnpaidFrom: (client: string) => async (order: Omit<OrderToCount, 'client'>) =>
      countUnpaid({ ...(await counting()), timelines }, { ...order, client }),
    placing: createOrderPlacing({ table, project, newId, isPublished, onAfterthought }),
    quotes: createVerifiedQuotes(createQuoteStore(table), signingKey),
    countWork: (placed: PlacedOrder) => countWork({ workload, onFailure }, placed),
    addressProblems: (landedCost: LandedCost, details: OrderDetails) =>
      addressProblems(carriers, landedCost, details),
    closedWarehouses: () => closedWarehouses(table),
    bookableSlot: (booking: SlotBooking) => bookableSlot(slots, booking, toInstant(clock())),
    countCash: async (order: CashOrder) => countCash({ ...(await counting()), timelines }, order),
    methodFor: orderMethod(payment, catalogue),
    firstReservationMinutes: async () => callerLimitsOf(await catalogue.seller()).firstReservationMinutes,
    accessTokens: async () => accessTokensBy(await signingKey()),
  };
}
