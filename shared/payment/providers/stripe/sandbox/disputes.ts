import { newId } from '../../../../../infra/sandbox/random.ts';
import { type StripeBooks, type StripeCall, unasked } from './books.ts';
import { readForm, readText, refuseUnknown } from './form.ts';
import { StripeRefusal } from './refusal.ts';
import type { StripeDispute } from './wire.ts';

/** How long the cardholder's bank takes to decide (before pacing). */
const decisionDelayMs = 500;

/** The cardholder disputes the charge. The bank takes the money back until the dispute is decided. */
export function openDispute(books: StripeBooks, chargeId: string): StripeDispute {
  const charge = books.charge(chargeId);
  const created = books.nowSeconds();
  const dispute = books.saveDispute({
    id: newId('du'),
    object: 'dispute',
    amount: charge.amount_captured,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    evidence: {},
    evidence_details: {
      due_by: created + 9 * 86_400,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: charge.payment_method.endsWith('ProductNotReceived') ? 'product_not_received' : 'fraudulent',
    status: 'needs_response',
  });
  books.book('adjustment', dispute.id, -dispute.amount, dispute.currency);
  books.saveCharge({ ...charge, disputed: true });
  books.emit('charge.dispute.created', dispute, unasked);
  return dispute;
}

/**
 * POST /v1/disputes/{id}. With `submit` the bank decides soon afterwards. As in Stripe's test mode, the evidence
 * `uncategorized_text=winning_evidence` wins the dispute, and any other evidence loses it.
 */
export function answerDispute(books: StripeBooks, id: string, call: StripeCall): StripeDispute {
  refuseUnknown(call.params, ['evidence', 'metadata', 'submit']);
  const dispute = refuseDecided(books.dispute(id));
  const given = readForm(call.params, 'evidence') ?? {};
  const evidence = {
    ...dispute.evidence,
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])),
  };
  const submits = readText(call.params, 'submit') !== 'false' && Object.keys(evidence).length > 0;
  const details = dispute.evidence_details;
  if (submits) books.later('stripe.dispute_decision', decisionDelayMs, { dispute: id });
  const answered = books.saveDispute({
    ...dispute,
    evidence,
    evidence_details: {
      ...details,
      has_evidence: true,
      submission_count: details.submission_count + (submits ? 1 : 0),
    },
    status: submits ? 'under_review' : dispute.status,
  });
  books.emit('charge.dispute.updated', answered, call);
  return answered;
}

/** POST /v1/disputes/{id}/close: the merchant accepts the loss of the money. */
export function concedeDispute(books: StripeBooks, id: string, call: StripeCall): StripeDispute {
  return end(books, refuseDecided(books.dispute(id)), 'lost', call);
}

/** The bank's decision on a dispute under review. */
export function decideDispute(books: StripeBooks, id: string): void {
  const dispute = books.dispute(id);
  if (dispute.status !== 'under_review') return;
  end(books, dispute, dispute.evidence.uncategorized_text === 'winning_evidence' ? 'won' : 'lost', unasked);
}

function end(
  books: StripeBooks,
  dispute: StripeDispute,
  status: 'won' | 'lost',
  call: StripeCall,
): StripeDispute {
  if (status === 'won') books.book('adjustment', dispute.id, dispute.amount, dispute.currency);
  const closed = books.saveDispute({ ...dispute, status });
  books.emit('charge.dispute.closed', closed, call);
  return closed;
}

function refuseDecided(dispute: StripeDispute): StripeDispute {
  if (dispute.status === 'needs_response' || dispute.status === 'under_review') return dispute;
  throw new StripeRefusal(400, {
    type: 'invalid_request_error',
    message: `This dispute is already closed with status ${dispute.status}.`,
  });
}
