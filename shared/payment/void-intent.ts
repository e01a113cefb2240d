import { defined } from '../kernel/defined.ts';
import { type Instant, later, minuteMs, toInstant } from '../kernel/time.ts';
import { PartnerRefused } from '../partners/partner-answer.ts';
import { type Intent, NotYet, placedFact, reservationOf, type Timeline } from '../timeline/index.ts';
import { firstInstalment } from './first-instalment.ts';
import { providerOf } from './nothing-to-collect.ts';
import { payerFor } from './payer.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';
import { isOfPayment } from './refusal-of-payment.ts';

/** An intent, with the provider's reference for its void where that is another one. */
type ToVoid = Intent & { readonly authorisationReference?: string | undefined };

/** How long a request whose answer nobody waits for may still be on its way to the provider. */
const ON_ITS_WAY_MS = 2 * minuteMs;

/**
 * Voids an intent of the order and gives its state. One whose start had no answer needs a name first: it is looked for
 * by our ids, or started again under the same key, which gives the same intent. What only the shopper's request said is
 * not known here: an adapter starts without it, and asks nobody to pay. Undefined: none is there, because the provider
 * knows none or refuses to make it. Throws {@link NotYet} while the start may still arrive.
 */
export async function voidIntent(
  deps: PaymentDeps,
  timeline: Timeline,
  { paymentId, provider: code, method, providerPaymentId, authorisationReference }: ToVoid,
): Promise<ProviderPayment | undefined> {
  const { orderId } = timeline;
  const { total: amount } = paymentOf(timeline);
  const { country } = placedFact(timeline).data.landedCost.destination;
  const provider = await providerOf(deps, code);
  const now = () => toInstant(deps.clock());
  const voidIt = (name: string) =>
    provider.void(now(), {
      ...{ orderId, paymentId, providerPaymentId: name, currency: amount.currency },
      ...defined({ authorisationReference }),
    });
  if (providerPaymentId !== undefined) return voidIt(providerPaymentId);
  const startAgain = async () => {
    const offer = provider.methods.find((one) => one.method === method) ?? {};
    const payer = await payerFor(deps, offer, orderId, {});
    const before = factsUntilLeft(timeline, paymentId);
    const { payableUntil } = reservationOf(before);
    const first = defined({ firstInstalment: firstInstalment(before) });
    const start = { ...{ orderId, paymentId, amount, method, country, payableUntil }, ...payer, ...first };
    return startedAgain(() => provider.start(now(), start));
  };
  const payment =
    provider.findStarted === undefined
      ? await startAgain()
      : await provider.findStarted(now(), { orderId, paymentId });
  if (payment !== undefined)
    return payment.status === 'captured' ? payment : voidIt(payment.providerPaymentId);
  const left = leftAt(timeline, paymentId);
  if (provider.findStarted !== undefined && left !== undefined && now() < later(left, ON_ITS_WAY_MS))
    throw new NotYet(`the start of ${paymentId} may still arrive`);
  return undefined;
}

/** Since when no request starts the intent: the payment moved away from it, or the order ended. */
function leftAt({ facts }: Timeline, paymentId: string): Instant | undefined {
  return facts.findLast(
    (fact) =>
      (fact.name === 'payment.moved' && fact.data.paymentId === paymentId) ||
      fact.name === 'order.cancelled' ||
      fact.name === 'order.expired',
  )?.recordedAt;
}

/** The intent of a repeated start; undefined if the provider refuses to make it. */
async function startedAgain(
  start: () => ReturnType<BoundPaymentProvider['start']>,
): Promise<ProviderPayment | undefined> {
  try {
    return (await start()).payment;
  } catch (error) {
    // 409: another call with the key is at work.
    if (error instanceof PartnerRefused && isOfPayment(error) && error.status !== 409) return undefined;
    throw error;
  }
}

/** The facts up to the move away from the intent, by which it was started; all of them if it pays the order. */
function factsUntilLeft({ facts }: Timeline, paymentId: string): Timeline['facts'] {
  const left = facts.findLastIndex(
    (fact) => fact.name === 'payment.moved' && fact.data.paymentId === paymentId,
  );
  return left < 0 ? facts : facts.slice(0, left);
}
