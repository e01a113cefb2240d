import type { PaymentBehaviour } from '../../infra/sandbox/payment-behaviours.ts';
import { hourMs, minuteMs } from '../../shared/kernel/time.ts';
import { deadlinesOf } from '../../shared/order/deadline.ts';
import { cancelOrder, closeParcel } from '../../shared/order/index.ts';
import type { DueStep } from '../../shared/order/wait.ts';
import { chooseMethod } from '../../shared/payment/choose-method.ts';
import {
  capturePayment,
  checkPayment,
  receivePaymentCallback,
  requestRefund,
  returnMoney,
  startPayment,
} from '../../shared/payment/index.ts';
import { paymentOf, refundable } from '../../shared/payment/payment.ts';
import type { PaymentCallback } from '../../shared/payment/receive-payment-callback.ts';
import type { StartedPayment } from '../../shared/payment/start-payment.ts';
import { decideByOperator } from '../../shared/screening/decide-by-operator.ts';
import { screenOrder } from '../../shared/screening/index.ts';
import {
  attentionOf,
  blockerOf,
  captureAt,
  intentsOf,
  orderStateOf,
  parcelsToGo,
  plannedParcels,
} from '../../shared/timeline/index.ts';
import { booked, cleared, dispatched, dispatchRequested } from '../builders/facts.ts';
import type { StartedIntent } from '../contract/suites/payment-contract.ts';
import { isTemporary } from '../fakes/message-queue.ts';
import type { Draws } from './draws.ts';
import type { RunOrder } from './order.ts';
import type { RunProvider, Sandboxes } from './sandboxes.ts';

/** What each request of a shopper says beside the method. */
const SAID = { returnUrl: 'https://shop.example/return', vpa: 'ana.souza@examplebank' };

const cause = { by: 'journey' } as const;

/** What may happen between the placing of an order and its end, in any order. Frequent ones are named more often. */
const HAPPENINGS = [
  ...[
    'start',
    'pay',
    'pay',
    'pay',
    'decline',
    'expire',
    'call',
    'call',
    'call',
    'again',
    'screen',
    'capture',
    'leave',
    'close',
  ],
  ...['check', 'settle', 'choose', 'refund', 'cancel', 'minutes', 'lost-answer', 'lost-answer', 'no-answer'],
  ...[
    'out',
    'back',
    'other-amount',
    'other-currency',
    'disputed',
    'disputed',
    'disputed',
    'declined',
    'paid-late',
    'copies',
    'forged',
    'late-calls',
  ],
  'refund-fails',
  'capture-fails',
  'capture-fails',
  'taken-again',
] as const;
type Happening = (typeof HAPPENINGS)[number];

const LOST = [
  ...([
    { kind: 'reset', done: true },
    { kind: 'garbage', done: true },
  ] as const),
  { kind: 'error', status: 500, done: true } as const,
];
const UNDONE = [{ kind: 'error', status: 503 } as const, { kind: 'throttle' } as const];

/** What banks do to captures and refunds that providers have accepted, also once every provider answers again. */
const AFTERWARDS: readonly string[] = ['capture_fails', 'refund_fails'] satisfies PaymentBehaviour[];

/** The steps of payments that a deadline asks for again. */
const OWNERS: Partial<Record<DueStep, Happening>> = {
  payment: 'check',
  refund: 'settle',
  screening: 'screen',
  capture: 'capture',
};

/** An order while things happen to it. */
export class Life {
  readonly order: RunOrder;
  /** What happened, for the report of a failure. */
  readonly log: string[] = [];
  readonly #sandboxes: Sandboxes;
  readonly #draws: Draws;
  readonly #mailbox: PaymentCallback[] = [];
  readonly #delivered: PaymentCallback[] = [];
  /** The next actions that shoppers have seen. */
  readonly #shown: { readonly provider: RunProvider; readonly intent: StartedIntent }[] = [];

  constructor(sandboxes: Sandboxes, order: RunOrder, draws: Draws) {
    this.#sandboxes = sandboxes;
    this.order = order;
    this.#draws = draws;
  }

