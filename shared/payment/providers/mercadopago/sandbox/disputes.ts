import { type MercadoBooks, toWire } from './books.ts';
import { MercadoRefusal } from './refusal.ts';
import { sites, type UserId, type WireChargeback, type WireClaim, type WirePayment } from './wire.ts';

const DAYS_FOR_DOCUMENTS = 10;
const chargebackTopic = { type: 'topic_chargebacks_wh', action: 'topic_chargebacks_wh.updated' };
const claimTopic = { type: 'topic_claims_integration_wh', action: 'topic_claims_integration_wh.updated' };

/** The payer contests the payment at the bank. The money is taken until the case is decided. */
export function openChargeback(books: MercadoBooks, payment: WirePayment): WireChargeback {
  const id = `2170000${payment.id}`;
  const chargeback: WireChargeback = {
    ...{ id, payments: [payment.id], currency: payment.currency_id, amount: payment.transaction_amount },
    ...{ reason: 'fraud', coverage_applied: null, coverage_elegible: true, documentation_required: true },
    ...{ documentation_status: 'pending', documentation: [] },
    date_documentation_deadline: toWire(books.sandbox.now() + DAYS_FOR_DOCUMENTS * 86_400_000),
    ...{ date_created: books.time(), date_last_updated: books.time(), live_mode: false },
  };
  books.save({ ...payment, status: 'charged_back', status_detail: 'in_process' }, 'payment.updated');
  return saveChargeback(books, chargeback);
}

/** GET /v1/chargebacks/{id} */
export function chargebackOf(books: MercadoBooks, id: string): WireChargeback {
  const found = books.sandbox.store.get<WireChargeback>('mercadopago.chargeback', id);
  if (found === undefined) throw new MercadoRefusal(404, 'Chargeback not found', 2000);
  return found;
}

/** POST /v1/chargebacks/{id}/documentation: the files are not read. */
export function documentChargeback(books: MercadoBooks, id: string): WireChargeback {
  const chargeback = chargebackOf(books, id);
  if (chargeback.documentation_status !== 'pending')
    throw new MercadoRefusal(400, 'Documentation is no longer taken', 2063);
  const documentation = [{ type: 'application/pdf', url: '', description: 'File: evidence.pdf' }];
  return saveChargeback(books, { ...chargeback, documentation, documentation_status: 'review_pending' });
}

export function decideChargeback(books: MercadoBooks, id: string, isWon: boolean): WireChargeback {
  const chargeback = chargebackOf(books, id);
  const isDocumented = chargeback.documentation_status === 'review_pending';
  const judged = isWon ? 'valid' : isDocumented ? 'invalid' : 'not_supplied';
  const [paymentId = 0] = chargeback.payments;
  const payment = books.payment(String(paymentId));
  const status = isWon ? 'approved' : 'charged_back';
  books.save({ ...payment, status, status_detail: isWon ? 'reimbursed' : 'settled' }, 'payment.updated');
  return saveChargeback(books, { ...chargeback, coverage_applied: isWon, documentation_status: judged });
}

function saveChargeback(books: MercadoBooks, chargeback: WireChargeback): WireChargeback {
  const saved = { ...chargeback, date_last_updated: books.time() };
  books.sandbox.store.put('mercadopago.chargeback', saved.id, saved);
  books.notify(chargebackTopic, saved.id, books.payment(String(saved.payments[0])));
  return saved;
}

/** The buyer complains at Mercado Pago. */
export function openClaim(books: MercadoBooks, payment: WirePayment): WireClaim {
  const userId = String(payment.collector_id) as UserId;
  const claim: WireClaim = {
    ...{ id: 5_000_000_000 + books.sandbox.store.next('mercadopago.claim'), resource: 'payment' },
    ...{ resource_id: payment.id, status: 'opened', type: 'mediations', stage: 'claim', parent_id: null },
    ...{ reason_id: 'PNR3430', resolution: null, site_id: sites[userId].site },
    ...{ date_created: books.time(), last_updated: books.time() },
  };
  books.save({ ...payment, status: 'in_mediation', status_detail: 'pending' }, 'payment.updated');
  return saveClaim(books, claim);
}

/** GET /post-purchase/v1/claims/{id} */
export function claimOf(books: MercadoBooks, id: string): WireClaim {
  const found = books.sandbox.store.get<WireClaim>('mercadopago.claim', id);
  if (found === undefined) throw new MercadoRefusal(404, 'Claim not found', 2000);
  return found;
}

export function mediateClaim(books: MercadoBooks, id: string): WireClaim {
  return saveClaim(books, { ...claimOf(books, id), stage: 'dispute' });
}

/** The mediator decides. If the buyer benefits, the money goes back. */
export function closeClaim(books: MercadoBooks, id: string, isWon: boolean): WireClaim {
  const claim = claimOf(books, id);
  const payment = books.payment(String(claim.resource_id));
  const status = isWon ? 'approved' : 'refunded';
  books.save({ ...payment, status, status_detail: isWon ? 'accredited' : 'refunded' }, 'payment.updated');
  const benefited = [isWon ? 'respondent' : 'complainant'] as const;
  const resolution = {
    reason: 'decision',
    date_created: books.time(),
    benefited,
    closed_by: 'mediator',
  } as const;
  return saveClaim(books, { ...claim, status: 'closed', resolution });
}

function saveClaim(books: MercadoBooks, claim: WireClaim): WireClaim {
  const saved = { ...claim, last_updated: books.time() };
  books.sandbox.store.put('mercadopago.claim', String(saved.id), saved);
  books.notify(claimTopic, String(saved.id), books.payment(String(saved.resource_id)));
  return saved;
}
