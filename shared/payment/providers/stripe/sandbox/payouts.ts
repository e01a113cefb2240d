import { newId } from '../../../../../infra/sandbox/random.ts';
import type { StripeBooks } from './books.ts';
import type { StripeBalanceTransaction, StripePayout } from './wire.ts';

/**
 * The automatic payout of everything that no payout has yet, one in each currency whose sum is above zero. Stripe pays
 * out what is available, a few days after the charge; here it is available at once.
 */
export function payOut(books: StripeBooks): { object: 'list'; data: StripePayout[] } {
  const unpaid = books.unpaidTransactions().filter(({ type }) => type !== 'payout');
  const data = [...Map.groupBy(unpaid, ({ currency }) => currency)].flatMap(([currency, transactions]) => {
    const amount = transactions.reduce((all, { net }) => all + net, 0);
    return amount > 0 ? [payoutOf(books, { currency, amount, transactions })] : [];
  });
  return { object: 'list', data };
}

function payoutOf(
  books: StripeBooks,
  paid: { currency: string; amount: number; transactions: StripeBalanceTransaction[] },
): StripePayout {
  const { currency, amount, transactions } = paid;
  const id = newId('po');
  const own = books.book('payout', id, { amount: -amount, currency });
  const created = books.nowSeconds();
  const payout: StripePayout = {
    id,
    object: 'payout',
    amount,
    arrival_date: created,
    automatic: true,
    balance_transaction: own.id,
    created,
    currency,
    livemode: false,
    method: 'standard',
    reconciliation_status: 'completed',
    status: 'paid',
    type: 'bank_account',
  };
  return books.savePayout(payout, [...transactions, own]);
}
