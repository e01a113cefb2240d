import { type AdyenBooks, newPspReference } from './books.ts';
import { move } from './payouts.ts';
import type { Dispute, Movement, Payment } from './wire.ts';

const DAY_MS = 86_400_000;

/** How a dispute goes on after the chargeback: what the merchant or the bank does, and the events that follow. */
const moves = {
  defend: ['INFORMATION_SUPPLIED'],
  win: ['CHARGEBACK_REVERSED'],
  again: ['SECOND_CHARGEBACK'],
  lapse: ['DISPUTE_DEFENSE_PERIOD_ENDED'],
} as const;

export type Move = keyof typeof moves;
export const isMove = (text: string): text is Move => Object.hasOwn(moves, text);

/** The shopper's bank takes the money back. */
export function openDispute(books: AdyenBooks, payment: Payment): void {
  const { amount } = payment;
  const dispute = { pspReference: newPspReference(), payment: payment.pspReference, amount };
  for (const event of ['NOTIFICATION_OF_CHARGEBACK', 'CHARGEBACK'])
    tell(books, { ...dispute, event }, payment);
}

/** The dispute with the next events. Undefined if there is none. */
export function moveDispute(books: AdyenBooks, pspReference: string, move: Move): Dispute | undefined {
  const dispute = books.dispute(pspReference);
  if (dispute === undefined) return undefined;
  const payment = books.payment(dispute.payment);
  for (const event of moves[move]) tell(books, { ...dispute, event }, payment);
  return books.dispute(pspReference);
}

/** Adyen's words for the stage, beside the event. */
const stages: Readonly<Record<string, string>> = {
  NOTIFICATION_OF_CHARGEBACK: 'Undefended',
  CHARGEBACK: 'Undefended',
  INFORMATION_SUPPLIED: 'Pending',
  CHARGEBACK_REVERSED: 'Pending',
  SECOND_CHARGEBACK: 'Lost',
  DISPUTE_DEFENSE_PERIOD_ENDED: 'Lost',
};

/** The journal types of the events that move money, and whether it goes to the merchant. */
const movements: Readonly<Record<string, readonly [Movement['type'], 1 | -1]>> = {
  CHARGEBACK: ['Chargeback', -1],
  CHARGEBACK_REVERSED: ['ChargebackReversed', 1],
  SECOND_CHARGEBACK: ['SecondChargeback', -1],
};

function tell(books: AdyenBooks, dispute: Dispute, payment: Payment): void {
  books.saveDispute(dispute);
  const { event, pspReference, amount } = dispute;
  const [type, sign] = movements[event] ?? [];
  if (type !== undefined && sign !== undefined)
    move(books, payment, {
      ...{ type, modification: pspReference, modificationReference: '' },
      amount: { ...amount, value: sign * amount.value },
    });
  const due = new Date(books.sandbox.now() + 14 * DAY_MS).toISOString().slice(0, 19);
  books.notify(
    {
      ...{ eventCode: event, success: 'true', pspReference, originalReference: payment.pspReference },
      ...{ merchantReference: payment.reference, amount, paymentMethod: payment.paymentMethod },
      reason: 'Merchandise/Services Not Received',
      additionalData: {
        ...{ chargebackReasonCode: '13.1', chargebackSchemeCode: 'visa', disputeStatus: stages[event] ?? '' },
        ...{ defendable: 'true', defensePeriodEndsAt: `${due}+00:00`, modificationMerchantReferences: '' },
      },
    },
    payment.reference,
  );
}
