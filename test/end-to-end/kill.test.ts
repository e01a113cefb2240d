import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { findFreePort } from '../../infra/local/find-free-port.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { BackendProcess } from './backend-process.ts';
import { booksOf, labelsKept } from './partners-books.ts';
import { baskets, isDelivered, patiently, Shopper } from './shopper.ts';

/** The backend is killed when the order has at least this number of facts. */
const KILLED_AFTER = [1, 2, 3, 5, 6, 8, 10, 12, 15, 18];

/** Facts that an order has once, even if their cause is repeated. */
const ONCE_AN_ORDER = [
  'order.placed',
  'payment.started',
  'payment.authorised',
  'screening.released',
  'payment.captured',
  'order.delivered',
];
/** Facts that a parcel has once, even if their cause is repeated. */
const ONCE_A_PARCEL = [
  'parcel.booked',
  'parcel.cleared',
  'dispatch.requested',
  'parcel.dispatched',
  'parcel.delivered',
];

describe('a backend that is killed during an order', () => {
  let dataDir: string;
  let backend: BackendProcess;
  const assemblyDir = 'cdk.out';

  beforeAll(async () => {
    await synthesise(assemblyDir);
    dataDir = await mkdtemp(join(tmpdir(), 'entrepot-kill-'));
    backend = new BackendProcess({ port: await findFreePort(), dataDir, assemblyDir });
    await backend.start();
  });
  afterAll(async () => {
    await backend.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each(KILLED_AFTER)('continues the order after fact %i, and completes it once', async (killedAfter) => {
    const { storefrontKey, stripeUrl } = backend.printed();
    const shopper = new Shopper(storefrontClient(backend.url, storefrontKey));
    const { quoteId } = await shopper.quote(baskets.DE);
    const placed = await shopper.place(quoteId, 'DE');
    const paying = killedAfter >= 3;
    if (paying) await confirmAsBrowser(stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    await shopper.follow(placed, ({ timeline }) => timeline.length >= Math.min(killedAfter, paying ? 99 : 2));

    await backend.kill();
    await backend.start();

    if (!paying) {
      const { stripeUrl } = backend.printed();
      await patiently(() => confirmAsBrowser(stripeUrl, placed.payment.nextAction.clientSecret ?? ''));
    }
    const order = await shopper.follow(placed, isDelivered);
    const times = (fact: string) => order.timeline.filter((entry) => entry.fact === fact).length;
    for (const fact of ONCE_AN_ORDER) expect(times(fact), fact).toBe(1);
    for (const fact of ONCE_A_PARCEL) expect(times(fact), fact).toBe(order.parcels.length);

    // The partners' books have one paid intent, and one label and one dispatch order for each parcel.
    const references = [placed.orderId, ...order.parcels.map(({ parcelId }) => parcelId)];
    const books = await booksOf(backend.printed().partnerUrls, references);
    expect(books.intents.map(({ status }) => status)).toEqual(['succeeded']);
    expect(labelsKept(books)).toHaveLength(order.parcels.length);
    expect(books.dispatchOrders).toHaveLength(order.parcels.length);
  });
});
