import type { Fact } from '../../events/all-events.ts';
import type { RefundedLine } from '../../events/payment.ts';
import { invariant } from '../kernel/invariant.ts';
import { allocate, fromJson, money, multiply, type Ratio, toJson } from '../kernel/money.ts';

/** What gives back the price of units: one refund, or in instalments what is lowered and a refund for each capture. */
interface UnitRefund {
  readonly lines: RefundedLine[];
  readonly requestId: string | undefined;
  /** By how much instalments were lowered, which does not fail. */
  lowered: number;
  /** By refund: what was asked for, and whether it was paid. Those that failed are left out. */
  readonly refunds: Map<string, { readonly asked: number; readonly isPaid: boolean }>;
  /** The places of its units, by line. */
  readonly places: (readonly [lineId: string, places: readonly number[]])[];
}

/** The refunds that name units, in the order of the requests, and the places of all units that go back. */
function unitRefunds(facts: readonly Fact[]) {
  const taken = new Map<string, Set<number>>();
  const refunds: UnitRefund[] = [];
  const begin = (lines: RefundedLine[], requestId: string | undefined): UnitRefund => {
    const places = lines.map(
      ({ lineId, quantity }) => [lineId, takePlaces(taken, lineId, quantity)] as const,
    );
    const begun = { lines, requestId, lowered: 0, refunds: new Map(), places };
    refunds.push(begun);
    return begun;
  };
  const withRefund = (refundId: string) => refunds.find((one) => one.refunds.has(refundId));
  for (const { name, data } of facts) {
    if (name === 'payment.instalments_lowered' && data.lines !== undefined)
      begin(data.lines, data.requestId).lowered = data.amount.amount;
    if (name === 'refund.requested') {
      // The first part of a request has the units of all its parts.
      const { requestId, lines, refundId, amount } = data;
      const isPart = (one: UnitRefund) => requestId !== undefined && one.requestId === requestId;
      const of = lines === undefined ? refunds.find(isPart) : begin(lines, requestId);
      of?.refunds.set(refundId, { asked: amount.amount, isPaid: false });
    }
    if (name === 'refund.paid') {
      const of = withRefund(data.refundId);
      const asked = of?.refunds.get(data.refundId)?.asked;
      // Another amount than the one of the units is a refund that names none.
      if (asked === data.amount.amount) of?.refunds.set(data.refundId, { asked, isPaid: true });
    }
    if (name === 'refund.failed') {
      const of = withRefund(data.refundId);
      of?.refunds.delete(data.refundId);
      if (of !== undefined && isGone(of))
        for (const [lineId, places] of of.places)
          for (const place of places) taken.get(lineId)?.delete(place);
    }
  }
  return { refunds: refunds.filter((one) => !isGone(one)), taken };
}

/** Whether nothing of it went back or will: all of it has failed. */
const isGone = ({ lowered, refunds }: UnitRefund): boolean => lowered === 0 && refunds.size === 0;

/** The units whose price goes back or went back, in the order of the requests. Refunds that failed are left out. */
export const linesAskedFor = (facts: readonly Fact[]): RefundedLine[] =>
  unitRefunds(facts).refunds.flatMap(({ lines }) => lines);

/**
 * The places of units in their lines, from 0 on, whose price goes back or went back. A refund takes the first ones that
 * are free, and gives them free again if all of it fails.
 */
export const placesBack = (facts: readonly Fact[]): Map<string, Set<number>> => unitRefunds(facts).taken;

/** Takes the first free places of a line. */
export function takePlaces(taken: Map<string, Set<number>>, lineId: string, quantity: number): number[] {
  const own = taken.get(lineId) ?? new Set<number>();
  taken.set(lineId, own);
  const places: number[] = [];
  for (let place = 0; places.length < quantity; place += 1) if (!own.has(place)) places.push(place);
  for (const place of places) own.add(place);
  return places;
}

/**
 * The units whose price went back, or by which instalments were lowered. While a part of their price has still to go
 * back, or has failed, each of their amounts has its share of what went back, so that they add up to it exactly.
 */
export function linesPaidBack(facts: readonly Fact[]): RefundedLine[] {
  return unitRefunds(facts).refunds.flatMap(({ lines, lowered, refunds }) => {
    const paid = [...refunds.values()].filter(({ isPaid }) => isPaid);
    const back = lowered + paid.reduce((all, { asked }) => all + asked, 0);
    return back === 0 ? [] : partOf(lines, back);
  });
}

/** The lines with as much of their amounts as went back, in minor units of their currency. */
function partOf(lines: RefundedLine[], back: number): RefundedLine[] {
  const whole = lines.reduce((all, line) => all + minorOfLine(line), 0);
  if (back === whole) return lines;
  const [first] = lines;
  invariant(first !== undefined && back < whole, 'units get no more than their price', { back, whole });
  const weights = lines.flatMap(amountsOf);
  const parts = allocate(money(back, fromJson(first.goods).currency), weights).map(toJson);
  const next = () => parts.shift() ?? { amount: 0, currency: first.goods.currency };
  const share: Ratio = { numerator: BigInt(back), denominator: BigInt(whole) };
  return lines.map(({ goods: _goods, shipping, duty: _duty, fees: _fees, taxes, ...line }) => ({
    ...{ ...line, goods: next() },
    ...(shipping === undefined ? {} : { shipping: next() }),
    ...{ duty: next(), fees: next() },
    taxes: taxes.map(({ base, amount: _amount, ...tax }) => ({
      ...tax,
      ...(base === undefined ? {} : { base: toJson(multiply(fromJson(base), share)) }),
      amount: next(),
    })),
  }));
}

/** The amounts of a line in minor units of the order's currency, each part by itself. */
const amountsOf = ({ goods, shipping, duty, fees, taxes }: RefundedLine): number[] => [
  goods.amount,
  ...(shipping === undefined ? [] : [shipping.amount]),
  ...[duty.amount, fees.amount],
  ...taxes.map(({ amount }) => amount.amount),
];

/** What goes back for the units in all, in minor units of the order's currency. */
export const minorOfLine = (line: RefundedLine): number =>
  amountsOf(line).reduce((all, amount) => all + amount, 0);
