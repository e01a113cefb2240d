import type { PartnerHelp } from './pages/help.ts';
import type { Sandbox } from './partner.ts';

/** What shoppers and their banks do by themselves, by the word of a fault rule, as the page of a sandbox says it. */
const EFFECTS = {
  declined: 'the bank or the wallet refuses, whatever the shopper chose',
  other_amount: 'the shopper pays one unit more',
  other_currency: 'the shopper pays in USD, or in EUR where USD was asked for',
  paid_late: 'it can be paid although its time has run out',
  disputed: 'the shopper contests it as soon as it is paid',
  refund_fails: "a refund is accepted, and then the shopper's bank does not take it",
  capture_fails: 'a capture is reported, and fails some time afterwards',
} as const;

export type PaymentBehaviour = keyof typeof EFFECTS;

/** The behaviours of a sandbox, for its page. A partner has words of its own for what it does in another way. */
export const behavioursOf = (
  names: readonly PaymentBehaviour[],
  own: Readonly<Partial<Record<PaymentBehaviour, string>>> = {},
): NonNullable<PartnerHelp['behaviours']> =>
  names.map((name) => ({ name, effect: own[name] ?? EFFECTS[name] }));

/** What concerns the payment itself, and neither its refunds nor its captures. */
const OF_PAYMENT = ['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed'] as const;
type OfPayment = (typeof OF_PAYMENT)[number];

/** How the shopper of the payment with this text behaves; undefined for one who does what is chosen on the page. */
export const shopperBehaviour = ({ behaviour }: Sandbox, text: string): OfPayment | undefined =>
  behaviour(text, OF_PAYMENT);

/** Whether the shopper's bank does not take a refund of the payment with this text. */
export const refundFails = ({ behaviour }: Sandbox, text: string): boolean =>
  behaviour(text, ['refund_fails']) !== undefined;

/** Whether a capture of the payment with this text fails after it was reported. */
export const captureFails = ({ behaviour }: Sandbox, text: string): boolean =>
  behaviour(text, ['capture_fails']) !== undefined;

/** An amount in the partner's smallest unit. */
interface Asked {
  readonly amount: number;
  readonly currency: string;
}

/** What the shopper pays of what was asked for. `unit` is the smallest step of amounts at the partner. */
export function paidOf({ amount, currency }: Asked, behaviour: string | undefined, unit = 1): Asked {
  if (behaviour === 'other_amount') return { amount: amount + unit, currency };
  if (behaviour !== 'other_currency') return { amount, currency };
  const other = currency.toUpperCase() === 'USD' ? 'EUR' : 'USD';
  return { amount, currency: currency === currency.toUpperCase() ? other : other.toLowerCase() };
}
