import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import {
  cancelled,
  captured,
  dispatched,
  expired,
  otherParcelId,
  parcelId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  untilAuthorised,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
  untilStarted,
  voided,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { charge, consignment, landedCost } from '../../builders/landed-cost.ts';
import { timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

/** The balances by account after all facts, without balances of zero. A debit is positive. */
function balances(facts: readonly NewFact[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { postings } of journalsOf([], timelineOf(facts).facts)) {
    for (const { account, amount } of postings)
      sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  }
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}

const part = { amount: 1000, currency: 'EUR' } as const;
const rest = { amount: 2927, currency: 'EUR' } as const;
const second = idOf('refund', 2);

test('captured money is owed to the shopper, and its IOSS tax is owed to the member state', () => {
  const tax = { 'tax-owed:DE:ioss': -627, 'tax-on-deposits': 627 };
  expect(balances(untilAuthorised())).toEqual(tax);
  expect(balances(untilPaid())).toEqual({
    ...{ 'provider-clearing:stripe': 3927, 'customer-deposits': -3927 },
    ...tax,
  });
});

test('tax between member states is owed from the capture on, and other tax from the hand-over on', () => {
  const owed = (facts: readonly NewFact[]) => balances(forTwoParcels(facts))['tax-owed:DE:oss'];
  expect([owed(untilAuthorised()), owed(untilPaid())]).toEqual([undefined, -551]);
});

test('a capture of another amount than the price makes no tax chargeable', () => {
  // 39.27 of the 73.78 that the two parcels cost.
  const paid = balances([...forTwoParcels(untilReleased()), captured()]);
  expect(paid).toMatchObject({ 'customer-deposits': -3927 });
  expect(Object.keys(paid)).not.toContain('tax-owed:DE:oss');
});

test('at the hand-over, the money becomes sales and debts to the payee of each charge', () => {
  expect(balances(untilDispatched())).toEqual({
    'provider-clearing:stripe': 3927,
    sales: -2400,
    'shipping-income': -600,
    'duty-owed:DE:customs': -300,
    'tax-owed:DE:ioss': -627,
  });
});

test('two parcels are recognised separately, and no deposit is left after both', () => {
  const both = [...forTwoParcels(untilFulfilling()), dispatched(), dispatched({ parcelId: otherParcelId })];
  expect(balances(both)['customer-deposits']).toBeUndefined();
  expect(balances(both)['tax-owed:DE:oss']).toBe(-551);
});

test('money that the consignee pays on delivery is not booked', () => {
  const charges = [
    charge({ lineId: '1' }),
    charge({
      kind: 'duty',
      code: 'duty',
      amount: { amount: 300, currency: 'EUR' },
      collectedOnDelivery: true,
    }),
  ];
  const order = placed({
    landedCost: landedCost({ incoterm: 'DAP', consignments: [consignment({ charges })] }),
  });
  const amount = order.data.landedCost.totals.total;
  const facts = [order, ...untilDispatched().slice(1)].map((fact) =>
    fact.name === 'payment.captured' ? { ...fact, data: { ...fact.data, amount } } : fact,
  );
  expect(balances(facts)).toEqual({ 'provider-clearing:stripe': 2400, sales: -2400 });
});

describe('refunds', () => {
  test('of a stopped order empty its deposits', () => {
    expect(balances([...untilPaid(), cancelled(), refundRequested(), refundPaid()])).toEqual({});
  });

  test('of an order that expired before its money arrived also empty its deposits', () => {
    const late = [...untilStarted(), voided(), expired(), captured()];
    expect(balances(late)).toMatchObject({ 'customer-deposits': -3927 });
    expect(balances([...late, refundRequested(), refundPaid()])).toEqual({});
  });

  test('that failed before a stop are made again by the stop, and leave nothing on any account', () => {
    const cameBack = [refundRequested({ amount: part }), refundPaid({ amount: part }), refundFailed()];
    const all = [refundRequested({ refundId: second }), refundPaid({ refundId: second })];
    expect(balances([...untilPaid(), ...cameBack, cancelled(), ...all])).toEqual({});
  });

  test('that failed are owed again, and others are not', () => {
    const kept = [refundRequested({ amount: part }), refundPaid({ amount: part })];
    const other = { refundId: second, amount: { amount: 927, currency: 'EUR' } } as const;
    const returned = [refundRequested(other), refundPaid(other), refundFailed({ refundId: second })];
    expect(balances([...untilDispatched(), ...kept, ...returned])).toEqual(
      balances([...untilDispatched(), ...kept]),
    );
  });

  test('of an order that continues are booked as refunds granted, minus their share of the tax', () => {
    const facts = [...untilDispatched(), refundRequested({ amount: part }), refundPaid({ amount: part })];
    // 10.00 of 39.27 takes back 1.60 of the tax of 6.27, half up.
    expect(balances(facts)).toMatchObject({
      ...{ 'refunds-granted': 840, 'tax-owed:DE:ioss': -467, 'provider-clearing:stripe': 2927 },
    });
  });

  test('of more than the price take back all of the tax, and no more', () => {
    const more = { amount: { amount: 5000, currency: 'EUR' } } as const;
    const facts = [...untilDispatched(), refundRequested(more), refundPaid(more)];
    expect(Object.keys(balances(facts))).not.toContain('tax-owed:DE:ioss');
  });

  test('before the hand-over do not reduce the deposits for later sales', () => {
    const paid = [...untilPaid(), refundRequested({ amount: part }), refundPaid({ amount: part })];
    const all = [...paid, ...untilDispatched().slice(untilPaid().length)];
    expect(balances(all)['customer-deposits']).toBeUndefined();
    expect(balances(all)['tax-on-deposits']).toBeUndefined();
    expect(balances(all)['refunds-granted']).toBe(840);
  });

  test('of a part before a stop leave nothing on any account', () => {
    const facts = [
      ...[...untilPaid(), refundRequested({ amount: part }), refundPaid({ amount: part }), cancelled()],
      ...[
        refundRequested({ refundId: second, amount: rest }),
        refundPaid({ refundId: second, amount: rest }),
      ],
    ];
    expect(balances(facts)).toEqual({});
  });

  test('that failed after payment are owed again', () => {
    const facts = [...untilPaid(), cancelled(), refundRequested(), refundPaid(), refundFailed()];
    expect(balances(facts)).toEqual({ 'provider-clearing:stripe': 3927, 'customer-deposits': -3927 });
  });

  test('that failed before a stop do not reduce the deposits, but those that the shopper received do', () => {
    const back = [
      ...untilPaid(),
      refundRequested({ amount: part }),
      refundPaid({ amount: part }),
      refundFailed(),
    ];
    expect(balances([...back, cancelled()])).toEqual({
      ...{ 'provider-clearing:stripe': 3927, 'customer-deposits': -3927 },
    });
    const all = [refundRequested({ refundId: second }), refundPaid({ refundId: second })];
    expect(balances([...back, cancelled(), ...all])).toEqual({});
  });

  test('that failed before payment book nothing', () => {
    expect(balances([...untilPaid(), cancelled(), refundRequested(), refundFailed()])).toEqual(
      balances([...untilPaid(), cancelled()]),
    );
  });

  test('that failed for an order that continues are owed again, including the tax', () => {
    const facts = [...untilDispatched(), refundRequested({ amount: part }), refundPaid({ amount: part })];
    expect(balances([...facts, refundFailed()])).toEqual(balances(untilDispatched()));
  });
});

describe('closed parcels', () => {
  const closed = (of: string, outcome: 'lost' | 'stopped'): NewFact => ({
    name: 'parcel.closed',
    data: { parcelId: of, outcome, refund: 'share' },
  });
  const refund = (of: string, amount: number, number = 1): NewFact[] => [
    refundRequested({
      ...{ refundId: idOf('refund', number), parcelId: of, amount: { amount, currency: 'EUR' } },
    }),
    refundPaid({ refundId: idOf('refund', number), amount: { amount, currency: 'EUR' } }),
  ];
  const one = () => forTwoParcels(untilDispatched());
  const both = () => [...one(), dispatched({ parcelId: otherParcelId })];
  const taxes = (facts: readonly NewFact[]) => {
    const { 'tax-owed:DE:ioss': ioss = 0, 'tax-owed:DE:oss': oss = 0 } = balances(facts);
    return [ioss, oss];
  };

  test('a refund that names a parcel takes back the tax of that parcel alone', () => {
    // Half of the price of 39.27 takes half of the tax of 6.27, half up: 3.14 of it goes back.
    expect(taxes([...both(), closed(parcelId, 'lost'), ...refund(parcelId, 1964)])).toEqual([-313, -551]);
    expect(taxes([...both(), closed(parcelId, 'lost'), ...refund(parcelId, 3927)])).toEqual([0, -551]);
    expect(taxes([...both(), closed(otherParcelId, 'lost'), ...refund(otherParcelId, 3451)])).toEqual([
      -627, 0,
    ]);
  });

  test('a further refund without a parcel lowers the tax of the rest: 10.00 of the other parcel’s 34.51', () => {
    const facts = [...both(), closed(parcelId, 'lost'), ...refund(parcelId, 3927)];
    const further = [
      refundRequested({ refundId: second, amount: part }),
      refundPaid({ refundId: second, amount: part }),
    ];
    // 5.51 x 10.00 / 34.51 = 1.5966...
    expect(taxes([...facts, ...further])).toEqual([0, -391]);
  });

  test('the price of a stopped parcel covers earlier refunds, which then do not lower the tax', () => {
    const earlier = [refundRequested({ amount: part }), refundPaid({ amount: part })];
    const facts = [...one(), ...earlier, closed(otherParcelId, 'stopped')];
    expect(taxes(facts)).toEqual([-627, 0]);
    // 10.00 of the 34.51 went back before: the rest of 24.51 is income until it goes back as well.
    expect(balances(facts)).toMatchObject({ 'refunds-granted': -2451 });
    const rest = refund(otherParcelId, 2451, 2);
    expect(balances([...facts, ...rest])['refunds-granted']).toBeUndefined();
    expect(taxes([...facts, ...rest])).toEqual([-627, 0]);
  });

  test('the tax is owed again if the refund of a closed parcel fails', () => {
    const facts = [...both(), closed(parcelId, 'lost'), ...refund(parcelId, 3927)];
    expect(balances([...facts, refundFailed()])).toEqual(balances(both()));
  });
});

test('every journal entry names the fact that caused it', () => {
  const { facts } = timelineOf(untilDispatched());
  expect(journalsOf([], facts).map(({ factSequence }) => facts[factSequence - 1]?.name)).toEqual([
    'payment.authorised',
    'payment.captured',
    'parcel.dispatched',
  ]);
});