  /** Something happens. A step that fails for a time comes again by its deadline. */
  async happen(happening: Happening): Promise<void> {
    this.log.push(happening);
    try {
      await this.#act(happening);
    } catch (error) {
      if (!isTemporary(error)) throw error;
      this.log.push(`  ${error instanceof Error ? error.message : ''}`);
    }
    this.#mailbox.push(...(await this.#sandboxes.calls()));
  }

  async random(): Promise<void> {
    await this.happen('start');
    const { provider } = this.order.plan;
    // Few providers do it, and only to what is captured after the end of the random part.
    if (provider.contract.takesAgain !== undefined && this.#draws.chance(0.5))
      this.#behave(provider, paymentOf(this.order.timeline()).paymentId, 'capture_fails');
    const count = 4 + this.#draws.below(12);
    for (let turn = 0; turn < count; turn += 1) await this.happen(this.#draws.pick(HAPPENINGS));
  }

  /** Every provider answers again, every call is delivered, and deadlines repeat steps, until nothing is left to do. */
  async settle(): Promise<void> {
    const { faults } = this.#sandboxes.partners;
    for (const { id = '', behaviour } of faults.list())
      if (behaviour === undefined || !AFTERWARDS.includes(behaviour)) faults.remove(id);
    for (let round = 0; round < 60; round += 1) {
      // One that can't be read yet comes again in the next round.
      for (let left = this.#mailbox.length; left > 0; left -= 1) await this.happen('call');
      const due = deadlinesOf(this.order.facts()).filter(
        ({ step }) => step !== undefined && OWNERS[step] !== undefined,
      );
      const [first] = due.map(({ dueAt }) => dueAt).toSorted();
      if (first === undefined && this.#mailbox.length === 0) return;
      const wait =
        first === undefined ? 0 : Math.max(Date.parse(first) - Date.parse(this.#sandboxes.now()), 0);
      this.#pass(wait + (1 + 10 * round) * minuteMs);
      for (const { step } of due) {
        const happening = step === undefined ? undefined : OWNERS[step];
        if (happening !== undefined) await this.happen(happening);
      }
    }
    throw new Error('the order is never settled');
  }

  /** All parcels of an order that is paid when they leave are sent, or stopped once one has left. */
  async send(): Promise<void> {
    const { length } = parcelsToGo(this.order.facts());
    for (let parcel = 0; parcel < length; parcel += 1)
      await this.happen(this.#draws.chance(0.15) ? 'close' : 'leave');
    if (parcelsToGo(this.order.facts()).length > 0) await this.happen('leave');
  }

  /** A person ends an order that waits for one, so that its money goes back. */
  async refuseIfHeld(): Promise<boolean> {
    const timeline = this.order.timeline();
    const { status } = paymentOf(timeline);
    const isOver = orderStateOf(timeline.facts).ended !== undefined;
    if (isOver || (status === 'captured' && attentionOf(timeline.facts).length === 0)) return false;
    this.log.push('a person refuses');
    const { deps, orderId } = this.order;
    await decideByOperator(deps, orderId, 'refuse', { by: 'operator' });
    if (orderStateOf(this.order.facts()).ended === undefined) await cancelOrder(deps, orderId, cause);
    return true;
  }

  /** The shopper pays what is still open somewhere, after the order has ended. */
  async payLate(): Promise<void> {
    for (const { provider, intent } of this.#shown) {
      this.#behave(provider, intent.paymentId, 'paid_late');
      await this.#shop(provider, intent, 'good');
    }
    this.#mailbox.push(...(await this.#sandboxes.calls()));
  }

  #act(happening: Happening): Promise<unknown> | unknown {
    const { deps, orderId } = this.order;
    switch (happening) {
      case 'start':
        return this.#start(() => startPayment(deps, orderId, SAID));
      case 'choose':
        return this.#choose();
      case 'pay':
        return this.#visit((provider, intent) => this.#shop(provider, intent, 'good'));
      case 'decline':
        return this.#visit((provider, intent) =>
          provider.contract.neverDeclined?.includes(intent.method) === true
            ? undefined
            : this.#shop(provider, intent, 'declined'),
        );
      case 'expire':
        return this.#visit((provider, intent) =>
          this.#atPage(() => provider.contract.expires?.[intent.method]?.(provider.url, intent)),
        );
      case 'taken-again':
        return this.#visit((provider, intent) =>
          this.#atPage(() => provider.contract.takesAgain?.(provider.url, intent.paymentId)),
        );
      case 'call':
        return this.#call();
      case 'again':
        return this.#delivered.length === 0 ? undefined : this.#deliver(this.#draws.pick(this.#delivered));
      case 'screen':
        return screenOrder(deps, orderId, cause);
      case 'capture':
        return capturePayment(deps, orderId, cause);
      case 'leave':
        return this.#leave();
      case 'close':
        return this.#close();
      case 'check':
        return checkPayment(deps, orderId, cause);
      case 'settle':
        return returnMoney(deps, orderId, cause);
      case 'refund':
        return this.#refund();
      case 'cancel':
        return this.#draws.chance(0.5) ? cancelOrder(deps, orderId, cause) : undefined;
      case 'minutes':
        return this.#pass((1 + this.#draws.below(20)) * minuteMs);
      default:
        return this.#misbehave(happening);
    }
  }

  /** A parcel of an order that is paid at dispatch is sent, unless something is in the way. */
  async #leave(): Promise<void> {
    const { harness } = this.order;
    const timeline = this.order.timeline();
    const [parcelId] = parcelsToGo(timeline.facts);
    if (captureAt(timeline.facts) === undefined || parcelId === undefined) return;
    if (blockerOf(timeline.facts) !== undefined) return;
    const now = this.#sandboxes.now();
    const of = { parcelId, dispatchId: parcelId.replace('par_', 'dsp_') };
    const facts = [
      ...[booked({ parcelId }), cleared({ parcelId }), dispatchRequested(of)],
      dispatched({ ...of, handedOverAt: now }),
    ];
    await harness.timelines.append({ timeline, facts, cause, now });
  }

  /** A person stops a parcel that is to be sent, or gives up one that left, whether or not that is possible. */
  #close(): Promise<unknown> | undefined {
    const { facts } = this.order.timeline();
    if (captureAt(facts) === undefined) return undefined;
    const toGo = parcelsToGo(facts);
    const all = plannedParcels(this.order.timeline()).map(({ parcelId }) => parcelId);
    const parcelId = toGo.at(-1) ?? this.#draws.pick(all);
    const outcome = toGo.includes(parcelId) ? 'stopped' : 'lost';
    const refund = this.#draws.pick(['share', 'none'] as const);
    const { deps, orderId } = this.order;
    return closeParcel(deps, orderId, { parcelId, outcome, refund }, { by: 'operator' });
  }

  #misbehave(happening: Happening): unknown {
    const { faults } = this.#sandboxes.partners;
    const provider = this.#draws.chance(0.7) ? this.#current() : this.#draws.pick(this.#sandboxes.providers);
    const { code } = provider.plugIn;
    const on = this.#draws.pick(Object.values(provider.contract.operations));
    const { paymentId } = paymentOf(this.order.timeline());
    switch (happening) {
      case 'lost-answer':
        return faults.add({ partner: code, on, call: this.#draws.pick(LOST) });
      case 'no-answer':
        return faults.add({ partner: code, on, call: this.#draws.pick(UNDONE) });
      case 'out':
        for (const each of Object.values(provider.contract.operations))
          faults.add({
            id: `${code} ${each}`,
            partner: code,
            on: each,
            rate: 1,
            call: { kind: 'error', status: 503 },
          });
        return;
      case 'back':
        for (const { id } of faults.list()) if (id?.includes(' ') === true) faults.remove(id);
        return;
      case 'copies':
        return faults.add({ partner: code, hook: { kind: 'duplicate', copies: 2 } });
      case 'forged':
        return faults.add({
          partner: code,
          hook: { kind: this.#draws.pick(['forge', 'stale'] as const) },
        });
      case 'late-calls':
        return faults.add({
          partner: code,
          hook: this.#draws.pick([
            { kind: 'reorder' },
            { kind: 'drop' },
            { kind: 'delay', delayMs: 20 },
          ] as const),
        });
      case 'capture-fails':
        return this.#behave(provider, paymentId, 'capture_fails');
      case 'refund-fails':
        return this.#behave(provider, paymentId, 'refund_fails');
      case 'other-amount':
        return this.#behave(provider, paymentId, 'other_amount');
      case 'other-currency':
        return this.#behave(provider, paymentId, 'other_currency');
      case 'disputed':
        return this.#behave(provider, paymentId, 'disputed');
      case 'declined':
        return this.#behave(provider, paymentId, 'declined');
      case 'paid-late':
        return this.#behave(provider, paymentId, 'paid_late');
      default:
        throw new Error(`${happening} is no misbehaviour`);
    }
  }

  #behave({ plugIn }: RunProvider, reference: string, behaviour: PaymentBehaviour): void {
    this.#sandboxes.partners.faults.add({ partner: plugIn.code, reference, times: 2, behaviour });
  }

  #current(): RunProvider {
    const { provider: code } = paymentOf(this.order.timeline());
    return this.#sandboxes.providers.find(({ plugIn }) => plugIn.code === code) ?? this.order.plan.provider;
  }

  async #start(
    start: () => Promise<{ readonly ok: boolean; readonly value?: StartedPayment }>,
  ): Promise<void> {
    const started = await start();
    if (!started.ok || started.value === undefined) return;
    const { paymentId, method, provider: code, nextAction } = started.value;
    if (nextAction.type === 'pending' || nextAction.type === 'none') return;
    const provider = this.#sandboxes.providers.find(({ plugIn }) => plugIn.code === code);
    const { current, earlier } = intentsOf(this.order.facts());
    const own = [current, ...earlier].find((one) => one.paymentId === paymentId);
    if (provider === undefined || own?.providerPaymentId === undefined) return;
    if (this.#shown.some(({ intent }) => intent.paymentId === paymentId)) return;
    const { amount } = this.order.plan;
    const { providerPaymentId } = own;
    this.#shown.push({ provider, intent: { method, amount, paymentId, providerPaymentId, nextAction } });
  }

  async #choose(): Promise<void> {
    const { deps, orderId, harness } = this.order;
    const [placed] = harness.timelines.factsOf(orderId);
    if (placed?.name !== 'order.placed') return;
    const offered = await deps.methodsWithout(placed.data.landedCost, []);
    if (offered.length === 0) return;
    const { method } = this.#draws.pick(offered);
    await this.#start(() => chooseMethod(deps, orderId, { method, ...SAID }));
  }

