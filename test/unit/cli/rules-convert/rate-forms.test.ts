import { describe, expect, test } from 'vitest';
import { plain, unreadable } from '../../../../infra/cli/rules/convert/express-rate.ts';
import { readDutyExpression } from '../../../../infra/cli/rules/convert/taric-duty.ts';
import { readSpecialColumn, readUsitcRate } from '../../../../infra/cli/rules/convert/usitc-rate.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('a rate of the US schedule', () => {
  test.each([
    ['Free', '0'],
    ['free', '0'],
    ['Free 1/', '0'],
    ['16.5%', '16.5'],
    ['12.50 %', '12.5'],
    ['100%', '100'],
    ['5¢/kg', { perKg: usd(5) }],
    ['$1.53/kg', { perKg: usd(153) }],
    ['$1,200.50/kg', { perKg: usd(120_050) }],
    // 40 dollars a tonne of 1,000 kg are 4 cents a kilogram.
    ['$40/t', { perKg: usd(4) }],
    ['$1.53/kg + 2%', { percent: '2', perKg: usd(153) }],
    ['96¢/kg + 1.4%', { percent: '1.4', perKg: usd(96) }],
    ['1.4% + 96¢/kg', { percent: '1.4', perKg: usd(96) }],
    ['40¢ each', { perUnit: usd(40) }],
    ['40¢ each + 6%', { percent: '6', perUnit: usd(40) }],
    ['$2/No. + 3%', { percent: '3', perUnit: usd(200) }],
    // 30 dollars a thousand are 3 cents a piece.
    ['$30/1000', { perUnit: usd(3) }],
    ['20¢ each + 5¢/kg + 1%', { percent: '1', perUnit: usd(20), perKg: usd(5) }],
  ])('%s is converted', (text, rate) => {
    expect(readUsitcRate(text)).toEqual(rate);
  });

  test.each([
    // Rules hold whole minor units: 4.4 cents would be 4 or 5.
    ['4.4¢/kg', unreadable.fraction],
    ['37.5¢ each + 6%', unreadable.fraction],
    ['$1.646/kg', unreadable.fraction],
    ['10¢/doz. + 5%', unreadable.unit],
    ['90¢/pr. + 20%', unreadable.unit],
    ['8.8¢/liter', unreadable.unit],
    ['2¢/kg on drained weight', unreadable.unit],
    ['44¢ each + 6% on the case + 14% on the strap', unreadable.words],
    ['The duty provided in the applicable subheading + 7.5%', unreadable.words],
    ['See 9823.03.01', unreadable.words],
    ['5% + 2%', unreadable.twice],
    ['5¢/kg + 3¢/kg', unreadable.twice],
    ['1.23456%', unreadable.words],
    ['-5%', unreadable.words],
    ['', unreadable.words],
  ])('%s is refused', (text, reason) => {
    expect(readUsitcRate(text)).toEqual({ unreadable: reason });
  });

  test('in the special column is split, with and without spaces', () => {
    expect(readSpecialColumn('Free (A*,AU, KR)8.8¢/liter(JO) See 9823.03.01-9823.03.04 (S+)')).toEqual([
      { text: 'Free', programs: ['A*', 'AU', 'KR'] },
      { text: '8.8¢/liter', programs: ['JO'] },
      { text: 'See 9823.03.01-9823.03.04', programs: ['S+'] },
    ]);
    expect(readSpecialColumn('')).toEqual([]);
    expect(readSpecialColumn('Free')).toBeUndefined();
    expect(readSpecialColumn('Free (A) and more')).toBeUndefined();
  });
});

describe('a duty expression of TARIC', () => {
  test.each([
    ['12.000 %', '12'],
    ['0.000 %', '0'],
    ['3.50%', '3.5'],
    ['1.500 EUR/KGM', { perKg: eur(150) }],
    // 125 euros for 100 kg (DTN) are 1.25 a kilogram; 10 for 1,000 kg (TNE) are 0.01.
    ['9.600 % + 125.000 EUR/DTN', { percent: '9.6', perKg: eur(125) }],
    ['10.000 EUR/TNE', { perKg: eur(1) }],
    ['9.600 % + 125.00 EUR / 100 kg', { percent: '9.6', perKg: eur(125) }],
    ['125.00 EUR DTN', { perKg: eur(125) }],
    ['30.000 EUR/CEN', { perUnit: eur(30) }],
    ['10.00 EUR / 1,000 p/st', { perUnit: eur(1) }],
    [
      '4.500 % MIN 0.300 EUR/NAR MAX 0.800 EUR/NAR',
      { percent: '4.5', least: { perUnit: eur(30) }, most: { perUnit: eur(80) } },
    ],
    ['10.000 % MIN 22.000 EUR/DTN', { percent: '10', least: { perKg: eur(22) } }],
    [
      '6.000 % MAX 1.000 EUR/KGM + 0.500 EUR/NAR',
      { percent: '6', most: { perKg: eur(100), perUnit: eur(50) } },
    ],
  ])('%s is converted', (text, rate) => {
    expect(readDutyExpression(text, 'EUR')).toEqual(rate);
  });

  test.each([
    ['9.000 % + EA', unreadable.formula],
    ['9.000 % + EA MAX 18.700 % + ADSZ', unreadable.formula],
    ['Cond: V 46.200 EUR/DTN(01):8.800 %', unreadable.formula],
    ['12.000 % MAX 5.000 %', unreadable.bound],
    ['17.200 EUR/DTN', unreadable.fraction],
    ['2.000 EUR/HLT', unreadable.unit],
    ['2.000 EUR/DTN E', unreadable.unit],
    ['2.000 GBP/KGM', unreadable.currency],
    ['2.000 XXX/KGM', unreadable.currency],
    ['NIHIL', unreadable.words],
    ['', unreadable.words],
    ['4 % MIN 1.00 EUR/NAR MIN 2.00 EUR/NAR', unreadable.words],
    ['4 % MIN', unreadable.words],
  ])('%s is refused', (text, reason) => {
    expect(readDutyExpression(text, 'EUR')).toEqual({ unreadable: reason });
  });
});

test('a decimal is written without superfluous zeros', () => {
  expect(['12.000', '4.50', '0.000', '007.1'].map(plain)).toEqual(['12', '4.5', '0', '7.1']);
});
