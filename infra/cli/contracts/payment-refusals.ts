import { money } from '../../../shared/kernel/money.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { type EvidenceRefusal, evidenceProblem } from '../../../shared/payment/evidence/index.ts';
import {
  type ChoiceRefusal,
  choiceProblem,
  type RefundRefusal,
  refundProblem,
  refundUnknown,
} from '../../../shared/payment/index.ts';

/** One refusal of each reason. */
type OfEach<Refusal extends { readonly reason: string }> = {
  readonly [Reason in Refusal['reason']]: Refusal & { readonly reason: Reason };
};

const refundRefusals: OfEach<RefundRefusal> = {
  'nothing-captured': { reason: 'nothing-captured' },
  'other-currency': { reason: 'other-currency' },
  'request-reused': { reason: 'request-reused' },
  'order-running': { reason: 'order-running', most: money(1_958, 'EUR') },
  'more-than-is-left': { reason: 'more-than-is-left', left: money(4_462, 'EUR') },
  'amount-digits': { reason: 'amount-digits', step: money(100, 'IDR') },
  'window-over': { reason: 'window-over', days: 180 },
  'paid-in-cash': { reason: 'paid-in-cash' },
  'units-without-price': { reason: 'units-without-price' },
  'lines-refused': {
    reason: 'lines-refused',
    problems: [
      { pointer: '/lines/0/quantity', code: 'more-units-than-are-left', detail: 'at most 1 can go back' },
    ],
  },
};

const choiceRefusals: OfEach<ChoiceRefusal> = {
  'payment-refused': { reason: 'payment-refused' },
  'payer-needs': { reason: 'payer-needs', field: 'vpa' },
  'provider-blocked': { reason: 'provider-blocked', blocker: 'settings' },
  'method-not-offered': { reason: 'method-not-offered', others: ['card', 'klarna'] },
  'order-over': { reason: 'order-over' },
  'already-paid': { reason: 'already-paid' },
  'slot-before-payment': { reason: 'slot-before-payment' },
  'too-many-intents': { reason: 'too-many-intents' },
};

/** The refusals of a refund that an operator asks for or confirms. */
export const refundProblems: readonly Problem[] = [
  ...Object.values(refundRefusals).map((refusal) =>
    refundProblem(refusal, refusal.reason.startsWith('units-') ? '/lines' : '/amount'),
  ),
  refundUnknown,
];

/** The refusals of a method that a shopper chooses for an order. */
export const choiceProblems: readonly Problem[] = Object.values(choiceRefusals).map(choiceProblem);

const evidenceRefusals: { readonly [Refusal in EvidenceRefusal]: Refusal } = {
  'dispute-unknown': 'dispute-unknown',
  'not-by-api': 'not-by-api',
  'evidence-not-wanted': 'evidence-not-wanted',
  'evidence-too-late': 'evidence-too-late',
  'request-reused': 'request-reused',
};

/** The refusals of evidence that an operator submits. */
export const evidenceProblems: readonly Problem[] = Object.values(evidenceRefusals).map(evidenceProblem);
