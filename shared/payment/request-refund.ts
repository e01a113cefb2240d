import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import type { RefundedLine } from '../../events/payment.ts';
import type { Currency } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import { add, compare, fromJson, type Money, type MoneyJson, money, sum, toJson } from '../kernel/money.ts';
import type { FieldProblem } from '../kernel/problem.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { dayMs, later, toInstant } from '../kernel/time.ts';
import {
  type ActOnOrder,
  actOnOrder,
  type Decided,
  earlierRequest,
  factsNamed,
  givenBack,
  lowerable,
  minorOfLine,
  mostToReturn,
  type OperatorRequest,
  operatorRequest,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { collectsCash } from './cash/collected-by-carrier.ts';
import { type Payment, paymentOf, refundable } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { linesToRefund, type WantedLines } from './refund-lines.ts';

export type RefundRefusal =
  | { readonly reason: 'nothing-captured' | 'other-currency' | 'request-reused' }
  /** The carrier collected it in cash, and gives nothing back. */
  | { readonly reason: 'paid-in-cash' }
  | { readonly reason: 'more-than-is-left'; readonly left: Money }
  /** `step`: the provider takes multiples of it alone. */
  | { readonly reason: 'amount-digits'; readonly step: Money }
  /** `most`: what may go back while parcels are still to be sent. */
  | { readonly reason: 'order-running'; readonly most: Money }
  /** `days`: how long the provider takes refunds. */
  | { readonly reason: 'window-over'; readonly days: number }
  /** The units cost nothing. */
  | { readonly reason: 'units-without-price' }
  | { readonly reason: 'lines-refused'; readonly problems: readonly FieldProblem[] };

export interface RefundRequest {
  /** The id of the request: repeats with the same id request one refund. */
  readonly requestId: string;
  /** The operator's subject, never a name. */
  readonly operator: string;
  /** Absent, with no units either: the whole remaining amount. */
  readonly amount?: Money | undefined;
  /** The units whose price goes back, in place of an amount. */
  readonly units?: WantedLines | undefined;
  /** A person returns it in this way; absent: the provider does. */
  readonly by?: RefundWay | undefined;
}

type RefundWay = NonNullable<Fact<'refund.requested'>['data']['by']>;

export interface RefundDeps extends ActOnOrder, Pick<PaymentDeps, 'newId'> {
  /** Days after the payment in which the provider takes refunds of the method; undefined if no limit is known. */
  readonly refundWindowDays: (payment: Pick<Payment, 'provider' | 'method'>) => number | undefined;
  /** The step in which the provider takes amounts of the method, in minor units: 100 where it takes whole units. */
  readonly refundStep: (payment: Pick<Payment, 'provider' | 'method'>, currency: Currency) => number;
}

export interface AskedRefund {
  /** The refund, or the first of several; absent if only instalments were lowered. */
  readonly refundId?: string;
  /** In all: what goes back, and what is lowered. */
  readonly amount: Money;
  /** The part of it by which later instalments were lowered; absent if none were. */
  readonly lowered?: MoneyJson;
  /** The units that it names, with what goes back for them. */
  readonly lines?: RefundedLine[];
}

/**
 * An operator refunds money. The refund gets an id and is recorded; the step that returns money asks the provider for
 * it. The amount of units is computed from the order's landed cost. The amount is limited to what was captured and is
 * not already being refunded, and while parcels are still to be sent to {@link mostToReturn}. Instalments that were not
 * charged are lowered first, and count as given back. After the window of the provider's method, and of cash on
 * delivery, a person returns the money in a way that the request names, and the order is under attention until that is
 * confirmed. A repeat of the request gets the answer of the first.
 */
export async function requestRefund(
  deps: RefundDeps,
  orderId: string,
  request: RefundRequest,
): Promise<Result<AskedRefund, RefundRefusal>> {
  const refundId = deps.newId('refund', deps.clock());
  const asked = refundWish(request);
  const cause: Cause = { by: 'operator', reference: request.operator, request: asked };
  let outcome: Result<AskedRefund, RefundRefusal> = refused({ reason: 'nothing-captured' });
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const window = windowOver(deps, timeline);
    const payment = paymentOf(timeline);
    const step = (currency: Currency) => deps.refundStep(payment, currency);
    const ids = [refundId, () => deps.newId('refund', deps.clock())] as const;
    const decision = decideRefund(timeline, ids, { ...request, asked, window, step });
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}

function decideRefund(
  timeline: Timeline,
  [refundId, newRefundId]: readonly [string, () => string],
  request: RefundRequest & {
    readonly asked: OperatorRequest;
    readonly window: RefundRefusal | undefined;
    readonly step: (currency: Currency) => number;
  },
): { readonly outcome: Result<AskedRefund, RefundRefusal>; readonly facts: readonly Decided[] } {
  const payment = paymentOf(timeline);
  const earlier = earlierRequest(timeline.facts, request.asked);
  if (earlier !== undefined) return { outcome: repeated(timeline, earlier, request), facts: [] };
  const left = leftOf(timeline, payment);
  const wanted = wantedOf(timeline, left, request);
  if (!wanted.ok) return { outcome: refused(wanted.error), facts: [] };
  const { amount, lines } = wanted.value;
  const late = request.by === undefined ? request.window : undefined;
  const refusal = whyNot(left, amount) ?? whileRunning(timeline, amount) ?? late;
  if (refusal !== undefined) return { outcome: refused(refusal), facts: [] };
  const { paymentId } = payment;
  const { requestId } = request;
  const more = defined({ by: request.by, lines });
  const data = { paymentId, refundId, amount: toJson(amount), reason: 'operator', requestId, ...more };
  const facts = givenBack(timeline.facts, { name: 'refund.requested', data }, newRefundId);
  if (request.by === undefined && !isInSteps(facts, request.step(amount.currency)))
    return {
      outcome: refused({
        reason: 'amount-digits',
        step: money(request.step(amount.currency), amount.currency),
      }),
      facts: [],
    };
  return { outcome: ok(askedBy(facts, amount)), facts };
}

/** Whether the provider takes each amount that it would be asked for. */
const isInSteps = (facts: readonly Decided[], step: number): boolean =>
  facts.every((fact) => fact.name !== 'refund.requested' || fact.data.amount.amount % step === 0);

/** What may go back: what was captured, and what is not charged yet. */
function leftOf({ facts }: Timeline, payment: Payment): Money {
  const captured = refundable(payment);
  return captured.currency === payment.total.currency
    ? add(captured, lowerable(facts, captured.currency))
    : captured;
}

/** The answer to a request, by the facts that it led to. */
function askedBy(facts: readonly Decided[], amount: Money): AskedRefund {
  const refund = facts.find((fact) => fact.name === 'refund.requested')?.data;
  const lower = facts.find((fact) => fact.name === 'payment.instalments_lowered')?.data;
  const lines = lower?.lines ?? refund?.lines;
  return { amount, ...defined({ refundId: refund?.refundId, lines, lowered: lower?.amount }) };
}

/** What the request gives back: the price of units, an amount, or all that is left. */
function wantedOf(
  timeline: Timeline,
  left: Money,
  { amount, units }: RefundRequest,
): Result<{ readonly amount: Money; readonly lines: RefundedLine[] | undefined }, RefundRefusal> {
  if (units === undefined) return ok({ amount: amount ?? left, lines: undefined });
  const lines = linesToRefund(timeline, units);
  if (!lines.ok) return refused({ reason: 'lines-refused', problems: lines.error });
  const { currency } = placedFact(timeline).data.landedCost;
  const price = sum(
    lines.value.map((line) => money(minorOfLine(line), currency)),
    currency,
  );
  if (price.amountMinor === 0) return refused({ reason: 'units-without-price' });
  return ok({ amount: price, lines: lines.value });
}

/** The request as its facts name it: the refund of an amount differs from that of whatever is left. */
export const refundWish = ({ requestId, amount, units, by }: RefundRequest): OperatorRequest =>
  operatorRequest(requestId, {
    decision: 'refund',
    ...(amount === undefined ? {} : { amount: toJson(amount) }),
    ...defined({ units, by }),
  });

function repeated(
  { facts }: Timeline,
  earlier: 'same' | 'other',
  request: RefundRequest,
): Result<AskedRefund, RefundRefusal> {
  const own = facts.flatMap((fact) =>
    (fact.name === 'refund.requested' || fact.name === 'payment.instalments_lowered') &&
    fact.data.requestId === request.requestId
      ? [fact]
      : [],
  );
  if (earlier === 'other' || own.length === 0) return refused({ reason: 'request-reused' });
  return ok(askedBy(own, own.map(({ data }) => fromJson(data.amount)).reduce(add)));
}

/** Why the provider can't refund: a carrier gives no cash back, and a window counts from the first capture. */
function windowOver({ refundWindowDays, clock }: RefundDeps, timeline: Timeline): RefundRefusal | undefined {
  const payment = paymentOf(timeline);
  if (collectsCash(payment)) return { reason: 'paid-in-cash' };
  const days = refundWindowDays(payment);
  const [captured] = factsNamed(timeline.facts, 'payment.captured');
  if (days === undefined || captured === undefined) return undefined;
  const end = later(captured.recordedAt, days * dayMs);
  return toInstant(clock()) < end ? undefined : { reason: 'window-over', days };
}

/** A refund that leaves too little of the price of parcels still to be sent, on its own or with earlier ones. */
function whileRunning({ facts }: Timeline, amount: Money): RefundRefusal | undefined {
  const most = mostToReturn(facts);
  if (most === undefined || amount.amountMinor <= most) return undefined;
  return { reason: 'order-running', most: money(most, amount.currency) };
}

function whyNot(left: Money, amount: Money): RefundRefusal | undefined {
  if (left.amountMinor <= 0) return { reason: 'nothing-captured' };
  if (amount.currency !== left.currency) return { reason: 'other-currency' };
  if (amount.amountMinor <= 0 || compare(amount, left) > 0) return { reason: 'more-than-is-left', left };
  return undefined;
}
