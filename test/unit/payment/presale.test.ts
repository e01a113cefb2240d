import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { LandedCost } from '../../../events/landed-cost.ts';
import { dayMs, minuteMs } from '../../../shared/kernel/time.ts';
import { dateOf, dayOf } from '../../../shared/kernel/zoned-time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { orderOf } from '../../../shared/order/index.ts';
import { capturePayment, returnMoney } from '../../../shared/payment/index.ts';
import { offersFor } from '../../../shared/payment/offers.ts';
import { methodsWithout } from '../../../shared/payment/payment-methods.ts';
import type { OfferedMethod } from '../../../shared/payment/provider.ts';
import { bookParcels } from '../../../shared/shipping/index.ts';
import { attentionOf, blockerOf } from '../../../shared/timeline/index.ts';
import {
  cancelled,
  cleared,
  dispatched,
  dispatchRequested,
  parcelId,
  placed,
  untilReleased,
  voided,
} from '../../builders/facts.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import '../../property-seed.ts';

const entry = (method: string, over: Partial<OfferedMethod>): OfferedMethod => ({
  ...({ method, flow: 'confirm', captures: 'after-screening', partialCapture: 'once' } as const),
  ...{ authenticates: false, currencies: ['EUR'], reservationMs: 30 * minuteMs },
  ...over,
});
const provider = {
  code: 'first',
  methods: [
    entry('card', { authorisedDays: 7 }),
    entry('pay-later', { captures: 'at-dispatch', partialCapture: 'many', authorisedDays: 28 }),
    entry('wallet', {}),
    entry('bank', { captures: 'at-once', partialCapture: 'none' }),
    entry('all-or-nothing', { partialCapture: 'none' }),
    entry('cash', { captures: 'at-delivery', flow: 'cash' }),
  ],
};
const today = '2026-11-30';
const query = { country: 'DE', currency: 'EUR', amountMinor: 5_000, today } as const;
const offered = (sentFrom?: string) =>
  offersFor([provider], { ...query, sentFrom }).map(({ method, captureAt, refusal }) =>
    [method, refusal?.reason ?? captureAt ?? 'as-paid'].join(' '),
  );

describe('the methods for goods of a presale', () => {
  test('are captured at the dispatch where they authorise first, and hold until then', () => {
    expect(offered()).toEqual([
      ...['card as-paid', 'pay-later dispatch', 'wallet as-paid', 'bank as-paid'],
      ...['all-or-nothing as-paid', 'cash delivery'],
    ]);
    // Five days until the goods may leave, and two to send them: seven.
    expect(offered('2026-12-05')).toEqual([
      ...['card last-dispatch', 'pay-later dispatch', 'bank as-paid', 'all-or-nothing as-paid'],
      ...['cash delivery', 'wallet authorisation-lapses'],
    ]);
    expect(offered('2026-12-06')).toContain('card authorisation-lapses');
    expect(offered('2026-12-26')).toContain('pay-later dispatch');
    expect(offered('2026-12-27')).toContain('pay-later authorisation-lapses');
    expect(offered('2027-11-30').slice(0, 3)).toEqual([
      'bank as-paid',
      'all-or-nothing as-paid',
      'cash delivery',
    ]);
  });

  test('say why the others can not pay', () => {
    const offers = offersFor([provider], { ...query, sentFrom: '2027-01-15' });
    expect(offers.find(({ method }) => method === 'card')?.refusal).toEqual({
      ...{
        reason: 'authorisation-lapses',
        detail: 'held for 7 days, and the goods leave from 2027-01-15 on',
      },
    });
    expect(offers.find(({ method }) => method === 'wallet')?.refusal?.detail).toMatch('for an unknown time');
  });

  test('never hold shorter than until the goods have left, whatever the day', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), (days, authorisedDays) => {
        const sentFrom = dateOf(dayOf(today) + days);
        const methods = [entry('card', { authorisedDays })];
        const [offer] = offersFor([{ code: 'first', methods }], { ...query, sentFrom });
        expect(offer?.captureAt).toBe('last-dispatch');
        expect(offer?.refusal === undefined).toBe(days + 2 <= authorisedDays);
      }),
    );
  });

  test('follow from the plan of an order, by its last parcel', () => {
    const cost = (...days: (string | undefined)[]): LandedCost =>
      landedCost({
        consignments: days.map((sentFrom, index) =>
          consignment({ consignmentId: `c${index}`, ...(sentFrom === undefined ? {} : { sentFrom }) }),
        ),
      });
    const methods = (of: LandedCost) =>
      methodsWithout([provider], of, { today, without: [] }).map(({ method }) => method);
    expect(methods(cost(undefined))).toContain('card');
    expect(methods(cost(undefined, '2026-12-04T23:00:00.000Z'))).toContain('card');
    const late = methods(cost('2026-12-04T23:00:00.000Z', '2027-01-14T23:00:00.000Z', undefined));
    expect(late).not.toContain('card');
    expect(late).toContain('bank');
  });
});

