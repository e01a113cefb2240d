import { newId } from '../../../../../infra/sandbox/random.ts';
import { type StripeBooks, type StripeCall, unasked } from './books.ts';
import { mergeMetadata, readForm, readText, refuseUnknown } from './form.ts';
import { invalid, noSuch, StripeRefusal } from './refusal.ts';
import type { StripeDispute } from './wire.ts';

/** How long the cardholder's bank takes to decide (before pacing). */
const decisionDelayMs = 500;

/** What Stripe keeps for a dispute that is no inquiry, in the currency's smallest unit. It depends on the account. */
const disputeFee = 1_500;

/** An inquiry is a question before a chargeback: no money moves. */
export type DisputeKind = 'inquiry' | 'chargeback';

/** The cardholder disputes the charge. The bank takes the money of a chargeback back until the dispute is decided. */
export function openDispute(books: StripeBooks, chargeId: string, kind: DisputeKind): StripeDispute {
  const charge = books.charge(chargeId);
  const created = books.nowSeconds();
  const opened = books.saveDispute({
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
    is_charge_refundable: kind === 'inquiry',
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: charge.payment_method.endsWith('ProductNotReceived') ? 'product_not_received' : 'fraudulent',
    status: 'warning_needs_response',
  });
  books.saveCharge({ ...charge, disputed: true });
  const dispute = kind === 'inquiry' ? opened : withdraw(books, opened);
  books.emit('charge.dispute.created', dispute, unasked);
  return dispute;
}

/** The bank takes the money back, and Stripe its fee. */
function withdraw(books: StripeBooks, dispute: StripeDispute): StripeDispute {
  const { id, amount, currency, balance_transactions: before } = dispute;
  const withdrawn = books.book('adjustment', id, { amount: -amount, currency, fee: disputeFee });
  return books.saveDispute({
    ...dispute,
    balance_transactions: [...before, withdrawn],
    is_charge_refundable: false,
    status: 'needs_response',
  });
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
  const file = evidence.uncategorized_file;
  if (file !== undefined && books.find(file) === undefined)
    throw noSuch('file upload', file, 'evidence[uncategorized_file]');
  const submits = readText(call.params, 'submit') !== 'false' && Object.keys(evidence).length > 0;
  const details = dispute.evidence_details;
  if (submits) books.later('stripe.dispute_decision', decisionDelayMs, { dispute: id });
  const answered = books.saveDispute({
    ...dispute,
    evidence,
    metadata: mergeMetadata(dispute.metadata, call.params),
    evidence_details: {
      ...details,
      has_evidence: true,
      submission_count: details.submission_count + (submits ? 1 : 0),
    },
    status: submits ? reviewed(dispute) : dispute.status,
  });
  books.emit('charge.dispute.updated', answered, call);
  return answered;
}

const isInquiry = ({ status }: StripeDispute): boolean => status.startsWith('warning_');

const reviewed = (dispute: StripeDispute) => (isInquiry(dispute) ? 'warning_under_review' : 'under_review');

/** POST /v1/disputes/{id}/close: the merchant accepts the loss of the money. */
export function concedeDispute(books: StripeBooks, id: string, call: StripeCall): StripeDispute {
  return end(books, refuseDecided(books.dispute(id)), 'lost', call);
}

/** What the bank does without being asked: it makes a chargeback of an inquiry, or decides before its time. */
export function decideAsBank(books: StripeBooks, id: string, outcome: string): StripeDispute {
  const dispute = refuseDecided(books.dispute(id));
  if (outcome === 'won' || outcome === 'lost') return end(books, dispute, outcome, unasked);
  if (outcome !== 'escalate' || !isInquiry(dispute))
    throw invalid('outcome', 'Only an inquiry escalates; every dispute is won or lost.');
  const escalated = withdraw(books, dispute);
  books.emit('charge.dispute.updated', escalated, unasked);
  return escalated;
}

/** The bank's decision on a dispute under review. */
export function decideDispute(books: StripeBooks, id: string): void {
  const dispute = books.dispute(id);
  if (dispute.status !== reviewed(dispute)) return;
  end(books, dispute, dispute.evidence.uncategorized_text === 'winning_evidence' ? 'won' : 'lost', unasked);
}

function end(
  books: StripeBooks,
  dispute: StripeDispute,
  status: 'won' | 'lost',
  call: StripeCall,
): StripeDispute {
  const wasInquiry = isInquiry(dispute);
  const returned =
    status === 'won' && !wasInquiry
      ? [books.book('adjustment', dispute.id, { amount: dispute.amount, currency: dispute.currency })]
      : [];
  const closed = books.saveDispute({
    ...dispute,
    balance_transactions: [...dispute.balance_transactions, ...returned],
    status: wasInquiry ? 'warning_closed' : status,
  });
  books.emit('charge.dispute.closed', closed, call);
  return closed;
}

function refuseDecided(dispute: StripeDispute): StripeDispute {
  if (!['won', 'lost', 'warning_closed'].includes(dispute.status)) return dispute;
  throw new StripeRefusal(400, {
    type: 'invalid_request_error',
    message: `This dispute is already closed with status ${dispute.status}.`,
  });
}