  #visit(act: (provider: RunProvider, intent: StartedIntent) => unknown): unknown {
    if (this.#shown.length === 0) return undefined;
    const { provider, intent } = this.#draws.pick(this.#shown);
    return act(provider, intent);
  }

  #shop(provider: RunProvider, intent: StartedIntent, outcome: 'good' | 'declined'): Promise<void> {
    return this.#atPage(() => provider.contract.shopperPays(provider.url, intent, outcome));
  }

  /** A page may say that the intent is over. */
  async #atPage(visit: () => Promise<void> | undefined): Promise<void> {
    try {
      await visit();
    } catch (error) {
      this.log.push(`  the shopper sees: ${error instanceof Error ? error.message.slice(0, 80) : ''}`);
    }
  }

  async #call(): Promise<void> {
    if (this.#mailbox.length === 0) return;
    const [call] = this.#mailbox.splice(this.#draws.below(this.#mailbox.length), 1);
    if (call === undefined) return;
    try {
      await this.#deliver(call);
      this.#delivered.push(call);
    } catch (error) {
      // The queue delivers it again.
      if (isTemporary(error)) this.#mailbox.push(call);
      throw error;
    }
  }

  #deliver(call: PaymentCallback): Promise<void> {
    return receivePaymentCallback(this.order.deps, call);
  }

  #refund(): unknown {
    const left = refundable(paymentOf(this.order.timeline()));
    if (left.amountMinor <= 0) return undefined;
    const amountMinor = this.#draws.chance(0.3) ? left.amountMinor : 1 + this.#draws.below(left.amountMinor);
    const requestId = `request-${this.#draws.below(3)}`;
    const request = { requestId, operator: 'operator', amount: { ...left, amountMinor } };
    return requestRefund(this.order.deps, this.order.orderId, request);
  }

  #pass(ms: number): void {
    this.#sandboxes.setAhead(this.#sandboxes.aheadMs() + Math.min(ms, 100 * 24 * hourMs));
  }
}