/** A released order whose goods may leave ten days after it was placed, and that is paid when they do. */
function presold(): NewFact[] {
  const [first, ...rest] = untilReleased();
  if (first?.name !== 'order.placed') throw new Error('an order begins with its placing');
  const cost = landedCost({ consignments: [consignment({ sentFrom: '2026-12-02T23:00:00.000Z' })] });
  const { payment } = first.data;
  return [placed({ landedCost: cost, payment: { ...payment, captureAt: 'last-dispatch' } }), ...rest];
}
const book = (harness: Harness) => bookParcels(harness.deps, orderId, harness.cause);
const labelsOf = ({ harness }: { readonly harness: Harness }) => harness.carrier.labels.size;

function presale() {
  const harness = createHarness(timelineOf(presold()));
  harness.provider.pay('authorised');
  return { harness };
}

describe('an order of a presale', () => {
  test('waits for its day: nothing is booked before, and the label is due then', async () => {
    const { harness } = presale();
    expect(blockerOf(harness.facts())).toBeUndefined();
    await book(harness);
    expect(labelsOf({ harness })).toBe(0);
    const due = deadlinesOf(harness.facts()).filter(({ key }) => key === `parcel:${parcelId}`);
    expect(due).toMatchObject([
      {
        ...{ step: 'booking', dueAt: '2026-12-02T23:00:00.000Z' },
        overdueFrom: '2026-12-02T23:05:00.000Z',
      },
    ]);
    // The order was placed on 2026-11-23 at 10:00; its clock stands a minute later.
    harness.pass(9 * dayMs + 12 * 60 * minuteMs);
    await book(harness);
    expect(labelsOf({ harness })).toBe(0);
    harness.pass(60 * minuteMs);
    await book(harness);
    expect(labelsOf({ harness })).toBe(1);
  });

  test('is captured when its goods leave, and not before', async () => {
    const { harness } = presale();
    await capturePayment(harness.deps, orderId, harness.cause);
    expect(harness.provider.done.captures).toBe(0);
    harness.pass(10 * dayMs);
    await book(harness);
    const facts = [cleared(), dispatchRequested(), dispatched()];
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts, cause: harness.cause, now: '2026-12-03T15:00:00.000Z' },
    });
    await capturePayment(harness.deps, orderId, harness.cause);
    expect(harness.provider.done.captures).toBe(1);
    expect(harness.names().at(-1)).toBe('payment.captured');
    expect(orderOf(harness.facts()).status).toBe('dispatched');
  });

  test('is voided if it is cancelled before its day', async () => {
    const { harness } = presale();
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
      now: '2026-11-25T15:00:00.000Z',
    });
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.provider.done).toMatchObject({ voids: 1, captures: 0 });
    harness.pass(10 * dayMs);
    await book(harness);
    expect(labelsOf({ harness })).toBe(0);
  });

  test('waits for a person if its authorisation lapses first, and nothing is sent', async () => {
    const { harness } = presale();
    harness.provider.change({ status: 'voided' });
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), cause: harness.cause, now: '2026-12-01T15:00:00.000Z' },
      facts: [voided(), { name: 'order.held', data: { reason: 'payment-voided' } }],
    });
    harness.pass(10 * dayMs);
    await book(harness);
    expect(labelsOf({ harness })).toBe(0);
    expect(attentionOf(harness.facts()).map(({ reason }) => reason)).toEqual(['payment-voided']);
  });
});
