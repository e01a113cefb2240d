import { defined } from '../../../kernel/defined.ts';
import { zero } from '../../../kernel/money.ts';
import { toInstant } from '../../../kernel/time.ts';
import type { PaymentUpdate, ProviderDispute } from '../../provider.ts';
import { type AdyenItem, textOf, wordOf } from './item.ts';
import { readAmount } from './link.ts';
import { readReference } from './references.ts';

type Meaning = readonly [ProviderDispute['status'], taken: boolean];

/**
 * Our status for each event of a dispute, and whether the money is with the shopper's bank then. All events of a
 * dispute have the same `pspReference`. A reversed chargeback may still be lost by a second one.
 */
const events: Readonly<Record<string, Meaning>> = {
  REQUEST_FOR_INFORMATION: ['opened', false],
  NOTIFICATION_OF_CHARGEBACK: ['opened', false],
  CHARGEBACK: ['evidence-due', true],
  INFORMATION_SUPPLIED: ['submitted', true],
  CHARGEBACK_REVERSED: ['won', false],
  ISSUER_RESPONSE_TIMEFRAME_EXPIRED: ['won', false],
  PREARBITRATION_WON: ['won', false],
  PREARBITRATION_ISSUER_WITHDRAWN: ['won', false],
  SCHEME_ARBITRATION_WON: ['won', false],
  SECOND_CHARGEBACK: ['lost', true],
  PREARBITRATION_ACCEPTED: ['lost', true],
  PREARBITRATION_LOST: ['lost', true],
  SCHEME_ARBITRATION_LOST: ['lost', true],
  DISPUTE_DEFENSE_PERIOD_ENDED: ['lost', true],
};

export const disputeEvents = Object.keys(events);

/** The stages of a request for information, in which no money was taken. */
const OF_INFORMATION = ['Unresponded', 'Responded', 'Expired'];

/** Reads an event about a dispute. The reference in it is that of the payment. */
export function readDispute(item: AdyenItem): PaymentUpdate {
  const { eventCode, pspReference, originalReference = pspReference, merchantReference } = item;
  const owner = readReference(merchantReference);
  const meaning = events[eventCode];
  if (meaning === undefined || owner === undefined)
    return { kind: 'unrecognised', word: `${eventCode}: not our payment` };
  const isQuestion = OF_INFORMATION.includes(textOf(item, 'disputeStatus') ?? '');
  // The time to answer a question is over. No money moves by that.
  if (isQuestion && eventCode === 'DISPUTE_DEFENSE_PERIOD_ENDED') return { kind: 'ignored', word: eventCode };
  const [status, taken] = meaning;
  const amount = readAmount(item.amount);
  const due = textOf(item, 'defensePeriodEndsAt');
  const waits = status === 'opened' || status === 'evidence-due';
  return {
    kind: 'dispute',
    owner: { orderId: owner.orderId, paymentId: owner.paymentId },
    providerPaymentId: originalReference,
    dispute: {
      ...{ disputeId: pspReference, status, amount, reason: reasonOf(item) },
      withdrawn: taken && !isQuestion ? amount : zero(amount.currency),
      ...defined({ evidenceDueAt: waits ? readTime(due) : undefined, statedAt: readTime(item.eventDate) }),
    },
  };
}

/** The scheme's code of the reason, or Adyen's words. */
const reasonOf = (item: AdyenItem): string =>
  (textOf(item, 'chargebackReasonCode') ?? textOf(item, 'rfiReasonCode'))?.trim() ?? wordOf(item.reason);

function readTime(text: string | undefined) {
  if (text === undefined) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : toInstant(time);
}
