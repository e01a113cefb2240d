import { randomInt } from 'node:crypto';
import { type Amount, type Capture, newPayPalId, type Order, type PayPalBooks } from './books.ts';
import { PayPalRefusal } from './refusal.ts';
import { move as moveMoney } from './report.ts';

interface Dispute {
  readonly dispute_id: string;
  readonly status: string;
  readonly reason: string;
  readonly dispute_life_cycle_stage: string;
  readonly dispute_amount: Amount;
  readonly dispute_outcome?: { readonly outcome_code: string };
  readonly seller_response_due_date?: string;
  readonly disputed_transactions: readonly {
    readonly seller_transaction_id: string;
    readonly custom: string;
  }[];
}

const DAY_MS = 86_400_000;

/** How a dispute goes on: what the shopper, the merchant or PayPal does. */
const moves: Readonly<Record<string, Partial<Dispute>>> = {
  escalate: { dispute_life_cycle_stage: 'CHARGEBACK', status: 'WAITING_FOR_SELLER_RESPONSE' },
  defend: { dispute_life_cycle_stage: 'CHARGEBACK', status: 'UNDER_REVIEW' },
  win: { status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' } },
  lose: { status: 'RESOLVED', dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR' } },
  withdraw: { status: 'RESOLVED', dispute_outcome: { outcome_code: 'CANCELED_BY_BUYER' } },
};

export function openDispute(books: PayPalBooks, order: Order, { id, amount }: Capture): void {
  const dispute: Dispute = {
    ...{ dispute_id: `PP-D-${randomInt(10_000, 99_999)}`, status: 'WAITING_FOR_SELLER_RESPONSE' },
    ...{
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      dispute_life_cycle_stage: 'INQUIRY',
      dispute_amount: amount,
    },
    seller_response_due_date: new Date(books.sandbox.now() + 10 * DAY_MS).toISOString(),
    disputed_transactions: [{ seller_transaction_id: id, custom: order.custom_id ?? '' }],
  };
  tell(books, 'CUSTOMER.DISPUTE.CREATED', dispute);
}

export function showDispute(books: PayPalBooks, id: string): object {
  const dispute = books.sandbox.store.get<Dispute>('paypal.dispute', id);
  if (dispute === undefined) throw new PayPalRefusal(404, 'INVALID_RESOURCE_ID');
  return dispute;
}

/** The next step of a dispute; undefined if there is no such dispute or step. */
export function moveDispute(books: PayPalBooks, id: string, move: string): object | undefined {
  const dispute = books.sandbox.store.get<Dispute>('paypal.dispute', id);
  const change = Object.hasOwn(moves, move) ? moves[move] : undefined;
  if (dispute === undefined || change === undefined) return undefined;
  const moved = { ...dispute, ...change };
  moveBalance(books, dispute, moved);
  const isOver = moved.status === 'RESOLVED';
  tell(books, isOver ? 'CUSTOMER.DISPUTE.RESOLVED' : 'CUSTOMER.DISPUTE.UPDATED', moved);
  return moved;
}

/** PayPal holds the money of a claim. It releases it when it decides, and takes it if the shopper was right. */
function moveBalance(books: PayPalBooks, before: Dispute, after: Dispute): void {
  const isHeld = ({ status, dispute_life_cycle_stage: stage }: Dispute) =>
    stage !== 'INQUIRY' && status !== 'RESOLVED';
  const [{ seller_transaction_id: about = '', custom = '' } = {}] = after.disputed_transactions;
  const line = { amount: after.dispute_amount, custom, about };
  const { dispute_id: hold } = after;
  if (!isHeld(before) && isHeld(after))
    moveMoney(books, { ...line, id: hold, code: 'T1110', isCredit: false });
  if (isHeld(before) && !isHeld(after))
    moveMoney(books, { ...line, id: hold, code: 'T1111', isCredit: true });
  if (before.status !== 'RESOLVED' && after.dispute_outcome?.outcome_code === 'RESOLVED_BUYER_FAVOUR')
    moveMoney(books, { ...line, id: newPayPalId(), code: 'T1106', isCredit: false });
}

function tell(books: PayPalBooks, type: string, dispute: Dispute): void {
  books.sandbox.store.put('paypal.dispute', dispute.dispute_id, dispute);
  const [{ custom = '' } = {}] = dispute.disputed_transactions;
  books.emit(type, dispute, { id: dispute.dispute_id, custom_id: custom });
}
