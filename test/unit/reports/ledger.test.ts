import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { ledger } from '../../../shared/reports/ledger/ledger.ts';
import { parcelId, untilDispatched, untilPaid } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

/** 24.00 goods, 6.00 shipping, 3.00 duty, 6.27 tax under IOSS: 39.27 EUR, paid and handed over. */
const first = orderRecords(1, { at: '2026-11-27T10:00:00.000Z', facts: untilDispatched() });
/** The same, paid and not handed over. */
const second = orderRecords(2, { at: '2026-11-28T10:00:00.000Z', facts: untilPaid() });

describe('the ledger of a day', () => {
  it('has each account with what it held, what was booked and what it holds', async () => {
    await lake.load([...first, ...second]);
    const day = await askedReport(ledger, lake, { period: '2026-11-28' });
    const of = (account: string) => rowsOf(day, 'trial-balance').find((row) => row.account === account);

    // The first order left on the 27th: its deposits became sales, shipping and debts. The second was paid on the 28th.
    expect(of('provider-clearing:stripe')).toEqual({
      ...{ account: 'provider-clearing:stripe', opening: eur(3927), debits: eur(3927), credits: eur(0) },
      closing: eur(7854),
    });
    expect(of('customer-deposits')).toMatchObject({
      opening: eur(0),
      credits: eur(3927),
      closing: eur(-3927),
    });
    expect(of('sales')).toMatchObject({
      opening: eur(-2400),
      debits: eur(0),
      credits: eur(0),
      closing: eur(-2400),
    });
    expect(rowsOf(day, 'totals')).toEqual([
      // 39.27 into the deposits, and 6.27 of tax that became owed when the payment was accepted.
      { currency: 'EUR', debits: eur(3927 + 627), credits: eur(3927 + 627) },
    ]);
    expect(day.notCounted).toEqual([]);
  });

  it('says what is owed to each authority', async () => {
    await lake.load([...first, ...second]);
    const day = await askedReport(ledger, lake, { period: '2026-11-28' });

    expect(rowsOf(day, 'owed')).toEqual([
      {
        ...{ authority: 'DE:customs', what: 'duty', opening: eur(300), added: eur(0), taken: eur(0) },
        closing: eur(300),
      },
      {
        ...{ authority: 'DE:ioss', what: 'tax', opening: eur(627), added: eur(627), taken: eur(0) },
        closing: eur(1254),
      },
    ]);
  });

  it('lists what is open, the oldest first, and what each counterparty owes', async () => {
    const invoiced = (invoiceNumber: string, amount: number, excess?: number): NewFact => ({
      name: 'freight.invoiced',
      data: {
        ...{ parcelId, carrier: 'easypost', invoiceNumber, carded: { amount: 450, currency: 'EUR' } },
        ...{ amount: { amount, currency: 'EUR' }, status: excess === undefined ? 'matched' : 'disputed' },
        ...(excess === undefined ? {} : { excess: { amount: excess, currency: 'EUR' } }),
      },
    });
    const settled = (invoiceNumber: string): NewFact => ({
      name: 'freight.dispute_settled',
      data: { parcelId, carrier: 'easypost', invoiceNumber, outcome: 'credited' },
    });
    // Handed over on the 20th. One dispute is open, one was credited.
    const invoices = [invoiced('A', 600, 150), invoiced('B', 70, 70), settled('B'), invoiced('C', 30)];
    const sent = orderRecords(3, {
      at: '2026-11-20T10:00:00.000Z',
      facts: [...untilDispatched(), ...invoices],
    });
    const inYen = orderRecords(4, {
      at: '2026-11-28T23:30:00.000Z',
      facts: [pricedOrder({ currency: 'JPY', goods: 9000 }), ...paid(9000, 'JPY')],
    });
    await lake.load([...second, ...sent, ...inYen]);
    const asked = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
    const day = await askedReport(ledger, lake, asked);

    const dispute = {
      ...{ what: 'freight-dispute', side: 'receivable', counterparty: 'easypost', amount: eur(150) },
      // From 10:00 of the 20th until 23:00 UTC of the 28th: eight whole days.
      ...{ order: idOf('order', 301), parcel: idOf('parcel', 301), since: '2026-11-20', days: 8 },
    };
    const deposit = {
      ...{ what: 'paid-not-sent', side: 'payable', counterparty: 'shopper', amount: eur(3927) },
      ...{ order: idOf('order', 201), parcel: null, since: '2026-11-28', days: 0 },
    };
    // The order in yen is paid after midnight in Berlin.
    expect(rowsOf(day, 'open-items')).toEqual([dispute, deposit]);
    const old = await askedReport(ledger, lake, { ...asked, parameters: { olderThanDays: '7' } });
    expect(rowsOf(old, 'open-items')).toEqual([dispute]);
    expect(rowsOf(day, 'counterparties')).toEqual([
      { counterparty: 'DE:customs', kind: 'authority', payable: eur(300), receivable: eur(0) },
      // 6.27 of each order.
      { counterparty: 'DE:ioss', kind: 'authority', payable: eur(1254), receivable: eur(0) },
      // 6.00 + 0.70 - 0.70 + 0.30, of which 1.50 are disputed.
      { counterparty: 'easypost', kind: 'carrier', payable: eur(630), receivable: eur(150) },
      { counterparty: 'stripe', kind: 'provider', payable: eur(0), receivable: eur(7854) },
      { counterparty: 'shoppers', kind: 'shoppers', payable: eur(3927), receivable: eur(0) },
    ]);
    const later = await askedReport(ledger, lake, { period: '2026-11-29', timeZone: 'Europe/Berlin' });
    expect(rowsOf(later, 'counterparties')).toContainEqual({
      ...{ counterparty: 'shoppers', kind: 'shoppers' },
      payable: { amountMinor: 9000, currency: 'JPY' },
      receivable: { amountMinor: 0, currency: 'JPY' },
    });
    expect(ledger.parameters.safeParse({ olderThanDays: '-1' }).success).toBe(false);
  });

  it('says when postings are missing', async () => {
    await lake.load(second);
    await lake.ask("DELETE FROM journals WHERE account = 'customer-deposits' RETURNING account");
    const day = await askedReport(ledger, lake, { period: '2026-11-28' });

    expect(day.notCounted).toMatchObject([{ code: 'not-balanced', count: 3927 }]);
  });

  it('is empty where the lake is, and where the storefront has no order', async () => {
    const empty = await askedReport(ledger, lake, { period: '2026-11-28' });
    await lake.load(second);
    const other = await askedReport(ledger, lake, { period: '2026-11-28', storefrontId: 'outlet' });

    for (const answer of [empty, other])
      expect(answer.tables.map(({ rows }) => rows)).toEqual([[], [], [], [], []]);
  });
});
