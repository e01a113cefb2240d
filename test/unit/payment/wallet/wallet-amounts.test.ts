import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../property-seed.ts';
import { currencies, minorDigits } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { fromWalletAmount, toWalletAmount } from '../../../../shared/payment/wallet/wallet-amounts.ts';

describe('amounts in a wallet’s form', () => {
  it.each([
    { as: 'integer', amount: money(1_999, 'EUR'), theirs: 1_999 },
    { as: 'integer-text', amount: money(1_999, 'EUR'), theirs: '1999' },
    { as: 'decimal-text', amount: money(1_999, 'EUR'), theirs: '19.99' },
    { as: 'decimal-text', amount: money(5, 'EUR'), theirs: '0.05' },
    { as: 'decimal-text', amount: money(1_999, 'JPY'), theirs: '1999' },
    { as: 'decimal-text', amount: money(1_999, 'KWD'), theirs: '1.999' },
    // 150,000 rupiah are 15,000,000 sen of ISO 4217, and this wallet counts rupiah.
    { as: 'decimal-text', digits: { IDR: 0 }, amount: money(15_000_000, 'IDR'), theirs: '150000' },
    // A wallet that writes the yen with two decimals: 500 yen are 50,000 of its units.
    { as: 'integer', digits: { JPY: 2 }, amount: money(500, 'JPY'), theirs: 50_000 },
  ] as const)('$amount.amountMinor $amount.currency as $as', ({ amount, theirs, ...form }) => {
    expect(toWalletAmount(form, amount)).toBe(theirs);
    expect(fromWalletAmount(form, theirs, amount.currency)).toEqual(amount);
  });

  it('come back as they went, in every currency and form', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.constantFrom('integer', 'integer-text', 'decimal-text'),
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.integer({ min: 0, max: 3 }),
        (currency, as, units, digits) => {
          const step = 10 ** Math.max(minorDigits(currency) - digits, 0);
          const form = { as, digits: { [currency]: digits } };
          const amount = money(units * step, currency);
          expect(fromWalletAmount(form, toWalletAmount(form, amount), currency)).toEqual(amount);
        },
      ),
    );
  });

  it.each([
    ['a number where a text is due', 1_999, 'EUR'],
    ['more decimals than the currency has', '19.999', 'EUR'],
    ['a negative amount', '-19.99', 'EUR'],
    ['an exponent', '1e3', 'EUR'],
    ['a currency that we do not know', '19.99', 'XXX'],
    ['no currency', '19.99', undefined],
    ['nothing', undefined, 'EUR'],
  ])('%s is unreadable', (_name, value, currency) => {
    expect(fromWalletAmount({ as: 'decimal-text' }, value, currency)).toBeUndefined();
  });

  it('a fraction of the wallet’s unit is never asked for', () => {
    const form = { as: 'integer', digits: { IDR: 0 } } as const;
    expect(() => toWalletAmount(form, money(150, 'IDR'))).toThrow(/decimals/);
    // And half a yen is no answer to what we asked for.
    expect(fromWalletAmount({ as: 'integer', digits: { JPY: 2 } }, 50_050, 'JPY')).toBeUndefined();
  });
});
