import type * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import { add, type Money, money, zero } from '../../kernel/money.ts';
import { dayMs, type Instant } from '../../kernel/time.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import type { accounts, carrierInvoices, freightDisputes, openDeposits } from './ledger-queries.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];

interface Open {
  readonly deposits: Rows<typeof openDeposits>;
  readonly disputes: Rows<typeof freightDisputes>;
}

/** What is open when the period ends at `to`, and older than the number of days; the oldest first. */
export function openItemsOf(
  { deposits, disputes }: Open,
  { to, olderThanDays }: { readonly to: Instant; readonly olderThanDays: number },
) {
  const ageOf = (since: Instant) => ({
    since: since.slice(0, 10),
    days: Math.floor((Date.parse(to) - Date.parse(since)) / dayMs),
  });
  const items = [
    ...deposits.map(({ order_id, currency, balance, since }) => ({
      what: 'paid-not-sent',
      side: balance < 0 ? 'payable' : 'receivable',
      ...{ counterparty: 'shopper', order: order_id, parcel: null },
      ...{ amount: money(Math.abs(balance), currency), ...ageOf(since) },
    })),
    ...disputes.map(({ order_id, parcel_id, carrier, currency, excess, since }) => ({
      ...{ what: 'freight-dispute', side: 'receivable', counterparty: carrier },
      ...{ order: order_id, parcel: parcel_id, amount: money(excess, currency), ...ageOf(since) },
    })),
  ];
  return items.filter(({ days }) => days > olderThanDays).sort((a, b) => b.days - a.days);
}

/** How many open items were too many to list. */
export function notListed({ deposits, disputes }: Open): NotCounted[] {
  const left = (rows: readonly { readonly items: number }[], says: string): NotCounted[] => {
    const count = (rows[0]?.items ?? 0) - rows.length;
    return count > 0 ? [{ code: 'not-listed', says, count }] : [];
  };
  return [
    ...left(deposits, 'orders with an open deposit that are younger than those of the table open-items'),
    ...left(disputes, 'disputed invoices that are younger than those of the table open-items'),
  ];
}

interface Side {
  readonly counterparty: string;
  readonly kind: string;
  readonly currency: Currency;
  readonly payable: Money;
  readonly receivable: Money;
}

/** What we owe to each counterparty, and what each owes to us, in each currency. */
export function counterpartiesOf(found: Rows<typeof accounts>, invoices: Rows<typeof carrierInvoices>) {
  const sides = [
    ...found.flatMap(({ account, currency, opening, debits, credits }): Side[] => {
      const balance = opening + debits - credits;
      const [name, ...rest] = account.split(':');
      const other = rest.join(':');
      const owed = { currency, payable: money(-balance, currency), receivable: zero(currency) };
      if (name === 'customer-deposits') return [{ counterparty: 'shoppers', kind: 'shoppers', ...owed }];
      if (/^(duty|tax|fee)-owed$/.test(name ?? ''))
        return [{ counterparty: other, kind: 'authority', ...owed }];
      if (!/^(provider-clearing|provider-reserve|chargebacks|cod-in-transit)$/.test(name ?? '')) return [];
      const due = { currency, payable: zero(currency), receivable: money(balance, currency) };
      return [{ counterparty: other, kind: 'provider', ...due }];
    }),
    ...invoices.map(
      ({ carrier, currency, invoiced, disputed }): Side => ({
        ...{ counterparty: carrier, kind: 'carrier', currency },
        ...{ payable: money(invoiced, currency), receivable: money(disputed, currency) },
      }),
    ),
  ];
  const groups = Map.groupBy(sides, ({ kind, counterparty, currency }) =>
    JSON.stringify([kind, counterparty, currency]),
  );
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const [{ counterparty, kind, currency }] = own as [Side, ...Side[]];
      const all = (side: 'payable' | 'receivable') =>
        own.reduce((sum, each) => add(sum, each[side]), zero(currency));
      return { counterparty, kind, payable: all('payable'), receivable: all('receivable') };
    });
}
