import type { LandedCost } from '../../../events/landed-cost.ts';
import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { closedWarehouses } from '../../aws/catalogue/network-store.ts';
import { createOrderPlacing } from '../../aws/order/order-placing.ts';
import { createQuoteStore } from '../../aws/quote/quote-store.ts';
import { createWorkloadStore } from '../../aws/quote/workload-store.ts';
import { createSlotStore } from '../../aws/slots/slot-store.ts';
import { toInstant } from '../../kernel/time.ts';
import { accessTokenFor, hashAccessToken, type PlacedOrder } from '../../order/index.ts';
import { paymentMethods } from '../../payment/index.ts';
import { paymentProviders } from '../../payment/providers/index.ts';
import { guaranteeCodeOf, verifyQuote } from '../../quote/index.ts';
import { bookableSlot, type SlotBooking } from '../../slots/index.ts';
import { log } from '../log.ts';
import { once } from '../once.ts';
import { coreDeps, project } from './core-deps.ts';
import { paymentDeps } from './payment-deps.ts';

/** For turning a quote into an order and starting its payment. */
export const placeOrderDeps = once(() => {
  const core = coreDeps();
  const quotes = createQuoteStore(core.table);
  const slots = createSlotStore(core.table);
  const catalogue = createCatalogueStore(core.table, core.clock);
  const workload = createWorkloadStore(core.table, core.clock);
  const signingKey = () => core.secrets.read(core.settings.secretArn('quote-signing'));
  return {
    ...paymentDeps(),
    placing: createOrderPlacing({
      ...{ table: core.table, project, newId: core.newId },
      onAfterthought: (error, orderId) => log.error('DEMAND_NOT_NOTED', error, { orderId }),
    }),
    quotes: {
      /** A stored quote whose signature is ours; an altered one is as good as none. */
      async read(quoteId: string) {
        const quote = await quotes.get(quoteId);
        if (quote === undefined || !verifyQuote(quote, await signingKey())) return undefined;
        return { ...quote, guaranteeCode: guaranteeCodeOf(quote) };
      },
    },
    /** Counts what a new order gives warehouses to do. The order stands whatever becomes of the count. */
    async countWork({ orderId, consignments }: PlacedOrder): Promise<void> {
      try {
        await workload.count(orderId, consignments);
      } catch (error) {
        log.error('WORK_NOT_COUNTED', error, { orderId });
      }
    },
    closedWarehouses: () => closedWarehouses(core.table),
    bookableSlot: (booking: SlotBooking) => bookableSlot(slots, booking, toInstant(core.clock())),
    methodFor: async (method: string, landedCost: LandedCost) => {
      const { amount, currency } = landedCost.totals.total;
      const query = { country: landedCost.destination.country, currency, amountMinor: amount };
      const offered = paymentMethods(paymentProviders, query, (await catalogue.seller())?.payment);
      return offered.find((candidate) => candidate.method === method);
    },
    accessTokens: async () => {
      const secret = await signingKey();
      return {
        of: (orderId: string) => accessTokenFor(orderId, secret),
        hashOf: (orderId: string) => hashAccessToken(accessTokenFor(orderId, secret)),
      };
    },
  };
});
