import * as z from 'zod';
import { type Money, money, negate, sum } from '../../kernel/money.ts';
import { amount, count, day, text } from '../answer/columns.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { periodKinds } from '../period/report-period.ts';
import { accounts, carrierInvoices, freightDisputes, openDeposits } from './ledger-queries.ts';
import { counterpartiesOf, notListed, openItemsOf } from './open-items.ts';

type AccountRow = z.infer<typeof accounts.row>;

const ACCOUNT = text(
  'Account',
  'The account of the ledger, such as customer-deposits, sales or duty-owed:US:cbp.',
);
const WHEN =
  'A posting counts at the instant at which its fact happened. Amounts stay in their own currency.';

/** Every account of the ledger: what it held, what was booked, and what it holds. */
export const ledger = defineLakeReport({
  name: 'ledger',
  title: 'Ledger',
  says: 'The trial balance, open items by order and parcel, and balances with each counterparty.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({
    olderThanDays: z
      .string()
      .regex(/^\d{1,4}$/, 'a number of days such as 30')
      .optional()
      .describe(
        'Only open items that are older than this number of days when the period ends. All of them if absent.',
      ),
  }),
  queries: { accounts, deposits: openDeposits, disputes: freightDisputes, invoices: carrierInvoices },
  tables: {
    'trial-balance': {
      title: 'Trial balance',
      columns: {
        account: ACCOUNT,
        opening: amount(
          'Opening',
          `The balance when the period began. A positive balance is a debit. ${WHEN}`,
        ),
        debits: amount('Debits', 'What was debited in the period.'),
        credits: amount('Credits', 'What was credited in the period.'),
        closing: amount('Closing', 'Opening + debits - credits: the balance when the period ended.'),
      },
    },
    owed: {
      title: 'Owed to authorities',
      columns: {
        authority: text('Owed to', 'The authority or the scheme: DE:ioss, US:cbp.'),
        what: text('What', 'duty, tax or fee.'),
        opening: amount('Opening', 'What was owed when the period began.'),
        added: amount('Became owed', 'What parcels that left, and accepted payments under a scheme, added.'),
        taken: amount('Taken back', 'What refunds, stops and payments to the authority took off.'),
        closing: amount('Closing', 'Opening + became owed - taken back: what is owed when the period ended.'),
      },
    },
    'open-items': {
      title: 'Open items',
      columns: {
        what: text(
          'What',
          'paid-not-sent: the deposit of an order whose parcels have not all left. freight-dispute: what a carrier charged above the rate card, until the dispute is settled.',
        ),
        side: text('Side', 'payable: we owe it. receivable: it is owed to us, or disputed by us.'),
        counterparty: text('Counterparty', 'shopper, or the carrier.'),
        order: text('Order', 'The order.'),
        parcel: text('Parcel', 'The parcel of a disputed invoice; empty where it is the whole order.'),
        amount: amount('Amount', 'What is open when the period ends.'),
        since: day('Since', 'The UTC day of the first posting, or of the invoice.'),
        days: count(
          'Days',
          'Whole days from then until the period ends. The oldest thousand of each kind are listed.',
        ),
      },
    },
    counterparties: {
      title: 'By counterparty',
      columns: {
        counterparty: text(
          'Counterparty',
          'shoppers, a payment provider, an authority or scheme, or a carrier.',
        ),
        kind: text('Kind', 'shoppers, provider, authority or carrier.'),
        payable: amount(
          'We owe',
          'When the period ends: deposits of shoppers, and duty, tax and fees. Of carriers what they invoiced, less what they credited: no payment to a carrier is booked, so that it only grows.',
        ),
        receivable: amount(
          'Owed to us',
          'When the period ends: what providers took and gave back less. Payouts are not booked, so that it only grows. Of carriers what is disputed.',
        ),
      },
    },
    totals: {
      title: 'Totals by currency',
      columns: {
        currency: text('Currency', 'Each currency balances by itself. Nothing is converted.'),
        debits: amount('Debits', 'All debits of the period.'),
        credits: amount('Credits', 'All credits of the period. They equal the debits.'),
      },
    },
  },
  charts: [],
  shape: ({ accounts: found, deposits, disputes, invoices }, { period, parameters }) => {
    const open = { deposits, disputes };
    return {
      rows: {
        'trial-balance': found.map(balanceOf),
        owed: found.flatMap(owedOf),
        'open-items': openItemsOf(open, {
          to: period.to,
          olderThanDays: Number(parameters.olderThanDays ?? -1),
        }),
        counterparties: counterpartiesOf(found, invoices),
        totals: totalsOf(found),
      },
      notCounted: [...unbalanced(found), ...notListed(open)],
    };
  },
});

function figuresOf({ currency, opening, debits, credits }: AccountRow) {
  const closing = money(opening + debits - credits, currency);
  return {
    opening: money(opening, currency),
    debits: money(debits, currency),
    credits: money(credits, currency),
    closing,
  };
}

const balanceOf = (row: AccountRow) => ({ account: row.account, ...figuresOf(row) });

/** Debts are credits, and are shown as what is owed. */
function owedOf(row: AccountRow) {
  const [, what, authority] = /^(duty|tax|fee)-owed:(.+)$/.exec(row.account) ?? [];
  if (what === undefined || authority === undefined) return [];
  const { opening, debits, credits, closing } = figuresOf(row);
  return [
    { authority, what, opening: negate(opening), added: credits, taken: debits, closing: negate(closing) },
  ];
}

function totalsOf(found: readonly AccountRow[]) {
  return [...new Set(found.map(({ currency }) => currency))].sort().map((currency) => {
    const own = found.filter((row) => row.currency === currency).map(figuresOf);
    const all = (figure: 'debits' | 'credits'): Money =>
      sum(
        own.map((each) => each[figure]),
        currency,
      );
    return { currency, debits: all('debits'), credits: all('credits') };
  });
}

/** A journal balances. If the sums do not, postings are missing in the lake. */
function unbalanced(found: readonly AccountRow[]): NotCounted[] {
  return totalsOf(found)
    .filter(({ debits, credits }) => debits.amountMinor !== credits.amountMinor)
    .map(({ currency, debits, credits }) => ({
      code: 'not-balanced',
      says: `minor units of ${currency} by which debits and credits differ: postings are missing in the lake`,
      count: Math.abs(debits.amountMinor - credits.amountMinor),
    }));
}
