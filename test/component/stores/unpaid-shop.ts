import type { LandedCost } from '../../../events/landed-cost.ts';
import { type CallerLimits, callerLimitsOf } from '../../../shared/catalogue/index.ts';
import { unpaidMostOf } from '../../../shared/quote/unpaid-most.ts';
import type { Decided } from '../../../shared/timeline/index.ts';
import { address, details } from '../../builders/details.ts';
import { authorised, started } from '../../builders/facts.ts';
import { charge, landedCost } from '../../builders/landed-cost.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import type { TableOnEngine } from './table-on-engine.ts';

let shops = 0;

/** A shop whose storefront, clients and SKUs no other test has. */
export async function unpaidShop(on: TableOnEngine, limits: Partial<CallerLimits> = {}, stock = 5_000) {
  const shop = openShop(on, limits);
  shops += 1;
  const [storefrontId, sku] = [`shop-${shops}`, `SKU-${shops}`];
  await shop.receive(sku, stock);
  const sellable = new Map([[sku, new Map([[warehouseId, stock]])]]);
  const unpaidMost = unpaidMostOf(sellable, callerLimitsOf({ callerLimits: limits }));
  let shoppers = 0;
  const order = async ({
    client = '192.0.2.1',
    email,
    line1,
    quantity = 1,
    at = storefrontId,
    isFree = false,
  }: {
    client?: string;
    email?: string;
    line1?: string;
    quantity?: number;
    at?: string;
    isFree?: boolean;
  } = {}) => {
    shoppers += 1;
    const cost = costOf([{ sku, quantity }]);
    const quote = await shop.quote(isFree ? freeOf(cost) : cost, at, { unpaidMost });
    const placed = await shop.place(
      quote.quoteId,
      {
        storefrontId: at,
        details: details({
          customer: { email: email ?? `shopper-${shoppers}@example.test`, phone: '+493012345678' },
          shippingAddress: address({ line1: line1 ?? `Street ${shoppers}` }),
        }),
      },
      client,
    );
    return placed.ok ? placed.value.orderId : placed.error.reason;
  };
  return {
    shop,
    storefrontId,
    sku,
    order,
    reserved: async () => (await shop.positionOf(sku))?.reserved ?? 0,
  };
}

/** The same basket with nothing to pay. */
const freeOf = ({ currency, destination, incoterm, consignments }: LandedCost): LandedCost =>
  landedCost({
    ...{ currency, destination, incoterm },
    consignments: consignments.map((each) => ({
      ...each,
      charges: [charge({ amount: { amount: 0, currency } })],
    })),
  });

export const isPlaced = (answer: string) => answer.startsWith('ord_');
export const placedOf = (answers: readonly string[]) => answers.filter(isPlaced);

async function append(
  shop: Shop,
  orderId: string,
  facts: (placed: { paymentId: string; amount: unknown }) => readonly Decided[],
) {
  const timeline = await shop.timelines.load(orderId);
  const placed = timeline?.facts[0];
  if (timeline === undefined || placed?.name !== 'order.placed') throw new Error('the order was placed');
  const { payment, landedCost } = placed.data;
  const paid = { paymentId: payment.paymentId, amount: landedCost.totals.total };
  await shop.timelines.append({ timeline, facts: facts(paid), cause: { by: 'journey' }, now: shop.now() });
}
/** The payment is authorised. */
export const pay = (shop: Shop, orderId: string) =>
  append(shop, orderId, (paid) => [started(paid as never), authorised(paid as never)]);

/** The shopper cancels. */
export const cancel = (shop: Shop, orderId: string) =>
  append(shop, orderId, () => [{ name: 'order.cancelled', data: { reason: 'asked-for' } }]);

/** The time to pay is over. */
export const expire = (shop: Shop, orderId: string) =>
  append(shop, orderId, () => [{ name: 'order.expired', data: {} }]);
