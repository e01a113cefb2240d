import type { Cause } from '../../events/envelope.ts';
import { PartnerRefused } from '../partners/partner-answer.ts';
import { PartnerNotSetUp, SettingsRefused } from '../partners/plug-in.ts';
import { PartnerUnavailable } from '../partners/send.ts';
import { NotYet, type Timeline } from '../timeline/index.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { settleIntent } from './settle-earlier.ts';

/**
 * Settles an intent that was left before the shopper sees the next one, so that no two can be paid. Where its provider
 * gives no answer, or can't void it yet, nothing is thrown: the step that settles intents asks again until it is void.
 */
export async function settleIfAnswered(
  deps: PaymentDeps,
  timeline: Timeline,
  paymentId: string,
  cause: Cause,
): Promise<void> {
  try {
    await settleIntent(deps, timeline, paymentId, cause);
  } catch (error) {
    const isExpected =
      error instanceof PartnerUnavailable ||
      error instanceof PartnerRefused ||
      error instanceof PartnerNotSetUp ||
      error instanceof SettingsRefused ||
      error instanceof NotYet;
    if (!isExpected) throw error;
  }
}
