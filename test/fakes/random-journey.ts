import { parcelOutcomes } from '../../events/parcel.ts';
import type { DeclarationAnswer } from '../../shared/customs/broker.ts';
import { clearParcels, receiveCustomsCallback, withdrawDeclarations } from '../../shared/customs/index.ts';
import { fromJson } from '../../shared/kernel/money.ts';
import { hourMs, minuteMs } from '../../shared/kernel/time.ts';
import { cancelOrder, closeParcel } from '../../shared/order/index.ts';
import {
  capturePayment,
  checkPayment,
  receivePaymentCallback,
  requestRefund,
  returnMoney,
  startPayment,
} from '../../shared/payment/index.ts';
import type { PaymentUpdate } from '../../shared/payment/provider.ts';
import { decideByOperator } from '../../shared/screening/decide-by-operator.ts';
import { screenOrder } from '../../shared/screening/index.ts';
import type { Tracking } from '../../shared/shipping/carrier.ts';
import { bookParcels, receiveScans, trackParcels, voidLabels } from '../../shared/shipping/index.ts';
import { receiveWarehouseCallback, requestDispatch, stopDispatch } from '../../shared/warehouse/index.ts';
import type { WarehouseUpdate } from '../../shared/warehouse/warehouse-system.ts';
import { paymentId, placed } from '../builders/facts.ts';
import { domesticConsignment, landedCost } from '../builders/landed-cost.ts';
import { inThreeCartons } from '../builders/several-cartons.ts';
import { orderId, timelineOf } from '../builders/timeline.ts';
import { type Break, createBreaks } from './breaks.ts';
import { answerBody } from './broker.ts';
import { trackingBody } from './carrier.ts';
import { createHarness, type Harness } from './harness.ts';
import { createMessageQueue, isTemporary } from './message-queue.ts';
import { callbackBody, createFakePaymentProvider } from './payment-provider.ts';
import { updateBody } from './warehouse-system.ts';

/** The possible next events: a step runs, a partner acts, a partner's callback arrives, or a person decides. */
export const happenings = [
  ...[
    'start',
    'check',
    'screen',
    'capture',
    'return',
    'book',
    'void',
    'clear',
    'withdraw',
    'dispatch',
    'stop',
  ],
  ...[
    'track',
    'pay',
    'pay-at-once',
    'decline',
    'authority',
    'authority-objects',
    'pick',
    'run-short',
    'carry',
  ],
  ...[
    'lose',
    'call',
    'call',
    'call',
    'call-again',
    'cancel',
    'release',
    'hold',
    'refuse',
    'refund',
    'close',
    'minutes',
  ],
  ...['hours', 'no-answer', 'lost-answer', 'lagging', 'meanwhile', 'redeliver', 'redeliver'],
] as const;

export type Happening = (typeof happenings)[number];

/** The steps of ours that a message starts. */
const STEPS = [
  ...['check', 'screen', 'capture', 'return', 'book', 'void', 'clear', 'withdraw', 'dispatch', 'stop'],
] as const satisfies readonly Happening[];

/** What can happen while a partner is asked. */
const MEANWHILE = [
  'cancel',
  'refuse',
  'stop',
  'void',
  'withdraw',
  'book',
  'dispatch',
  'clear',
  'call',
] as const;

const isStep = (happening: Happening) => STEPS.some((step) => step === happening);

const pick = <T>(from: readonly T[], choice: number): T | undefined =>
  from[choice % Math.max(from.length, 1)];

/** An event, with a number that makes the choices within it. */
export interface Event {
  readonly happening: Happening;
  readonly choice: number;
}

/**
 * An order of two parcels, one of them in three cartons, with partners that act consistently: each partner does only
 * what its state allows. The partners' callbacks wait in a mailbox. They are delivered in any order, late, repeatedly,
 * or never.
 */
