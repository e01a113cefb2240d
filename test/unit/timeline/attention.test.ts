import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { attentionOf, holdOnce } from '../../../shared/timeline/index.ts';
import {
  booked,
  cancelled,
  captured,
  cleared,
  declarationReleased,
  dispatched,
  dispatchRequested,
  filed,
  held,
  labelUsed,
  labelVoided,
  otherParcelId,
  parcelId,
  refundFailed,
  refundPaid,
  refundRequested,
  released,
  scanned,
  screeningHeld,
  total,
  untilAuthorised,
  untilBooked,
  untilDispatched,
  untilFulfilling,
  untilPaid,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

const reasonsOf = (...facts: readonly NewFact[]) =>
  attentionOf(timelineOf(facts).facts).map(({ reason }) => reason);

const closed = (of = parcelId): NewFact => ({
  name: 'parcel.closed',
  data: { parcelId: of, outcome: 'lost', refund: 'none' },
});
const delivered = (of = parcelId): NewFact => ({
  name: 'parcel.delivered',
  data: { parcelId: of, deliveredAt: '2026-12-01T10:00:00.000Z' },
});
const packed: NewFact = { name: 'parcel.packed', data: { parcelId, weightGrams: 400 } };
const orderDelivered: NewFact = { name: 'order.delivered', data: {} };
const invalidated: NewFact = {
  name: 'declaration.invalidated',
  data: { declarationId: idOf('declaration', 1), parcelId },
};
const acknowledged = (reason: string, of?: string): NewFact => ({
  name: 'order.attention_cleared',
  data: { reason, ...(of === undefined ? {} : { parcelId: of }) },
});
const overdue = (waitingFor: string, over: { parcelId?: string; reason?: string } = {}): NewFact => ({
  name: 'order.overdue',
  data: { waitingFor, since: '2026-11-23T10:00:00.000Z', attempts: 5, ...over },
});

/** Facts of the other parcel while this one waits. */
const elsewhere: readonly NewFact[] = [
  booked({ parcelId: otherParcelId, carrierShipmentId: 'shp_9', trackingNumber: 'TRACK9' }),
  cleared({ parcelId: otherParcelId, basis: 'no-customs-border' }),
  dispatchRequested({ dispatchId: idOf('dispatch', 2), parcelId: otherParcelId, warehouseId: 'pl-poznan' }),
  dispatched({ parcelId: otherParcelId }),
  scanned({ parcelId: otherParcelId, scanId: 'elsewhere' }),
  delivered(otherParcelId),
];

describe('a hold of a parcel', () => {
  test.each([
    ['booking-refused', [booked()]],
    ['customs-inspection', [declarationReleased()]],
    ['customs-refused', [cleared()]],
    ['declaration-incomplete: consignee.taxId', [filed()]],
    ['stock-short', [packed]],
    ['stock-short', [dispatched()]],
    ['warehouse-cancelled', [dispatched()]],
    ['partly-stopped', [dispatched()]],
    ['parcel-exception', [delivered()]],
    ['parcel-lost', [delivered()]],
    ['parcel-returned', [delivered()]],
    ['parcel-lost', [closed()]],
    ['partly-stopped', [closed()]],
    ['declaration-released', [invalidated]],
  ] as const)('%s ends with the fact that settles it, and with nothing else', (reason, facts) => {
    const before = [...forTwoParcels(untilFulfilling()), held(reason, parcelId)];
    // Facts of the other parcel, refunds, releases by rules and reports of delays do not end the hold.
    const others = [
      ...elsewhere,
      refundRequested({ amount: { amount: 1, currency: 'EUR' } }),
      refundPaid({ amount: { amount: 1, currency: 'EUR' } }),
      released('rules'),
      overdue('the label'),
    ];
    expect(reasonsOf(...before, ...others)).toContain(reason);
    expect(reasonsOf(...before, ...facts)).toEqual([]);
  });

  test.each([
    ['parcel-lost', dispatched()],
    ['parcel-lost', scanned({ scanId: 'later', scannedAt: '2026-12-01T10:00:00.000Z' })],
    ['parcel-returned', scanned({ scanId: 'later', scannedAt: '2026-12-01T10:00:00.000Z' })],
    ['stock-short', { name: 'dispatch.accepted', data: { dispatchId: idOf('dispatch', 1), parcelId } }],
  ] as const)('%s lasts while its own parcel does something that settles nothing', (reason, fact) => {
    expect(reasonsOf(...untilFulfilling(), held(reason, parcelId), fact)).toEqual([reason]);
  });

  test('about a label ends when the labels of the booking were voided, if it is one of them', () => {
    const facts = [...untilBooked(), labelUsed('shp_1'), labelUsed('shp_other')];
    expect(reasonsOf(...facts)).toHaveLength(2);
    expect(attentionOf(timelineOf([...facts, labelVoided(otherParcelId)]).facts)).toHaveLength(2);
    expect(attentionOf(timelineOf([...facts, labelVoided()]).facts)).toMatchObject([
      { reason: 'label-not-voided', parcelId, carrierShipmentId: 'shp_other', stops: false },
    ]);
  });

  test('names its parcel, its time, and whether it stops the order', () => {
    expect(attentionOf(timelineOf([...untilBooked(), held('customs-refused', parcelId)]).facts)).toEqual([
      { reason: 'customs-refused', parcelId, since: '2026-11-23T10:00:06.000Z', stops: true },
    ]);
  });

  test('is separate for each carton', () => {
    const of = (trackingNumber: string): NewFact => ({
      name: 'order.held',
      data: { reason: 'parcel-lost', parcelId, trackingNumber },
    });
    expect(attentionOf(timelineOf([...untilDispatched(), of('T1'), of('T2')]).facts)).toHaveLength(2);
  });
});

describe('an exception of a carton', () => {
  const exception = [
    scanned({ status: 'exception', scanId: 'e', scannedAt: '2026-11-25T10:00:00.000Z' }),
    held('parcel-exception', parcelId),
  ];

  test('ends with a newer scan without trouble', () => {
    const after = scanned({
      ...{ status: 'out_for_delivery', scanId: 'o', scannedAt: '2026-11-25T11:00:00.000Z' },
    });
    expect(reasonsOf(...untilDispatched(), ...exception, after)).toEqual([]);
  });

  test.each([
    ['an older scan that comes later', { status: 'in_transit', scannedAt: '2026-11-25T09:00:00.000Z' }],
    ['more trouble', { status: 'returning', scannedAt: '2026-11-25T11:00:00.000Z' }],
  ] as const)('does not end with %s', (_, over) => {
    expect(reasonsOf(...untilDispatched(), ...exception, scanned({ ...over, scanId: 'x' }))).toEqual([
      'parcel-exception',
    ]);
  });

  test('is raised again when it happens again', () => {
    const over = { status: 'in_transit', scanId: 'i', scannedAt: '2026-11-25T11:00:00.000Z' } as const;
    const { facts } = timelineOf([...untilDispatched(), ...exception, scanned(over)]);
    expect(holdOnce(facts, 'parcel-exception', parcelId)).toHaveLength(1);
  });
});

describe('a person', () => {
  test('ends by a release the reasons that stop the order, and no others', () => {
    const facts = [
      ...[...untilBooked(), screeningHeld(), held('customs-inspection', parcelId), held('amount-differs')],
      ...[refundRequested(), refundFailed()],
    ];
    expect(reasonsOf(...facts, released('operator'))).toEqual(['refund failed']);
    expect(reasonsOf(...facts, released('rules'))).toHaveLength(4);
  });

  test('ends one reason by an acknowledgement, and the reason is not raised again', () => {
    const facts = [
      ...untilPaid(),
      cancelled(),
      held('label-not-voided', parcelId),
      refundRequested(),
      refundFailed(),
    ];
    const after = [...facts, acknowledged('label-not-voided', parcelId)];
    expect(reasonsOf(...after)).toEqual(['refund failed']);
    expect(holdOnce(timelineOf(after).facts, 'label-not-voided', parcelId)).toEqual([]);
    expect(reasonsOf(...after, acknowledged('refund failed'))).toEqual([]);
  });
});

describe('the end of the order', () => {
  test('ends the reasons that it settles', () => {
    const facts = [...untilFulfilling(), held('stock-short', parcelId), overdue('the warehouse')];
    expect(reasonsOf(...facts, cancelled())).toEqual([]);
  });

  test('does not end reasons that still matter, and no reason stops the order any more', () => {
    const facts = [
      ...[...untilFulfilling(), refundRequested(), refundFailed()],
      ...[cancelled(), held('handed-over-after-stop', parcelId), held('declaration-released', parcelId)],
    ];
    expect(attentionOf(timelineOf(facts).facts)).toMatchObject([
      { reason: 'refund failed', stops: false },
      { reason: 'handed-over-after-stop', parcelId, stops: false },
      { reason: 'declaration-released', parcelId, stops: false },
    ]);
  });
});

describe('a failed refund', () => {
  const of = (n: number, amount: number) => ({
    refundId: idOf('refund', n),
    amount: { amount, currency: 'EUR' as const },
  });
  const failed = [refundRequested(of(1, 500)), refundFailed({ refundId: idOf('refund', 1) })];

  test('stays a reason until the running order ends, and afterwards', () => {
    const rest = [...untilDispatched().slice(untilPaid().length), delivered(), orderDelivered];
    expect(reasonsOf(...untilPaid(), ...failed, ...rest)).toEqual(['refund failed']);
  });

  test('does not hide that the order is held, and a later refund does not end the hold', () => {
    const short = [...untilFulfilling(), held('stock-short', parcelId), ...failed];
    expect(reasonsOf(...short)).toEqual(['stock-short', 'refund failed']);
    const paid = [refundRequested(of(2, 500)), refundPaid(of(2, 500))];
    expect(reasonsOf(...short, ...paid)).toEqual(['stock-short']);
  });

  test('is settled when later refunds have returned its money, at once or in parts', () => {
    const part = [refundRequested(of(2, 200)), refundPaid(of(2, 200))];
    const rest = [refundRequested(of(3, 300)), refundPaid(of(3, 300))];
    expect(reasonsOf(...untilPaid(), ...failed, ...part)).toEqual(['refund failed']);
    expect(reasonsOf(...untilPaid(), ...failed, ...part, ...rest)).toEqual([]);
  });

  test('is not settled by a refund that was requested before the failure', () => {
    const two = [refundRequested(of(2, 500)), ...failed, refundPaid(of(2, 500))];
    expect(reasonsOf(...untilPaid(), ...two)).toEqual(['refund failed']);
  });

  test('is one reason together with another failed refund, until both amounts are returned', () => {
    const again = [refundRequested(of(2, 700)), refundFailed({ refundId: idOf('refund', 2) })];
    const paid = (n: number, amount: number) => [refundRequested(of(n, amount)), refundPaid(of(n, amount))];
    expect(reasonsOf(...untilPaid(), ...failed, ...again)).toEqual(['refund failed']);
    expect(reasonsOf(...untilPaid(), ...failed, ...again, ...paid(3, 1199))).toEqual(['refund failed']);
    expect(reasonsOf(...untilPaid(), ...failed, ...again, ...paid(3, 1200))).toEqual([]);
  });

  test('counts once where several refunds of the same money failed: nobody is owed more than was kept', () => {
    const again = (n: number, amount: number) => [
      refundRequested(of(n, amount)),
      refundFailed({ refundId: idOf('refund', n) }),
    ];
    const kept = [...untilPaid(), ...failed, cancelled(), ...again(2, total.amount)];
    const paid = (n: number, amount: number) => [refundRequested(of(n, amount)), refundPaid(of(n, amount))];
    expect(reasonsOf(...kept, ...paid(3, total.amount - 1))).toEqual(['refund failed']);
    expect(reasonsOf(...kept, ...paid(3, total.amount - 1), ...paid(4, 1))).toEqual([]);
    expect(reasonsOf(...kept, ...paid(3, total.amount))).toEqual([]);
    // The refund that had paid it all comes back.
    const back = refundFailed({ refundId: idOf('refund', 3) });
    expect(reasonsOf(...kept, ...paid(3, total.amount), back)).toEqual(['refund failed']);
    expect(reasonsOf(...kept, ...paid(3, total.amount), back, ...paid(4, total.amount))).toEqual([]);
  });

  test('is a reason again if the refund that replaced it fails too', () => {
    const paid = [
      refundRequested(of(2, 500)),
      refundPaid(of(2, 500)),
      refundFailed({ refundId: idOf('refund', 2) }),
    ];
    expect(reasonsOf(...untilPaid(), ...failed, ...paid)).toEqual(['refund failed']);
  });
});

describe('a late or blocked step', () => {
  test.each([
    ['the payment', [captured()]],
    ['the screening', [released('rules')]],
    ['the label', [booked()]],
    ['customs', [filed()]],
    ['the dispatch order', [dispatchRequested()]],
    ['the next scan', [scanned()]],
  ] as const)('%s ends with the next fact of its subject', (waitingFor, facts) => {
    expect(reasonsOf(...untilAuthorised(), overdue(waitingFor), ...facts)).toEqual([]);
  });

  test('is not settled by the progress of another parcel', () => {
    const late = [...forTwoParcels(untilBooked()), overdue('customs', { parcelId })];
    expect(reasonsOf(...late, ...elsewhere)).toEqual(['late: customs']);
    expect(reasonsOf(...late, filed())).toEqual([]);
  });

  test('is settled by the work of the partner, and not by our own, if the parcel was blocked', () => {
    const blocked = [...untilBooked(), overdue('the dispatch order', { parcelId, reason: 'no settings' })];
    expect(reasonsOf(...blocked, dispatchRequested())).toEqual(['blocked: no settings']);
    const accepted: NewFact = {
      name: 'dispatch.accepted',
      data: { dispatchId: idOf('dispatch', 1), parcelId },
    };
    expect(reasonsOf(...blocked, dispatchRequested(), accepted)).toEqual([]);
  });

  test('is one reason for each step', () => {
    const both = [overdue('the next scan', { parcelId }), overdue('the money to go back')];
    expect(reasonsOf(...untilDispatched(), ...both)).toEqual([
      'late: the next scan',
      'late: the money to go back',
    ]);
    expect(reasonsOf(...untilDispatched(), ...both, scanned())).toEqual(['late: the money to go back']);
    // The money has to be returned even after the goods have arrived.
    expect(reasonsOf(...untilDispatched(), ...both, delivered(), orderDelivered)).toEqual([
      'late: the money to go back',
    ]);
  });

  test('is the wait for a person if nothing can move the order, until something does', () => {
    const stranded = [...untilPaid(), overdue('a person')];
    expect(reasonsOf(...stranded, held('x'), overdue('a person'))).toEqual(['late: a person', 'x']);
    expect(reasonsOf(...stranded)).toEqual(['late: a person']);
    expect(reasonsOf(...stranded, booked())).toEqual([]);
  });

  test('is settled by the undo if the undo of a cancelled order was late', () => {
    const late = [...untilBooked(), cancelled(), overdue('the label to be voided', { parcelId })];
    expect(reasonsOf(...late)).toEqual(['late: the label to be voided']);
    expect(reasonsOf(...late, labelVoided())).toEqual([]);
  });

  test('is not the wait for a person any more if nothing holds the order', () => {
    const late = [...untilBooked(), held('customs-inspection', parcelId), overdue('a person')];
    expect(reasonsOf(...late)).toEqual(['customs-inspection', 'late: a person']);
    expect(reasonsOf(...late, cleared())).toEqual([]);
    expect(reasonsOf(...late, released('operator'))).toEqual([]);
  });
});

test('a good scan of one carton does not settle the exception of another', () => {
  const exception: NewFact = {
    name: 'order.held',
    data: { reason: 'parcel-exception', parcelId, trackingNumber: 'TRACK1' },
  };
  const scan = (trackingNumber: string, scanId: string, scannedAt: string) =>
    scanned({ trackingNumber, scanId, scannedAt, status: scanId === '1' ? 'exception' : 'in_transit' });
  const facts = [...untilDispatched(), scan('TRACK1', '1', '2026-11-24T08:00:00.000Z'), exception];
  const open = (...more: readonly NewFact[]) => attentionOf(timelineOf([...facts, ...more]).facts);
  expect(open(scan('TRACK2', '2', '2026-11-24T09:00:00.000Z'))).toHaveLength(1);
  expect(open(scan('TRACK1', '3', '2026-11-24T09:00:00.000Z'))).toEqual([]);
});
