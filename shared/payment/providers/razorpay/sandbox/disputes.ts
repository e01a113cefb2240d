import { newId } from '../../../../../infra/sandbox/random.ts';
import type { RazorpayBooks, WirePayment } from './books.ts';
import { RazorpayRefusal } from './requests.ts';

interface WireDispute {
  readonly id: string;
  readonly entity: 'dispute';
  readonly payment_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly amount_deducted: number;
  readonly reason_code: string;
  readonly respond_by: number;
  readonly status: 'open' | 'under_review' | 'won' | 'lost';
  readonly phase: 'chargeback';
  readonly created_at: number;
}

const TEN_DAYS_S = 864_000;

export function openDispute(books: RazorpayBooks, { id, amount, currency }: WirePayment): void {
  save(books, 'created', {
    ...{ id: newId('disp', 14), entity: 'dispute', payment_id: id, amount, currency, amount_deducted: 0 },
    ...{ reason_code: 'goods_or_services_not_received', respond_by: books.seconds() + TEN_DAYS_S },
    ...{ status: 'open', phase: 'chargeback', created_at: books.seconds() },
  });
}

/** The bank decides. A dispute that is lost takes the money. */
export function decideDispute(books: RazorpayBooks, id: string, outcome: string | null): WireDispute {
  const dispute = books.sandbox.store.get<WireDispute>('razorpay.dispute', id);
  if (dispute === undefined) throw new RazorpayRefusal(400, 'The id provided does not exist');
  if (outcome !== 'won' && outcome !== 'lost' && outcome !== 'under_review') return dispute;
  const amount_deducted = outcome === 'lost' ? dispute.amount : 0;
  return save(books, outcome, { ...dispute, status: outcome, amount_deducted });
}

function save(books: RazorpayBooks, word: string, dispute: WireDispute): WireDispute {
  books.sandbox.store.put('razorpay.dispute', dispute.id, dispute);
  books.report(`payment.dispute.${word}`, { payment: books.payment(dispute.payment_id), dispute });
  return dispute;
}
