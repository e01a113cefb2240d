import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money, toJson } from '../../../shared/kernel/money.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { cancelOrder, closeParcel, orderOf, orderView } from '../../../shared/order/index.ts';
import { requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { bookParcels, trackParcels, voidLabels } from '../../../shared/shipping/index.ts';
import { requestDispatch, stopDispatch } from '../../../shared/warehouse/index.ts';
import {
  booked,
  cancellationRequested,
  cancelled,
  cleared,
  dispatched,
  dispatchRequested,
  otherParcelId,
  parcelId,
  placed,
  untilBooked,
  untilDispatched,
  untilFulfilling,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { balances, paidOrder, receive } from '../../fakes/paid-order.ts';

const operator = { by: 'operator', reference: 'op-7' } as const;
const [first, second] = [parcelId, otherParcelId];
/** The parcel over the border: 24.00 + 6.00 + 3.00 + 6.27. The other: 24.00 + 5.00 + 5.51. Together 73.78. */
const [price, otherPrice] = [3927, 3451];
const eur = (amountMinor: number) => money(amountMinor, 'EUR');

const otherBooked = () => booked({ parcelId: second, carrierShipmentId: 'shp_2', trackingNumber: 'TRACK2' });
const otherCleared = () => cleared({ parcelId: second, basis: 'no-customs-border' });
const otherRequested = () =>
  dispatchRequested({ dispatchId: idOf('dispatch', 2), parcelId: second, warehouseId: 'pl-poznan' });

/** An order of two parcels. The first has left. The second has only the given facts. */
const oneLeft = (...other: NewFact[]) => [...forTwoParcels(untilDispatched()), ...other];
const bothLeft = () =>
  oneLeft(otherBooked(), otherCleared(), otherRequested(), dispatched({ parcelId: second }));

type Over = Partial<Omit<Parameters<typeof closeParcel>[2], 'parcelId' | 'outcome'>>;
const close = (harness: Harness, of: string, outcome: 'lost' | 'returned' | 'stopped', over: Over = {}) =>
  closeParcel(harness.deps, orderId, { parcelId: of, outcome, refund: 'share', ...over }, operator);

const statusOf = (harness: Harness) => orderOf(harness.facts()).status;
const stockAt = (harness: Harness, place: string) => harness.timelines.stock.get(`${place}#TEA-TOWEL`);

describe('a lost parcel', () => {
  test('is paid back to the minor unit; its goods stay shipped, and an order of one parcel is closed', async () => {
    const harness = await paidOrder(untilDispatched());
    expect(await close(harness, first, 'lost')).toEqual({
      ok: true,
      value: { outcome: 'closed', refund: eur(price) },
    });
    expect(harness.names().slice(-3)).toEqual(['parcel.closed', 'refund.requested', 'order.closed']);
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(statusOf(harness)).toBe('closed');
    expect(harness.timelines.headOf(orderId)).toMatchObject({ list: 'closed', dueAt: undefined });
    expect(stockAt(harness, 'cn-shenzhen')).toEqual({
      ...{ available: 998, reserved: 0, onHand: 998, shipped: 2, writtenOff: 0 },
    });
    // Sales, shipping and duty stay as they were booked; the refund takes back the rest, and no VAT is owed.
    expect(balances(harness)).toEqual({
      ...{ sales: -2400, 'shipping-income': -600, 'duty-owed:DE:customs': -300, 'refunds-granted': 3300 },
    });
  });

  test('leaves the order open until the other parcel is delivered', async () => {
    const harness = await paidOrder(bothLeft());
    await close(harness, first, 'lost');
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(statusOf(harness)).toBe('dispatched');
    await receive(harness, 'TRACK2', 'delivered');
    expect(harness.names().slice(-2)).toEqual(['parcel.delivered', 'order.delivered']);
    expect(orderView(harness.facts()).parcels.map(({ progress }) => progress)).toEqual([
      'closed',
      'delivered',
    ]);
    // No VAT of the lost parcel is owed any more, and all VAT of the other parcel is.
    expect(balances(harness)).toMatchObject({
      'tax-owed:DE:oss': -551,
      'provider-clearing:stripe': otherPrice,
    });
    expect(balances(harness)['tax-owed:DE:ioss']).toBeUndefined();
    expect(balances(harness)['customer-deposits']).toBeUndefined();
  });

  test('may be closed without a refund, or with another amount', async () => {
    const none = await paidOrder(untilDispatched());
    expect(await close(none, first, 'lost', { refund: 'none' })).toMatchObject({
      value: { refund: undefined },
    });
    expect(none.names().slice(-2)).toEqual(['parcel.closed', 'order.closed']);
    const part = await paidOrder(untilDispatched());
    const amount = { amount: 1000, currency: 'EUR' as const };
    expect(await close(part, first, 'lost', { refund: amount })).toMatchObject({
      value: { refund: eur(1000) },
    });
  });

  test('is paid back minus earlier refunds', async () => {
    const harness = await paidOrder(untilDispatched());
    await requestRefund(harness.deps, orderId, { requestId: 'k', operator: 'op', amount: eur(1000) });
    expect(await close(harness, first, 'lost')).toMatchObject({ value: { refund: eur(2927) } });
  });
});

describe('a returned parcel', () => {
  const restock = [{ sku: 'TEA-TOWEL', sellable: 1, writtenOff: 1 }];

  test('puts back the units that were counted', async () => {
    const harness = await paidOrder(untilDispatched());
    expect(await close(harness, first, 'returned', { restock })).toMatchObject({ ok: true });
    // Two of a thousand units had left. One can be sold again, and one is written off.
    expect(stockAt(harness, 'cn-shenzhen')).toEqual({
      ...{ available: 999, reserved: 0, onHand: 999, shipped: 0, writtenOff: 1 },
    });
  });

  test('leaves units as shipped that did not come back', async () => {
    const harness = await paidOrder(untilDispatched());
    await close(harness, first, 'returned', { restock: [{ sku: 'TEA-TOWEL', sellable: 1, writtenOff: 0 }] });
    expect(stockAt(harness, 'cn-shenzhen')).toMatchObject({ available: 999, shipped: 1 });
  });

  test.each([
    ['restock-too-many', [{ sku: 'TEA-TOWEL', sellable: 2, writtenOff: 1 }]],
    ['restock-unknown', [{ sku: 'LAMP', sellable: 1, writtenOff: 0 }]],
    ['restock-twice', [restock[0], restock[0]]],
    ['restock-nothing', [{ sku: 'TEA-TOWEL', sellable: 0, writtenOff: 0 }]],
  ])('is refused: %s', async (reason, counted) => {
    const harness = await paidOrder(untilDispatched());
    const units = counted.flatMap((each) => each ?? []);
    expect(await close(harness, first, 'returned', { restock: units })).toMatchObject({ error: { reason } });
    expect(harness.names()).toHaveLength(untilDispatched().length);
  });
});

describe('a parcel that was stopped while another left', () => {
  test('gives its units and its deposits back', async () => {
    const harness = await paidOrder(oneLeft(otherBooked()));
    expect(await close(harness, second, 'stopped')).toMatchObject({ value: { refund: eur(otherPrice) } });
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(stockAt(harness, 'pl-poznan')).toMatchObject({ available: 1000, reserved: 0 });
    expect(statusOf(harness)).toBe('dispatched');
    expect(balances(harness)).toEqual({
      'provider-clearing:stripe': price,
      ...{ sales: -2400, 'shipping-income': -600, 'duty-owed:DE:customs': -300, 'tax-owed:DE:ioss': -627 },
    });
    await receive(harness, 'TRACK1', 'delivered');
    expect(statusOf(harness)).toBe('delivered');
  });

  test('causes no tax if its price is kept, and that money stays as income', async () => {
    const harness = await paidOrder(oneLeft());
    await close(harness, second, 'stopped', { refund: 'none' });
    expect(balances(harness)).toMatchObject({ 'refunds-granted': -otherPrice, 'tax-owed:DE:ioss': -627 });
    expect(balances(harness)['tax-owed:DE:oss']).toBeUndefined();
    expect(balances(harness)['customer-deposits']).toBeUndefined();
    expect(balances(harness)['tax-on-deposits']).toBeUndefined();
  });

  test('is not booked or dispatched any more, and its label is voided', async () => {
    const harness = await paidOrder(oneLeft(otherBooked()));
    await close(harness, second, 'stopped');
    await voidLabels(harness.deps, orderId, harness.cause);
    await bookParcels(harness.deps, orderId, harness.cause);
    await requestDispatch(harness.deps, orderId, harness.cause);
    expect(harness.names().slice(-3)).toEqual(['parcel.closed', 'refund.requested', 'parcel.label_voided']);
    expect([...harness.carrier.voided]).toEqual(['shp_2']);
  });

  test('is not booked if it was not booked before', async () => {
    const harness = await paidOrder(oneLeft());
    await close(harness, second, 'stopped');
    await bookParcels(harness.deps, orderId, harness.cause);
    expect(harness.carrier.labels.size).toBe(0);
  });
});

describe('a closing', () => {
  test.each([
    ['lost', first, 'not-dispatched', untilFulfilling()],
    ['returned', first, 'not-dispatched', untilBooked()],
    ['stopped', first, 'already-dispatched', untilDispatched()],
    ['stopped', first, 'nothing-dispatched', untilBooked()],
    ['stopped', second, 'at-the-warehouse', oneLeft(otherBooked(), otherCleared(), otherRequested())],
    ['stopped', first, 'being-stopped', [...untilFulfilling(), cancellationRequested()]],
    ['lost', first, 'order-ended', [placed(), cancelled()]],
    ['lost', idOf('parcel', 9), 'parcel-unknown', untilDispatched()],
  ] as const)('%s is refused: %s %s', async (outcome, of, reason, facts) => {
    const harness = createHarness(timelineOf([...facts]));
    expect(await close(harness, of, outcome)).toEqual({ ok: false, error: { reason } });
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('is refused for a delivered parcel', async () => {
    const harness = await paidOrder(bothLeft());
    await receive(harness, 'TRACK1', 'delivered');
    expect(await close(harness, first, 'lost')).toEqual({
      ok: false,
      error: { reason: 'already-delivered' },
    });
  });

  test('takes a count of units only for a returned parcel', async () => {
    const harness = await paidOrder(untilDispatched());
    const restock = [{ sku: 'TEA-TOWEL', sellable: 1, writtenOff: 0 }];
    expect(await close(harness, first, 'lost', { restock })).toMatchObject({
      error: { reason: 'restock-not-returned' },
    });
  });

  test('gives the same answer and changes nothing if it is repeated, and another decision is refused', async () => {
    const harness = await paidOrder(bothLeft());
    await close(harness, first, 'lost');
    expect(await close(harness, first, 'lost')).toEqual({
      ok: true,
      value: { outcome: 'no-change', refund: eur(price) },
    });
    expect(await close(harness, first, 'returned')).toEqual({
      ok: false,
      error: { reason: 'closed-otherwise' },
    });
    expect(harness.names().filter((name) => name === 'refund.requested')).toHaveLength(1);
  });

  test.each([
    ['other-currency', { amount: 100, currency: 'USD' }],
    ['more-than-is-left', { amount: 3928, currency: 'EUR' }],
    ['more-than-is-left', { amount: 0, currency: 'EUR' }],
  ] as const)('does not refund: %s', async (reason, refund) => {
    const harness = await paidOrder(untilDispatched());
    expect(await close(harness, first, 'lost', { refund })).toMatchObject({ error: { reason } });
  });

  test('leaves half of the price of another parcel that has not left', async () => {
    const half = Math.floor(otherPrice / 2);
    const refundOf = async (minor: number) =>
      close(await paidOrder(oneLeft()), first, 'lost', { refund: toJson(eur(minor)) });
    for (const minor of [price + otherPrice, price + half + 1])
      expect(await refundOf(minor)).toEqual({ ok: false, error: { reason: 'order-running' } });
    expect(await refundOf(price + half)).toMatchObject({ ok: true });
  });
});

describe('a report of the carrier after the closing', () => {
  test('is recorded, and a delivery needs a person', async () => {
    const harness = await paidOrder(untilDispatched());
    await close(harness, first, 'lost');
    await receive(harness, 'TRACK1', 'in_transit');
    expect(orderOf(harness.facts()).attention).toEqual([]);
    await receive(harness, 'TRACK1', 'delivered');
    expect(harness.names().slice(-2)).toEqual(['parcel.scanned', 'order.held']);
    expect(orderOf(harness.facts())).toMatchObject({
      status: 'closed',
      attention: [{ reason: 'delivered-after-closing', parcelId: first, stops: false }],
    });
    expect(harness.timelines.headOf(orderId)?.list).toBe('attention');
  });

  test('does not count as a delivery, whatever the other parcel does', async () => {
    const harness = await paidOrder(bothLeft());
    await close(harness, first, 'lost');
    await receive(harness, 'TRACK1', 'delivered');
    await receive(harness, 'TRACK2', 'delivered');
    expect(harness.names().filter((name) => name === 'parcel.delivered')).toHaveLength(1);
    expect(orderOf(harness.facts())).toMatchObject({
      ...{ status: 'delivered', parcels: { [first]: 'closed', [second]: 'delivered' } },
      attention: [{ reason: 'delivered-after-closing' }],
    });
  });

  test('needs a person if a lost parcel came back', async () => {
    const harness = await paidOrder(bothLeft());
    await close(harness, first, 'lost');
    await receive(harness, 'TRACK1', 'returned');
    // The other parcel is on its way: the order is not held.
    expect(orderOf(harness.facts())).toMatchObject({
      status: 'dispatched',
      attention: [{ reason: 'returned-after-closing', stops: false }],
    });
  });

  test('is not requested from the carrier', async () => {
    const harness = await paidOrder(bothLeft());
    await close(harness, first, 'lost');
    const asked: string[] = [];
    harness.carrier.track = async (_now, { trackingNumber }) => {
      asked.push(trackingNumber);
      return harness.carrier.trackingOf(trackingNumber);
    };
    await trackParcels(harness.deps, orderId, harness.cause);
    expect(asked).toEqual(['TRACK2']);
  });
});

describe('a refund of the whole rest while a parcel has not left', () => {
  const ask = (harness: Harness, requestId: string, amountMinor?: number) =>
    requestRefund(harness.deps, orderId, {
      ...{ requestId, operator: 'op' },
      amount: amountMinor === undefined ? undefined : eur(amountMinor),
    });

  test.each([
    ['not booked', []],
    ['booked', [otherBooked()]],
    ['at the warehouse', [otherBooked(), otherCleared(), otherRequested()]],
  ])('is refused, also in parts, if the other parcel is %s', async (_, other) => {
    const harness = await paidOrder(oneLeft(...other));
    const half = Math.floor(otherPrice / 2);
    const running = (most: number) => ({ ok: false, error: { reason: 'order-running', most: eur(most) } });
    expect(await ask(harness, 'all')).toEqual(running(price + half));
    expect(await ask(harness, 'part', price)).toMatchObject({ ok: true });
    expect(await ask(harness, 'rest', otherPrice)).toEqual(running(half));
    expect(await ask(harness, 'cent too many', half + 1)).toEqual(running(half));
    expect(await ask(harness, 'goodwill', half)).toMatchObject({ ok: true });
    expect(await ask(harness, 'one cent', 1)).toEqual(running(0));
  });

  test('is given after that parcel is closed', async () => {
    const harness = await paidOrder(oneLeft());
    await close(harness, second, 'stopped');
    expect(await ask(harness, 'rest')).toMatchObject({ ok: true, value: { amount: eur(price) } });
    await returnMoney(harness.deps, orderId, harness.cause);
    const { sales, 'shipping-income': shipping, 'duty-owed:DE:customs': duty, ...rest } = balances(harness);
    expect([sales, shipping, duty]).toEqual([-2400, -600, -300]);
    expect(rest).toEqual({ 'refunds-granted': 3300 });
  });
});

describe('a refusal by an operator after a parcel has left', () => {
  test('stops the other parcel at the warehouse, and that parcel waits to be closed or released', async () => {
    const harness = await paidOrder(oneLeft(otherBooked(), otherCleared()));
    await requestDispatch(harness.deps, orderId, harness.cause);
    expect(await decideByOperator(harness.deps, orderId, 'refuse', operator)).toMatchObject({
      value: 'decided',
    });
    expect(statusOf(harness)).toBe('cancelling');
    harness.pass(2 * minuteMs);
    await stopDispatch(harness.deps, orderId, harness.cause);
    expect(orderOf(harness.facts())).toMatchObject({
      status: 'held',
      attention: [{ reason: 'partly-stopped', parcelId: second, stops: true }],
    });
    expect(await close(harness, second, 'stopped')).toMatchObject({ ok: true });
    expect(orderOf(harness.facts())).toMatchObject({ status: 'dispatched', attention: [] });
    await receive(harness, 'TRACK1', 'delivered');
    expect(statusOf(harness)).toBe('delivered');
  });

  test('stops a parcel that is not at a warehouse yet, and a release sends it', async () => {
    const harness = await paidOrder(oneLeft());
    await decideByOperator(harness.deps, orderId, 'refuse', operator);
    expect(await decideByOperator(harness.deps, orderId, 'refuse', operator)).toMatchObject({
      value: 'no-change',
    });
    await bookParcels(harness.deps, orderId, harness.cause);
    expect(harness.names().slice(-2)).toEqual(['screening.refused', 'order.held']);
    await decideByOperator(harness.deps, orderId, 'release', operator);
    await bookParcels(harness.deps, orderId, harness.cause);
    expect(harness.names().slice(-2)).toEqual(['screening.released', 'parcel.booked']);
  });

  test('is refused after every parcel has left, as is the request of a shopper', async () => {
    const harness = await paidOrder(bothLeft());
    expect(await decideByOperator(harness.deps, orderId, 'refuse', operator)).toEqual({
      ok: false,
      error: 'already-dispatched',
    });
    await close(harness, first, 'lost');
    expect(await cancelOrder(harness.deps, orderId, { by: 'shopper' })).toBe('too-late');
  });
});