export function createRandomJourney() {
  const order = placed({
    landedCost: landedCost({ consignments: [inThreeCartons(), domesticConsignment()] }),
  });
  const harness = createHarness(timelineOf([order]));
  Object.assign(harness.provider, createFakePaymentProvider(fromJson(order.data.landedCost.totals.total)));
  const mailbox: (() => Promise<void>)[] = [];
  const delivered: (() => Promise<void>)[] = [];
  const histories = new Map<string, WarehouseUpdate['status'][]>();
  const authority = new Map<string, DeclarationAnswer['status']>();
  const { deps, cause } = harness;
  const queue = createMessageQueue(() => harness.facts().length);
  let calls = 0;

  const post = (deliver: (callbackId: string) => Promise<void>) => {
    calls += 1;
    const callbackId = `evt_${calls}`;
    mailbox.push(() => deliver(callbackId));
  };
  const postPayment = () => {
    const update: PaymentUpdate = {
      kind: 'payment',
      orderId,
      paymentId,
      payment: harness.provider.payment(),
    };
    const rawBody = callbackBody(update);
    post((callbackId) => receivePaymentCallback(deps, { code: 'stripe', callbackId, rawBody }));
  };
  const postUpdate = (update: WarehouseUpdate) => {
    const rawBody = updateBody(update);
    post((callbackId) => receiveWarehouseCallback(deps, { code: 'wms', callbackId, rawBody }));
  };
  const postAnswer = (answer: DeclarationAnswer) => {
    const rawBody = answerBody(answer);
    post((callbackId) => receiveCustomsCallback(deps, { code: 'rest-broker', callbackId, rawBody }));
  };
  const postScan = (tracking: Tracking) => {
    const rawBody = trackingBody(tracking);
    post((callbackId) => receiveScans(deps, { code: 'easypost', callbackId, rawBody }));
  };

  const breaks = createBreaks();
  harness.system.breakNext = breaks.breakNext;
  harness.system.cancel = breaks.through('cancel', async (_now, { dispatchId }) => {
    const history = histories.get(dispatchId) ?? [];
    if (history.includes('packed') || history.includes('handed-over')) return 'too-late';
    if (harness.system.orders.has(dispatchId) && !history.includes('cancelled')) {
      histories.set(dispatchId, [...history, 'cancelled']);
      postUpdate(harness.system.work(dispatchId, 'cancelled'));
    }
    harness.system.cancelled.add(dispatchId);
    return 'cancelled';
  });
  harness.broker.invalidate = breaks.through('invalidate', async (_now, lrn) => {
    const status = authority.get(lrn);
    if (!harness.broker.filed.has(lrn) || status === 'refused' || status === 'invalidated')
      return 'invalidated';
    if (status === 'released') return 'too-late';
    authority.set(lrn, 'invalidated');
    postAnswer(harness.broker.answer(lrn, 'invalidated'));
    return 'requested';
  });

  const pay = (as: 'authorised' | 'captured') => {
    if (harness.provider.done.intents === 0 || harness.provider.payment().status === 'authorised') return;
    if (!['waiting', 'failed'].includes(harness.provider.payment().status)) return;
    harness.provider.pay(as);
    postPayment();
  };
  const decline = () => {
    if (harness.provider.done.intents === 0 || harness.provider.payment().status !== 'waiting') return;
    harness.provider.decline('card_declined');
    postPayment();
  };
  const answer = (choice: number, objects: boolean) => {
    const lrns = [...harness.broker.filed.keys()];
    const lrn = lrns[choice % Math.max(lrns.length, 1)];
    if (lrn === undefined) return;
    const before = authority.get(lrn);
    if (before === 'released' || before === 'refused' || before === 'invalidated') return;
    const objections = ['inspection', 'documents-wanted', 'refused'] as const;
    const next = objects
      ? (objections[choice % 3] ?? 'inspection')
      : before === 'accepted' || before === 'inspection' || before === 'documents-wanted'
        ? 'released'
        : 'accepted';
    authority.set(lrn, next);
    postAnswer(harness.broker.answer(lrn, next));
  };
  const work = (choice: number, short: boolean) => {
    const ids = [...harness.system.orders.keys()];
    const dispatchId = ids[choice % Math.max(ids.length, 1)];
    if (dispatchId === undefined) return;
    const history = histories.get(dispatchId) ?? [];
    if (history.includes('cancelled') || history.includes('handed-over')) return;
    const course = ['accepted', 'picked', 'packed', 'handed-over'] as const;
    const next = course.find((status) => !history.includes(status)) ?? 'handed-over';
    const status = short && next === 'picked' && !history.includes('short') ? 'short' : next;
    histories.set(dispatchId, [...history, status]);
    postUpdate(harness.system.work(dispatchId, status));
  };
  const carry = (choice: number, lost: boolean) => {
    const left = [...histories].filter(([, history]) => history.includes('handed-over')).map(([id]) => id);
    const dispatchId = left[choice % Math.max(left.length, 1)];
    const own = dispatchId === undefined ? undefined : harness.system.orders.get(dispatchId);
    if (own === undefined) return;
    const labels = own.cartons?.map(({ label }) => label) ?? [own.label];
    const underway = labels.filter(
      (label) =>
        !harness.carrier.trackingOf(label.trackingNumber).scans.some(({ status }) => status === 'delivered'),
    );
    const { trackingNumber } = underway[choice % Math.max(underway.length, 1)] ?? own.label;
    const { scans } = harness.carrier.trackingOf(trackingNumber);
    const course = ['accepted', 'in_transit', 'out_for_delivery', 'delivered'] as const;
    if (scans.some(({ status }) => status === 'delivered')) return;
    const status = lost
      ? 'exception'
      : (course.find((each) => !scans.some((s) => s.status === each)) ?? 'delivered');
    const scannedAt = new Date(Date.parse('2026-11-24T08:00:00.000Z') + scans.length * hourMs).toISOString();
    const scanId = `${trackingNumber}-${scans.length}`;
    postScan(
      harness.carrier.scan(trackingNumber, {
        scanId,
        status,
        carrierStatus: status,
        scannedAt,
      }),
    );
  };
  const deliver = async (from: (() => Promise<void>)[], choice: number, keep: boolean) => {
    const index = choice % Math.max(from.length, 1);
    const call = from[index];
    if (call === undefined) return;
    if (!keep) from.splice(index, 1);
    delivered.push(call);
    try {
      await call();
    } catch (error) {
      // The queue keeps a callback that could not be handled.
      if (!keep) from.push(call);
      throw error;
    }
  };

  /** An operator closes one of the parcels, whether or not that is possible. */
  const close = (choice: number) => {
    const parcel = order.data.parcels[choice % order.data.parcels.length];
    if (parcel === undefined) return undefined;
    const outcome = parcelOutcomes[Math.floor(choice / 2) % parcelOutcomes.length] ?? 'lost';
    const refunds = ['share', 'none', { amount: 1 + (choice % 4000), currency: 'EUR' }] as const;
    const refund = refunds[Math.floor(choice / 6) % refunds.length] ?? 'share';
    const counted = [{ sku: 'TEA-TOWEL', sellable: choice % 2, writtenOff: 1 }];
    const restock = outcome === 'returned' && choice % 5 > 0 ? counted : undefined;
    return closeParcel(
      deps,
      orderId,
      { parcelId: parcel.parcelId, outcome, restock, refund },
      { by: 'operator' },
    );
  };

  const steps: Readonly<Record<Happening, (choice: number) => unknown>> = {
    start: () => startPayment(deps, orderId),
    check: () => checkPayment(deps, orderId, cause),
    screen: () => screenOrder(deps, orderId, cause),
    capture: () => capturePayment(deps, orderId, cause),
    return: () => returnMoney(deps, orderId, cause),
    book: () => bookParcels(deps, orderId, cause),
    void: () => voidLabels(deps, orderId, cause),
    clear: () => clearParcels(deps, orderId, cause),
    withdraw: () => withdrawDeclarations(deps, orderId, cause),
    dispatch: () => requestDispatch(deps, orderId, cause),
    stop: () => stopDispatch(deps, orderId, cause),
    track: () => trackParcels(deps, orderId, cause),
    pay: () => pay('authorised'),
    'pay-at-once': () => pay('captured'),
    decline,
    authority: (choice) => answer(choice, false),
    'authority-objects': (choice) => answer(choice, true),
    pick: (choice) => work(choice, false),
    'run-short': (choice) => work(choice, true),
    carry: (choice) => carry(choice, false),
    lose: (choice) => carry(choice, true),
    call: (choice) => deliver(mailbox, choice, false),
    'call-again': (choice) => deliver(delivered, choice, true),
    cancel: () => cancelOrder(deps, orderId, cause),
    release: () => decideByOperator(deps, orderId, 'release', { by: 'operator' }),
    hold: () => decideByOperator(deps, orderId, 'hold', { by: 'operator' }),
    refuse: () => decideByOperator(deps, orderId, 'refuse', { by: 'operator' }),
    refund: (choice) =>
      requestRefund(deps, orderId, {
        requestId: `key-${choice % 3}`,
        operator: 'operator',
        amount: { amountMinor: 1 + (choice % 5000), currency: 'EUR' },
      }),
    close: (choice) => close(choice),
    minutes: () => harness.pass(5 * minuteMs),
    hours: () => harness.pass(hourMs),
    'no-answer': (choice) => breakCall(choice, 'no-answer'),
    'lost-answer': (choice) => breakCall(choice, 'lost-answer'),
    lagging: (choice) => breakCall(choice, 'lagging'),
    meanwhile: (choice) => interrupt(choice),
    redeliver: (choice) => queue.redeliver(choice),
  };

  /** The partners' calls that can fail, each by its own name. */
  function breakCall(choice: number, how: Break): void {
    const { provider, carrier, broker, system } = harness;
    const onPayment = how === 'no-answer' ? 'before' : 'after';
    const calls = [
      () => provider.breakNext('capture', onPayment),
      () => provider.breakNext('refund', onPayment),
      () => carrier.breakNext('book', how),
      () => carrier.breakNext('find', how),
      () => carrier.breakNext('void', how),
      () => broker.breakNext('file', how),
      () => broker.breakNext('find', how),
      () => breaks.breakNext('invalidate', how),
      () => system.breakNext('request', how),
      () => system.breakNext('find', how),
      () => breaks.breakNext('cancel', how),
    ];
    pick(calls, choice)?.();
  }

  /** Something else happens while a call is on its way: another copy of a message, or a wish to stop. */
  function interrupt(choice: number): void {
    const happening = pick(MEANWHILE, choice) ?? 'cancel';
    const happen = () => act({ happening, choice });
    const { carrier, broker, system } = harness;
    const sellTwice = async () => {
      await act({ happening: 'book', choice });
      carrier.sellAgain();
    };
    const calls = [
      () => carrier.duringNext('book', happening === 'book' ? sellTwice : happen),
      () => broker.duringNext('file', happen),
      () => system.duringNext('request', happen),
      () => breaks.duringNext('cancel', happen),
      () => breaks.duringNext('invalidate', happen),
      () => carrier.duringNext('void', happen),
    ];
    pick(calls, Math.floor(choice / MEANWHILE.length))?.();
  }

  /** Lets it happen. A step that fails is a message that its queue delivers again. */
  async function act({ happening, choice }: Event): Promise<void> {
    const run = async () => {
      await steps[happening](choice);
    };
    if (isStep(happening)) return queue.deliver({ name: happening, run });
    return ignoring(run);
  }

  return { harness, mailbox, histories, authority, queue, let: act };
}

/** What a queue delivers again is no failure of the journey. */
async function ignoring(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isTemporary(error)) throw error;
  }
}

export type RandomJourney = ReturnType<typeof createRandomJourney> & { readonly harness: Harness };
