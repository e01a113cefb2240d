import { describe, expect, it } from 'vitest';
import type { ExchangeRates } from '../../../shared/rates/exchange-rates.ts';
import { expiringRates } from '../../../shared/rates/renewal/expiring-rates.ts';

const ECB = { daily: 'https://ecb.test/d.xml', history: 'https://ecb.test/h.xml' };
const NOW = '2026-11-20T12:00:00.000Z';

const table = (own: Partial<ExchangeRates>): ExchangeRates => ({
  id: 'rates',
  base: 'EUR',
  date: '2026-11-20',
  source: 'house bank',
  rates: { USD: '1.1' },
  ...own,
});

interface Stored {
  readonly daily?: ExchangeRates;
  readonly additional?: readonly ExchangeRates[];
  readonly months?: readonly string[];
}

/** What expires of these rates, fetched or not. */
function expiring({ daily, additional = [], months = [] }: Stored, { fetched = false, now = NOW } = {}) {
  const rates = {
    latestDaily: async () => daily,
    additional: async () => [...additional],
    of: async (kind: string, period: string) =>
      months.includes(`${kind} ${period}`) ? table({}) : undefined,
  };
  const addresses = fetched ? { ecb: ECB, hmrc: 'https://hmrc.test/{year}-{month}.xml' } : {};
  return expiringRates({ rates, addresses }, now);
}

const twd = (expiresAt: string) =>
  table({ kind: 'additional', source: 'central bank', rates: { TWD: '34.9' }, expiresAt });

describe('rates that nobody fetches', () => {
  it('are announced two days before they expire, with their currency and publisher', async () => {
    const expiresAt = '2026-11-22T12:00:00.000Z';
    const line = { kind: 'additional', currencies: 'TWD', source: 'central bank', expiresAt };
    expect(await expiring({ additional: [twd(expiresAt)] })).toEqual([line]);
    const later = '2026-11-22T12:00:00.001Z';
    expect(await expiring({ additional: [twd(later)] })).toEqual([]);
  });

  it('expire after four days where they name no expiry', async () => {
    const { expiresAt: _none, ...own } = twd('');
    expect(await expiring({ additional: [{ ...own, date: '2026-11-17' }] })).toMatchObject([
      { expiresAt: '2026-11-22T00:00:00.000Z' },
    ]);
    expect(await expiring({ additional: [{ ...own, date: '2026-11-18' }] })).toEqual([]);
  });

  it('are announced until a week after their expiry: then they are not in use any more', async () => {
    expect(await expiring({ additional: [twd('2026-11-13T12:00:00.001Z')] })).toHaveLength(1);
    expect(await expiring({ additional: [twd('2026-11-13T12:00:00.000Z')] })).toEqual([]);
  });

  it('are not announced where the daily table has the currency, or where it is the base', async () => {
    const expiresAt = '2026-11-21T00:00:00.000Z';
    const daily = table({ rates: { TWD: '35' } });
    expect(await expiring({ daily, additional: [twd(expiresAt)] })).toEqual([]);
    const euro = table({ kind: 'additional', base: 'USD', rates: { EUR: '0.9' }, expiresAt });
    expect(await expiring({ daily, additional: [euro] })).toEqual([]);
  });

  it('are announced as daily ones too', async () => {
    const daily = table({ date: '2026-11-17' });
    expect(await expiring({ daily })).toEqual([{ kind: 'daily', expiresAt: '2026-11-22T00:00:00.000Z' }]);
    expect(await expiring({ daily: table({ date: '2026-11-18' }) })).toEqual([]);
    expect(await expiring({ daily: table({ date: '2026-11-01' }) })).toEqual([]);
  });

  it('of a month are announced where the month before had some', async () => {
    const now = '2026-11-29T12:00:00.000Z';
    const months = ['hmrc-month 2026-11'];
    expect(await expiring({ months }, { now })).toEqual([{ kind: 'hmrc-month', month: '2026-12' }]);
    expect(await expiring({ months }, { now: '2026-12-20T00:00:00.000Z' })).toHaveLength(1);
    expect(await expiring({ months }, { now: '2026-12-30T00:00:00.000Z' })).toEqual([]);
    expect(await expiring({ months: [...months, 'hmrc-month 2026-12'] }, { now })).toEqual([]);
  });

  it('are none in a shop with one currency', async () => {
    expect(await expiring({})).toEqual([]);
  });
});

describe('rates that are fetched', () => {
  it('are announced a day before, and as long as they are missing', async () => {
    const months = ['eu-customs-month 2026-11', 'hmrc-month 2026-11'];
    const of = (date: string) => expiring({ daily: table({ date }), months }, { fetched: true });
    expect(await of('2026-11-17')).toEqual([]);
    expect(await of('2026-11-16')).toEqual([{ kind: 'daily', expiresAt: '2026-11-21T00:00:00.000Z' }]);
    expect(await of('2026-10-01')).toHaveLength(1);
    expect(await expiring({ months }, { fetched: true })).toEqual([
      { kind: 'daily', expiresAt: 'none stored' },
    ]);
  });

  it('of a month are announced two days before it begins', async () => {
    const daily = table({ date: '2026-11-29' });
    const at = (now: string) => expiring({ daily, months: ['hmrc-month 2026-12'] }, { fetched: true, now });
    expect(await at('2026-11-29T12:00:00.000Z')).toEqual([{ kind: 'eu-customs-month', month: '2026-12' }]);
  });
});
