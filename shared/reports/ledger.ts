import * as z from 'zod';
import { currencySchema } from '../kernel/currency.ts';
import { type Money, money, negate, sum } from '../kernel/money.ts';
import { amount, text } from './answer/columns.ts';
import type { NotCounted } from './answer/report-answer.ts';
import { defineLakeReport, lakeQuery, wholeCell } from './lake/lake-report.ts';
import { periodKinds } from './period/report-period.ts';

/** The postings of the ledger until the end of the period, by account and currency. */
const accounts = lakeQuery(
  {
    account: z.string(),
    currency: currencySchema,
    opening: wholeCell,
    debits: wholeCell,
    credits: wholeCell,
  },
  ({ until, from, to }) => `
    SELECT j.account AS account, j.currency AS currency,
      CAST(SUM(CASE WHEN j.occurred_at < ${from} THEN j.amount_minor ELSE 0 END) AS BIGINT) AS opening,
      CAST(SUM(CASE WHEN j.occurred_at >= ${from} AND j.amount_minor > 0 THEN j.amount_minor ELSE 0 END) AS BIGINT)
        AS debits,
      CAST(SUM(CASE WHEN j.occurred_at >= ${from} AND j.amount_minor < 0 THEN -j.amount_minor ELSE 0 END) AS BIGINT)
        AS credits
    FROM ${until('journals')} j
    WHERE j.occurred_at < ${to}
    GROUP BY j.account, j.currency
    ORDER BY j.account, j.currency`,
);

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
  says: 'The trial balance, and what is owed to each authority.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { accounts },
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
  shape: ({ accounts: found }) => ({
    rows: { 'trial-balance': found.map(balanceOf), owed: found.flatMap(owedOf), totals: totalsOf(found) },
    notCounted: unbalanced(found),
  }),
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
