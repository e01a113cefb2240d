import { defined } from '../kernel/defined.ts';
import { toInstant } from '../kernel/time.ts';
import { PartnerRefused } from '../partners/partner-answer.ts';
import { type Intent, placedFact, reservationOf, type Timeline } from '../timeline/index.ts';
import { firstInstalment } from './first-instalment.ts';
import { providerOf } from './nothing-to-collect.ts';
import { payerFor } from './payer.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';
import { isOfPayment } from './refusal-of-payment.ts';

/** An intent, with the provider's reference for its void where that is another one. */
type ToVoid = Intent & { readonly authorisationReference?: string | undefined };

/**
 * Voids an intent of the order and gives its state. One whose start had no answer is started again under the same key,
 * which gives the same intent, so that it has a name to be voided by. Undefined: the provider refuses to make it, so
 * that none is there.
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
  const payer = await payerFor(deps, provider, { orderId, method });
  const before = factsUntilLeft(timeline, paymentId);
  const { payableUntil } = reservationOf(before);
  const first = defined({ firstInstalment: firstInstalment(before) });
  const start = { ...{ orderId, paymentId, amount, method, country, payableUntil }, ...payer, ...first };
  const payment = await startedAgain(() => provider.start(now(), start));
  return payment === undefined || payment.status === 'captured' ? payment : voidIt(payment.providerPaymentId);
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
