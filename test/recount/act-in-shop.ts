import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiProblem } from '../../infra/cli/client/api-client.ts';
import { type OrderAnswer, storefrontClient } from '../../infra/cli/start/demo-order.ts';
import type { Backend } from '../../infra/local/start-backend.ts';
import { type Instant, toInstant } from '../../shared/kernel/time.ts';
import { isDelivered, type Placed, Shopper } from '../end-to-end/shopper.ts';
import { everyOrder } from './every-order.ts';

/** What was sent to the shop besides the orders of the replay. The program that counts again reads it. */
interface Asked {
  readonly visits: readonly {
    /** When it was sent; the backend noted it in the same minute. */
    readonly at: Instant;
    readonly visitor: string | undefined;
    readonly country: string;
    readonly steps: readonly { readonly step: string; readonly sku: string; readonly quantity?: number }[];
  }[];
  readonly purchase: readonly Cost[];
  readonly marketing: readonly Spent[];
}

interface Cost {
  readonly sku: string;
  readonly validFrom: string;
  readonly purchase: Amount;
  readonly firstLeg: Amount;
}

interface Spent {
  readonly storefrontId: string;
  readonly market: string;
  readonly channel: string;
  readonly day: string;
  readonly amount: Amount;
}

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

const STOREFRONT = 'recount';
const WAREHOUSE = 'gb-corby';
/** More than screening passes: an operator has to decide. */
const MANY = 25;
/** Each fifth of the orders gets half of its money back, each ninth all of it. */
const [HALF_BACK, ALL_BACK] = [5, 9];
const COSTS_A_REQUEST = 100;
const SHOPPERS_BESIDE = 6;
/** Parcels that the carrier never scans after their departure. */
const STALLED = 3;
/** How long a step of an order may take on a busy machine. */
const SETTLING_MILLISECONDS = 180_000;

/**
 * Does in the shop what the rows of a replay do not: refunds, parcels that stay with their carrier, a second storefront
 * with orders of two channels, some of which are not paid, cancelled or refused, baskets that get no price, visits,
 * movements of stock by hand, and costs.
 */
export async function actInShop(backend: Backend, work: string): Promise<void> {
  const orders = await everyOrder(backend.operator);
  const skus = [...new Set(orders.flatMap(({ lines }) => lines.map(({ sku }) => sku)))].sort();
  await refundSome(backend, orders);
  await moveStock(backend, skus);
  await stallSome(backend, skus);
  await orderBeside(backend, skus);
  const asked: Asked = {
    visits: await visit(backend, skus),
    purchase: await importPurchaseCosts(backend, skus),
    marketing: await importMarketingCosts(backend),
  };
  await writeFile(join(work, 'asked.json'), JSON.stringify(asked));
}

const key = () => ({ 'idempotency-key': randomUUID() });

async function refundSome({ operator }: Backend, orders: Awaited<ReturnType<typeof everyOrder>>) {
  for (const [index, { orderId, total }] of orders.entries()) {
    const isAll = index % ALL_BACK === 0;
    if (!isAll && index % HALF_BACK !== 0) continue;
    const amount = { amount: Math.floor(total.amount / 2), currency: total.currency };
    const body = isAll ? {} : { amount };
    await operator.call({ method: 'POST', path: `/v1/admin/orders/${orderId}/refund`, headers: key(), body });
  }
}

async function moveStock({ operator }: Backend, [sku = '', other = '']: readonly string[]) {
  const move = (body: object) =>
    operator.call({ method: 'POST', path: '/v1/admin/stock/movements', headers: key(), body });
  const place = { sku, warehouseId: WAREHOUSE };
  await move({ kind: 'receive', ...place, quantity: 500 });
  await move({ kind: 'receive', ...place, sku: other, quantity: 40 });
  await move({ kind: 'write-off', ...place, quantity: 7 });
  await move({ kind: 'adjust', ...place, quantity: -3, reason: 'counted again' });
  await move({ kind: 'adjust', ...place, sku: other, quantity: 2, reason: 'counted again' });
  await move({ kind: 'quarantine', ...place, sku: other, quantity: 5 });
  const transfer = { transferId: 'TR-1', expectedAt: '2099-01-01T00:00:00.000Z' };
  await move({ kind: 'dispatch-transfer', ...place, toWarehouseId: 'pl-poznan', quantity: 11, ...transfer });
}

const basketOf = (sku: string, quantity: number) => ({
  destination: { country: 'GB', postalCode: 'SW1A 1AA' },
  currency: 'GBP',
  lines: [{ sku, quantity }],
});

