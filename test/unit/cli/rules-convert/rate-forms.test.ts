import { describe, expect, test } from 'vitest';
import { plain, unreadable } from '../../../../infra/cli/tariff/rates/express-rate.ts';
import { readDutyExpression } from '../../../../infra/cli/tariff/rates/taric-duty.ts';
import { readSpecialColumn, readUsitcRate } from '../../../../infra/cli/tariff/rates/usitc-rate.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
/** Minor units for a number of units. */
const per = (minor: string, count: number, unit: string, currency = 'USD') => ({
  ...{ minor, currency, per: count, unit },
});

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
    // Less than a cent for one kilogram or piece: the amount keeps the unit of the schedule.
    ['4.4¢/kg', { specific: [per('4.4', 1, 'kg')] }],
    ['37.5¢ each + 6%', { percent: '6', specific: [per('37.5', 1, 'piece')] }],
    ['$1.646/kg', { specific: [per('164.6', 1, 'kg')] }],
    ['10¢/doz. + 5%', { percent: '5', specific: [per('10', 12, 'piece')] }],
    ['14¢/gross + 4.3%', { percent: '4.3', specific: [per('14', 144, 'piece')] }],
    ['89.6¢/1000', { specific: [per('89.6', 1000, 'piece')] }],
    ['90¢/pr. + 20%', { percent: '20', specific: [per('90', 1, 'pair')] }],
    ['8.8¢/liter', { specific: [per('8.8', 1, 'litre')] }],
    ['4.5¢/ liter', { specific: [per('4.5', 1, 'litre')] }],
    ['68¢/head', { perUnit: usd(68) }],
    ['14.5¢/m2 + 0.4%', { percent: '0.4', specific: [per('14.5', 1, 'square-metre')] }],
    ['$1.80/m3', { specific: [per('180', 1, 'cubic-metre')] }],
    [
      '17¢ each + 2.5% + 1¢/jewel',
      { percent: '2.5', perUnit: usd(17), specific: [per('1', 1, 'watch-jewel')] },
    ],
    ['5¢/kg on contents and container', { specific: [per('5', 1, 'gross-kg')] }],
    ['2.1¢/kg on entire contents of container', { specific: [per('2.1', 1, 'kg')] }],
    ['16.9¢/kg of total sugars + 5.1%', { percent: '5.1', specific: [per('16.9', 1, 'kg-sugar')] }],
    ['6.5% on the entire set', '6.5'],
    // A proof litre has half a litre of pure alcohol: 18.9 cents for it are 37.8 for a litre of alcohol.
    ['18.9¢/pf.liter', { specific: [per('37.8', 1, 'alcohol-litre')] }],
    [
      '3.1¢/liter + 22.1¢/pf. liter on ethyl alcohol content',
      { specific: [per('3.1', 1, 'litre'), per('44.2', 1, 'alcohol-litre')] },
    ],
  ])('%s is converted', (text, rate) => {
    expect(readUsitcRate(text)).toEqual(rate);
  });

  test.each([
    ['2¢/kg on drained weight', unreadable.part],
    ['1.7¢/kg on lead content', unreadable.part],
    ['0.3¢/line/ gross + 4.6%', unreadable.part],
    ['5.25¢/bbl', unreadable.unit],
    ['18.7¢/clean kg', unreadable.unit],
    ['44¢ each + 6% on the case + 14% on the strap', unreadable.part],
    ['The duty provided in the applicable subheading + 7.5%', unreadable.elsewhere],
    ['See 9823.03.01', unreadable.elsewhere],
    [
      '3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees but not less than 3.143854¢/kg',
      unreadable.formula,
    ],
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
    ['17.200 EUR/DTN', { specific: [per('1720', 100, 'kg', 'EUR')] }],
    ['2.000 EUR/HLT', { specific: [per('200', 100, 'litre', 'EUR')] }],
    ['1,024.00 EUR / tonne', { specific: [per('102400', 1000, 'kg', 'EUR')] }],
    ['52.00 EUR / 1,000 items', { specific: [per('5200', 1000, 'piece', 'EUR')] }],
    ['1.75 EUR / % vol / hl', { specific: [per('175', 1, 'alcohol-degree-hectolitre', 'EUR')] }],
    ['1.6€/100kg/net', { specific: [per('160', 100, 'kg', 'EUR')] }],
    ['12.00% MIN 2€/100kg/br', { percent: '12', least: { specific: [per('200', 100, 'gross-kg', 'EUR')] } }],
    ['8.00% MAX 2.80 EUR / m2', { percent: '8', most: { specific: [per('280', 1, 'square-metre', 'EUR')] } }],
    ['6.50% MAX 5.00 EUR / 100 m', { percent: '6.5', most: { specific: [per('500', 100, 'metre', 'EUR')] } }],
    [
      '0.50 EUR / item MIN 2.70% MAX 4.60%',
      { perUnit: eur(50), least: { percent: '2.7' }, most: { percent: '4.6' } },
    ],
    [
      '8.30% + 14.20 EUR / 100 kg MAX 11.50%',
      { percent: '8.3', specific: [per('1420', 100, 'kg', 'EUR')], most: { percent: '11.5' } },
    ],
  ])('%s is converted', (text, rate) => {
    expect(readDutyExpression(text, 'EUR')).toEqual(rate);
  });

  test.each([
    ['9.000 % + EA', unreadable.formula],
    ['9.000 % + EA MAX 18.700 % + ADSZ', unreadable.formula],
    ['Cond: V 46.200 EUR/DTN(01):8.800 %', unreadable.formula],
    ['Entry Price', unreadable.formula],
    ['1.19 EUR / kg / lactic matter + 27.50 EUR / 100 kg', unreadable.unit],
    ['33.90 EUR / 100 kg / std qual', unreadable.unit],
    ['50.70 EUR / 100 kg / net dry', unreadable.unit],
    ['1.62 EUR / kg / tot alc', unreadable.unit],
    ['6.4 + 24.6 EUR/100 kg', unreadable.words],
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

test('a column without signs has bare percentages', () => {
  expect(readDutyExpression('6.4 + 24.6 EUR/100 kg', 'EUR', { bare: true })).toEqual({
    percent: '6.4',
    specific: [per('2460', 100, 'kg', 'EUR')],
  });
});

test('a decimal is written without superfluous zeros', () => {
  expect(['12.000', '4.50', '0.000', '007.1'].map(plain)).toEqual(['12', '4.5', '0', '7.1']);
});
