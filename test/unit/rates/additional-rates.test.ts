import { describe, expect, it } from 'vitest';
import { withAdditional } from '../../../shared/rates/additional-rates.ts';
import { type ExchangeRates, exchangeRatesBodySchema } from '../../../shared/rates/exchange-rates.ts';

const daily: ExchangeRates = {
  ...{ id: 'ecb-2026-11-27', base: 'EUR', date: '2026-11-27', source: 'European Central Bank' },
  rates: { USD: '1.158', GBP: '0.879' },
};
const additional = (over: Partial<ExchangeRates>): ExchangeRates => ({
  ...{ id: 'csv-2026-11-26-1', base: 'EUR', date: '2026-11-26', source: 'a bank', kind: 'additional' },
  rates: { AED: '4.2530' },
  ...over,
});
const NOW = '2026-11-28T12:00:00.000Z';

describe('rates of currencies that the daily table lacks', () => {
  it('are used beside it, each with its day and publisher', () => {
    expect(withAdditional(daily, [additional({})], NOW)).toEqual({
      ...daily,
      rates: { USD: '1.158', GBP: '0.879', AED: '4.2530' },
      others: { AED: { date: '2026-11-26', source: 'a bank' } },
    });
  });

  it('never replace a rate of the daily table, nor its base', () => {
    const table = additional({ rates: { USD: '1.2', EUR: '1.1' } });
    expect(withAdditional(daily, [table], NOW)).toEqual(daily);
  });

  it('are left out once they expired', () => {
    expect(withAdditional(daily, [additional({})], '2026-11-30T23:59:59.999Z').rates.AED).toBe('4.2530');
    expect(withAdditional(daily, [additional({})], '2026-12-01T00:00:00.000Z').rates.AED).toBeUndefined();
    const longer = additional({ expiresAt: '2026-12-31T00:00:00.000Z' });
    expect(withAdditional(daily, [longer], '2026-12-01T00:00:00.000Z').rates.AED).toBe('4.2530');
  });

  it('for one unit of another currency follow the daily rate of that currency', () => {
    // A dollar is worth 3.6725 dirhams: 3.6725 x 1.158 = 4.252755.
    const pegged = additional({ base: 'USD', rates: { AED: '3.6725', KES: '0.0000000001' } });
    expect(withAdditional(daily, [pegged], NOW).rates).toEqual({
      ...daily.rates,
      AED: '4.252755',
      KES: '0.0000000001',
    });
    const alone = additional({ base: 'INR', rates: { NGN: '16.1' } });
    expect(withAdditional(daily, [alone], NOW)).toEqual(daily);
  });

  it('have no month', () => {
    expect(exchangeRatesBodySchema.safeParse(additional({})).success).toBe(true);
    expect(exchangeRatesBodySchema.safeParse(additional({ month: '2026-11' })).success).toBe(false);
  });
});
