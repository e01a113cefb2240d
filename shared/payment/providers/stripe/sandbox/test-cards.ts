import type { TestCard } from '../../../../../infra/sandbox/checkout.ts';

/** Numbers and the test methods that stand for the same cards, as docs.stripe.com/testing lists them. */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', id: 'pm_card_visa', effect: 'pays (Visa)' },
  { number: '4000056655665556', id: 'pm_card_visa_debit', effect: 'pays (Visa debit)' },
  { number: '5555555555554444', id: 'pm_card_mastercard', effect: 'pays (Mastercard)' },
  { number: '378282246310005', id: 'pm_card_amex', effect: 'pays (American Express)' },
  { number: '3566002020360505', id: 'pm_card_jcb', effect: 'pays (JCB)' },
  { number: '4000000000000002', id: 'pm_card_chargeDeclined', effect: 'is declined' },
  {
    number: '4000000000009995',
    id: 'pm_card_chargeDeclinedInsufficientFunds',
    effect: 'is declined: insufficient funds',
  },
  {
    number: '4000000000009987',
    id: 'pm_card_chargeDeclinedLostCard',
    effect: 'is declined: the card was lost',
  },
  {
    number: '4000000000009979',
    id: 'pm_card_chargeDeclinedStolenCard',
    effect: 'is declined: the card was stolen',
  },
  { number: '4000000000000069', id: 'pm_card_chargeDeclinedExpiredCard', effect: 'is refused: expired' },
  { number: '4000000000000127', id: 'pm_card_chargeDeclinedIncorrectCvc', effect: 'is refused: wrong CVC' },
  {
    number: '4000000000000119',
    id: 'pm_card_chargeDeclinedProcessingError',
    effect: 'is refused: processing error',
  },
  {
    number: '4000002760003184',
    id: 'pm_card_authenticationRequired',
    effect: 'asks the cardholder to confirm (3-D Secure), then pays',
  },
  {
    number: '4000008260003178',
    id: 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    effect: 'asks the cardholder to confirm (3-D Secure), then is declined',
  },
  {
    number: '4000000000003055',
    id: 'pm_card_threeDSecureOptional',
    effect: 'pays; asks the cardholder to confirm (3-D Secure) if the merchant wants that',
  },
  {
    number: '4000000000000341',
    id: 'pm_card_chargeCustomerFail',
    effect: 'pays; is declined when it is charged later without the cardholder',
  },
  {
    number: '4000000000000259',
    id: 'pm_card_createDispute',
    effect: 'pays; the cardholder disputes the payment afterwards',
  },
  {
    number: '4000000000001976',
    id: 'pm_card_createDisputeInquiry',
    effect: 'pays; the cardholder asks about the payment afterwards, before a dispute',
  },
  {
    number: '4000000000007726',
    id: 'pm_card_pendingRefund',
    effect: 'pays; a refund stays pending for a while',
  },
  { number: '4000000000005126', id: 'pm_card_refundFail', effect: 'pays; a refund fails later' },
];

/** The test method of the card with this number. Undefined if no test card has this number. */
export function cardMethodOf(number: string): string | undefined {
  return testCards.find((card) => card.number === number)?.id;
}

/** Whether the check digit is right (ISO/IEC 7812-1, annex B). If not, the number has a typing error. */
export function isCardNumber(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((all, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
