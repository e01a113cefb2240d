import { becomesQuiet } from '../../local/becomes-quiet.ts';
import type { Backend } from '../../local/start-backend.ts';
import type { Checkout } from '../../sandbox/checkout.ts';
import type { ApiClient } from '../client/api-client.ts';
import { DEMO_GOODS, demoBasket, demoDestinations, quoteBody } from './demo-basket.ts';
import { follow, hasEnded, pay, place, placeUnwatched, quote } from './demo-order.ts';
import { moneyText } from './money-text.ts';
import { narrator } from './narrate-order.ts';
import { billTable, landedCostTable, ledgerTable, type TabledOrder } from './order-tables.ts';
import { priceTable, promiseText } from './price-table.ts';

/** The tools that the demo needs. */
export interface DemoTools {
  readonly backend: Backend;
  readonly storefront: ApiClient;
  readonly checkout: Checkout;
  /** Prints a line. */
  readonly say: (text: string) => void;
  /** Prints a line that begins with the time since the start. */
  readonly sayTimed: (text: string) => void;
}

/**
 * Shows the landed cost of the basket at six destinations. Then places one order, follows it to its delivery, and
 * shows its figures.
 */
export async function showDemoOrder(tools: DemoTools): Promise<void> {
  const { backend, storefront, checkout, say, sayTimed } = tools;
  await showPrices(tools);
  const orderId = await orderAndPay(tools);
  const narrate = narrator();
  const order = await follow<TabledOrder>(backend.operator, orderId, (reading) => {
    for (const { what, detail } of narrate(reading)) sayTimed(line(what, detail));
  });
  if (!hasEnded(order)) {
    sayTimed(`this machine is slow: the order is ${order.status}, and it continues while the backend runs`);
    return;
  }
  sayTimed(line(order.status, `the whole order ${orderId}`));
  for (const table of [landedCostTable(order), ledgerTable(order)]) say(`\n${table}`);

  // The bill is that of a second order, because requests to watch an order cost money, and the first order includes
  // cold starts.
  if (!(await becomesQuiet(backend))) return;
  const before = backend.counts();
  await placeUnwatched(storefront, checkout);
  if (await becomesQuiet(backend)) say(`\n${billTable(backend.bill(1, before))}`);
}

async function showPrices({ storefront, say }: DemoTools): Promise<void> {
  const priced = await Promise.all(
    demoDestinations.map(async (place) => ({ place, quote: await quote(storefront, quoteBody(place)) })),
  );
  say(`\n${DEMO_GOODS}, at the door in six countries, duty and tax paid`);
  say(`${priceTable(priced)}\n`);
}

async function orderAndPay({ storefront, checkout, sayTimed }: DemoTools): Promise<string> {
  const quoted = await quote(storefront, demoBasket);
  const price = moneyText(quoted.totals.total);
  sayTimed(line('quoted', `${price} to ${demoBasket.destination.country}, promised ${promiseText(quoted)}`));
  const placed = await place(storefront, quoted.quoteId);
  sayTimed(line('ordered', `${placed.orderId}, its stock is reserved`));
  await pay(placed, checkout);
  return placed.orderId;
}

function line(what: string, detail: string): string {
  return `${what.padEnd(10)}  ${detail}`;
}
