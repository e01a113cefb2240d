import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '../../infra/cli/client/api-client.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { booksOf } from './partners-books.ts';
import { operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, type Placed } from './shopper.ts';

interface Slot {
  readonly slotId: string;
  readonly from: string;
  readonly to: string;
  readonly freePlaces: number;
}

interface Refreshed {
  readonly quoteId: string;
  readonly totals: { readonly total: { readonly amount: number } };
  readonly difference: { readonly amount: number };
  readonly landedCost: {
    readonly consignments: readonly { readonly charges: readonly { readonly code: string }[] }[];
  };
}

describe('a delivery slot from the list to the carrier', () => {
  let running: RunningBackend;
  let storefront: ApiClient;

  beforeAll(async () => {
    running = await runBackend();
    storefront = storefrontClient(running.backend.url, running.storefrontKey);
    const pattern = { from: '08:00', to: '12:00', kind: 'timed', capacity: 1, cutOffHours: 24 };
    await running.backend.operator.call({
      method: 'PUT',
      path: '/v1/admin/slots/de-hamburg',
      body: {
        carrier: 'easypost',
        countries: ['DE'],
        postalCodePrefixes: ['20'],
        timeZone: 'Europe/Berlin',
        templates: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
          { ...pattern, weekday },
          { ...pattern, weekday, kind: 'appointment', surcharge: { amount: 500, currency: 'EUR' } },
        ]),
      },
    });
  });
  afterAll(() => running.stop());

  const quote = async () => (await running.shopper.quote(baskets.DE)).quoteId;
  const list = async (quoteId: string, kind = 'timed') => {
    const { slots } = await storefront.call<{ slots: Slot[] }>({
      method: 'GET',
      path: `/v1/delivery-slots?country=DE&postalCode=20095&quoteId=${quoteId}`,
    });
    return slots.filter(({ slotId }) => slotId.endsWith(`_${kind}`));
  };
  const hold = ({ slotId }: Slot, quoteId: string) =>
    storefront.call<{ holdId: string; expiresAt: string }>({
      method: 'POST',
      path: `/v1/delivery-slots/${slotId}/holds`,
      headers: { 'idempotency-key': randomUUID() },
      body: { quoteId },
    });
  const place = (quoteId: string, holdId: string) =>
    storefront.call<Placed>({
      method: 'POST',
      path: '/v1/orders',
      headers: { 'idempotency-key': randomUUID() },
      body: { ...running.shopper.placeBody(quoteId, 'DE'), deliverySlot: { holdId } },
    });
  const refusalOf = async (attempt: Promise<unknown>) => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ApiProblem)) throw new Error('the call was not refused');
    return [error.status, (error.problem as { type: string }).type.split('/').at(-1)];
  };

  it('is held, refused to the next buyer, booked with the order and sent to the carrier', async () => {
    const [mine, theirs] = [await quote(), await quote()];
    const [slot] = await list(mine);
    if (slot === undefined) throw new Error('there is no slot');
    expect(slot.freePlaces).toBe(1);
    const { holdId } = await hold(slot, mine);
    expect(await refusalOf(hold(slot, theirs))).toEqual([409, 'slot-full']);
    expect((await list(theirs)).map(({ slotId }) => slotId)).not.toContain(slot.slotId);
    expect(await refusalOf(place(theirs, holdId))).toEqual([422, 'slot-hold-unknown']);

    const placed = await place(mine, holdId);
    await confirmAsBrowser(running.stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    const order = await running.shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'parcel.booked'),
    );
    expect(order).toMatchObject({ deliverySlot: { slotId: slot.slotId, status: 'booked' } });
    const parcelIds = order.parcels.map(({ parcelId }) => parcelId);
    const { shipments } = await booksOf(running.backend.partners.urls, parcelIds);
    expect(shipments[0]?.options).toMatchObject({
      delivery_min_datetime: slot.from,
      delivery_max_datetime: slot.to,
    });
  });

  it('with a surcharge is in the price before it is held, and is charged with its tax', async () => {
    const mine = await quote();
    const [slot] = await list(mine, 'appointment');
    if (slot === undefined) throw new Error('there is no slot');
    expect(await refusalOf(hold(slot, mine))).toEqual([422, 'slot-not-quoted']);
    const { quoteId, totals, difference, landedCost } = await storefront.call<Refreshed>({
      ...{ method: 'POST', path: `/v1/quotes/${mine}/refresh?slotId=${slot.slotId}` },
    });
    // At least 5.00 EUR and 19 % of it. It is more if a cheaper plan arrives too late for the slot.
    expect(difference.amount).toBeGreaterThanOrEqual(595);
    const charges = landedCost.consignments.flatMap((consignment) => consignment.charges);
    expect(charges.filter(({ code }) => code === 'delivery-slot')).toMatchObject([
      { amount: { amount: 500 } },
    ]);
    const body = running.shopper.placeBody(quoteId, 'DE');
    const without = {
      method: 'POST',
      path: '/v1/orders',
      headers: { 'idempotency-key': randomUUID() },
      body,
    };
    expect(await refusalOf(storefront.call({ ...without, method: 'POST' }))).toEqual([
      422,
      'slot-hold-needed',
    ]);

    const placed = await place(quoteId, (await hold(slot, quoteId)).holdId);
    await confirmAsBrowser(running.stripeUrl, placed.payment.nextAction.clientSecret ?? '');
    await running.shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'parcel.booked'),
    );
    const view = await operatorView(running.backend, placed.orderId);
    expect(view.facts.find(({ name }) => name === 'payment.captured')).toMatchObject({
      data: { amount: totals.total },
    });
  });

  it('is free again after its order is cancelled', async () => {
    const [mine, theirs] = [await quote(), await quote()];
    const [slot] = await list(mine);
    if (slot === undefined) throw new Error('there is no slot');
    const placed = await place(mine, (await hold(slot, mine)).holdId);
    expect(await refusalOf(hold(slot, theirs))).toEqual([409, 'slot-full']);
    expect(await running.shopper.cancel(placed)).toMatchObject({ outcome: 'cancelled' });
    expect(await hold(slot, theirs)).toMatchObject({ holdId: expect.stringMatching(/^hld_/) });
  });
});