/** Orders of one channel whose parcels are handed over and then not scanned any more. */
async function stallSome({ operator, url, partners }: Backend, [sku = '']: readonly string[]) {
  const answer = await fetch(`${partners.urlOf('easypost')}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ partner: 'easypost', behaviour: 'stalled', times: STALLED }),
  });
  if (!answer.ok) throw new Error(`the sandbox takes no fault: ${answer.status} ${await answer.text()}`);
  const shopper = new Shopper(await openStorefront(operator, url), 'mail');
  for (let n = 1; n <= STALLED; n += 1) {
    const placed = await shopper.buy(basketOf(sku, n), partners.urlOf('stripe'));
    const isHandedOver = ({ timeline }: OrderAnswer) =>
      timeline.some(({ fact }) => fact === 'parcel.dispatched');
    await shopper.follow(placed, isHandedOver, SETTLING_MILLISECONDS);
  }
}

/**
 * Orders of another storefront and of another channel that end otherwise than delivered, one that is delivered and
 * partly refunded, and baskets without a price.
 */
async function orderBeside({ operator, url, partners }: Backend, [sku = '']: readonly string[]) {
  const shopper = new Shopper(await openStorefront(operator, url), 'search');
  const stripe = partners.urlOf('stripe');
  const basket = (quantity: number) => basketOf(sku, quantity);
  for (let n = 0; n < SHOPPERS_BESIDE; n += 1) {
    const { quoteId } = await shopper.quote(basket(1 + n));
    const unpaid = n % 2 === 0 ? await shopper.place(quoteId, 'GB') : undefined;
    if (n % 4 === 0 && unpaid !== undefined) await shopper.cancel(unpaid);
  }
  const held: Placed[] = [
    await shopper.buy(basket(MANY), stripe),
    await shopper.buy(basket(MANY + 1), stripe),
  ];
  for (const { orderId } of held) await refuse(operator, orderId);
  for (let n = 0; n < SHOPPERS_BESIDE; n += 1)
    await shopper.quote(basket(90_000 + n)).catch(expected(409, 422));
  // It arrives, so that the last scan that is known is later than those of the parcels that stay under way.
  const last = await shopper.buy(basket(1), stripe);
  await shopper.follow(last, isDelivered, SETTLING_MILLISECONDS);
  const body = { amount: { amount: 1, currency: 'GBP' } };
  const path = `/v1/admin/orders/${last.orderId}/refund`;
  await operator.call({ method: 'POST', path, headers: key(), body });
}

async function openStorefront(operator: Backend['operator'], url: string) {
  const { publishableKey } = await operator.call<{ publishableKey: string }>({
    ...{ method: 'PUT', path: `/v1/admin/storefronts/${STOREFRONT}`, body: { name: 'Recount' } },
  });
  return storefrontClient(url, publishableKey);
}

/** Refuses an order once screening holds it; before that the API answers with 409. */
async function refuse(operator: Backend['operator'], orderId: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { status } = await operator.call<{ status: string }>({
      ...{ method: 'GET', path: `/v1/admin/orders/${orderId}` },
    });
    if (status === 'held') {
      await operator.call({
        ...{ method: 'POST', path: `/v1/admin/orders/${orderId}/refuse`, headers: key(), body: {} },
      });
      return;
    }
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`${orderId} was not held`);
}

const expected =
  (...statuses: number[]) =>
  (error: unknown) => {
    if (!(error instanceof ApiProblem) || !statuses.includes(error.status)) throw error;
  };

async function visit({ operator, url }: Backend, skus: readonly string[]): Promise<Asked['visits']> {
  const storefront = await openStorefront(operator, url);
  const visits = ['GB', 'GB', 'FR', 'DE', 'GB', 'AU'].map((country, n) => ({
    visitor: n === 4 ? undefined : randomUUID(),
    country,
    steps: skus
      .slice(n, n + 3)
      .map((sku, index) =>
        index === 2 && n % 2 === 0 ? { step: 'cart', sku, quantity: 1 + n } : { step: 'view', sku },
      ),
  }));
  const sent: Asked['visits'][number][] = [];
  for (const each of [...visits, ...visits.slice(0, 2)]) {
    const { visitor, country, steps } = each;
    const at = await startOfRequest();
    await storefront.call({
      ...{ method: 'POST', path: '/v1/visits' },
      body: {
        ...{ batchId: randomUUID(), country, steps },
        ...(visitor === undefined ? {} : { visitorId: visitor }),
      },
    });
    sent.push({ at, ...each });
  }
  return sent;
}

/** The last seconds of a minute, in which a request could be noted in the next one. */
const LAST_SECONDS = 10;

/** The present instant; at the end of a minute it waits for the next one. */
async function startOfRequest(): Promise<Instant> {
  const left = 60 - ((Date.now() / 1_000) % 60);
  if (left < LAST_SECONDS) await new Promise((done) => setTimeout(done, left * 1_000 + 100));
  return toInstant(new Date());
}

async function importPurchaseCosts({ operator }: Backend, skus: readonly string[]): Promise<readonly Cost[]> {
  const costs = skus.map((sku, index) => ({
    ...{ sku, validFrom: '2026-01-01' },
    purchase: { amount: 20 + (index % 90), currency: 'GBP' },
    firstLeg: { amount: index % 7, currency: 'GBP' },
  }));
  for (let from = 0; from < costs.length; from += COSTS_A_REQUEST) {
    const body = { purchase: costs.slice(from, from + COSTS_A_REQUEST) };
    await operator.call({ method: 'POST', path: '/v1/admin/costs/import', body });
  }
  return costs;
}

async function importMarketingCosts({ operator }: Backend): Promise<Asked['marketing']> {
  const day = new Date().toISOString().slice(0, 10);
  const marketing = [
    { market: 'GB', channel: 'search', amount: { amount: 120_00, currency: 'GBP' } },
    { market: 'GB', channel: 'mail', amount: { amount: 33_33, currency: 'GBP' } },
    { market: 'FR', channel: 'search', amount: { amount: 50_00, currency: 'GBP' } },
  ].map((each) => ({ storefrontId: STOREFRONT, day, ...each }));
  await operator.call({ method: 'POST', path: '/v1/admin/costs/import', body: { marketing } });
  return marketing;
}
