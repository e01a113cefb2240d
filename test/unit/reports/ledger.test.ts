import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledger } from '../../../shared/reports/ledger.ts';
import { untilDispatched, untilPaid } from '../../builders/facts.ts';
import { orderRecords } from '../../builders/made-up-orders.ts';
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

    for (const answer of [empty, other]) expect(answer.tables.map(({ rows }) => rows)).toEqual([[], [], []]);
  });
});
