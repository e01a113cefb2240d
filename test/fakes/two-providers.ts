import type { ChooseDeps } from '../../shared/payment/choose-method.ts';
import {
  chooseMethod,
  receivePaymentCallback,
  returnMoney,
  startPayment,
} from '../../shared/payment/index.ts';
import { intentsOf } from '../../shared/timeline/index.ts';
import { placed } from '../builders/facts.ts';
import { orderId, timelineOf } from '../builders/timeline.ts';
import { createHarness } from './harness.ts';
import { createIntentProvider, type IntentProvider } from './intent-provider.ts';

const dayMs = 24 * 60 * 60_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The offers of the order: two providers take cards, and one of them vouchers. */
const offers = [
  { method: 'card', provider: 'stripe', reservationMs: 30 * 60_000 },
  { method: 'card', provider: 'second', reservationMs: 30 * 60_000 },
  { method: 'voucher', provider: 'second', reservationMs: 3 * dayMs },
] as const;

/** An order to be paid by card at `stripe`, which `second` takes too, and by voucher at `second`. */
export function createTwoProviders() {
  const harness = createHarness(timelineOf([placed()]));
  const stripe = createIntentProvider('stripe');
  const second = createIntentProvider('second');
  const byCode: Readonly<Record<string, IntentProvider>> = { stripe, second };
  const { providerByCode: _, ...steps } = harness.deps;
  const deps: Mutable<ChooseDeps> & typeof steps = {
    ...steps,
    providerByCode: async (code: string) => {
      const provider = byCode[code];
      if (provider === undefined) throw new Error(`no provider ${code}`);
      return provider;
    },
    methodsWithout: async (_, without) => {
      const left = offers.filter(({ provider }) => !without.includes(provider));
      return left.filter((one, index) => left.findIndex(({ method }) => method === one.method) === index);
    },
    firstReservationMinutes: async () => 10,
  };
  let calls = 0;
  const deliver = (provider: IntentProvider, rawBody: Buffer) => {
    calls += 1;
    return receivePaymentCallback(deps, { code: provider.code, callbackId: `evt_${calls}`, rawBody });
  };
  const start = () => startPayment(deps, orderId);
  return {
    ...{ harness, deps, stripe, second, providers: [stripe, second], start },
    choose: (method: string) => chooseMethod(deps, orderId, { method }),
    settle: () => returnMoney(deps, orderId, harness.cause),
    /** The provider calls about the intent of that payment, as it is now. */
    call: (provider: IntentProvider, paymentId: string) =>
      deliver(provider, provider.says(orderId, paymentId)),
    deliver,
    intents: () => intentsOf(harness.facts()),
    names: harness.names,
  };
}

export type TwoProviders = ReturnType<typeof createTwoProviders>;
