import type { Mutant } from './mutant.ts';

const examples = ['test/unit/duties/published-examples.test.ts'];
const listed = ['test/unit/quote/listed-price-quotes.test.ts', 'test/unit/quote/listed-prices.test.ts'];
const SOLVE = 'shared/quote/plan/solve-listed.ts';
const JP = 'shared/duties/regimes/jp.ts';
const JP_DUTY = 'shared/duties/regimes/jp-duty.ts';
const japan = ['test/unit/duties/regimes/jp-tariff.test.ts'];
const CH = 'shared/duties/regimes/ch.ts';
const POLICY = 'shared/duties/assess/import-policy.ts';
const TOGETHER = 'shared/duties/assess/simplified-duty.ts';
const ITEM = 'shared/duties/assess/declaration-item.ts';

export const dutiesMutants: readonly Mutant[] = [
  {
    id: 'duties/japan-rounds-each-item',
    file: JP,
    find: 'const exact = dutiable.map(({ duty }) => duty.amount);',
    put: 'const exact = dutiable.map(({ duty }) => roundedDown(duty.amount, DUE_STEP));',
    tests: examples,
    harm: 'The duty of several items is a hundred yen or more below the one that customs asks for.',
  },
  {
    id: 'duties/japan-each-line-an-item',
    file: JP,
    find: 'Map.groupBy(it.lines, ({ hsCode, originCountry }) =>',
    put: 'Map.groupBy(it.lines, ({ lineId, hsCode, originCountry }) => lineId +',
    tests: examples,
    harm: 'Two sizes of one T-shirt bear less duty than the law asks for.',
  },
  {
    id: 'duties/japan-simplified-on-free-goods',
    file: JP_DUTY,
    find: "if (classified?.rule.rate === '0') return byTariff(it, item);",
    put: '',
    tests: japan,
    harm: 'Goods that are free by the customs tariff bear the simplified rate.',
  },
  {
    id: 'duties/japan-simplified-beside-a-proof',
    file: JP_DUTY,
    find: 'if (isLow && !isClaimed && ',
    put: 'if (isLow && ',
    tests: japan,
    harm: 'A rate of an agreement is claimed, and the other goods keep a simplified rate that customs does not give.',
  },
  {
    id: 'duties/excise-without-the-duty',
    file: 'shared/duties/assess/duty.ts',
    find: 'return add(add(value, multiply(value, ratioOfPercent(uplift))), ofTariff);',
    put: 'return add(value, multiply(value, ratioOfPercent(uplift)));',
    tests: ['test/unit/duties/regimes/za.test.ts', 'test/unit/duties/regimes/ke.test.ts'],
    harm: 'Excise on imported perfume and jewellery is lower than the one that customs asks for.',
  },
  {
    id: 'duties/singapore-by-consignment',
    file: POLICY,
    find: 'if (whole !== undefined || taxedByItem !== true)',
    put: 'if (true)',
    tests: examples,
    harm: 'GST that the seller owes at the sale is asked for at the door.',
  },
  {
    id: 'duties/switzerland-by-five-francs-alone',
    file: CH,
    find: 'const isFree = isBelowBase || compare(tax, fromJson(limit.threshold)) <= 0;',
    put: 'const isFree = compare(tax, fromJson(limit.threshold)) <= 0;',
    tests: examples,
    harm: 'Parcels just below CHF 62 bear a tax that nobody levies.',
  },
  {
    id: 'duties/indonesia-rounds-half-up',
    file: TOGETHER,
    find: 'const steps = divide(whole, MILLION * BigInt(step.minorUnits), step.direction);',
    put: "const steps = divide(whole, MILLION * BigInt(step.minorUnits), 'half-up');",
    tests: examples,
    harm: 'The duty is below the one that customs asks for.',
  },
  {
    id: 'duties/tax-on-goods-is-all-tax',
    file: 'shared/duties/assess/tax-on-goods.ts',
    find: 'multiply(charged, part)',
    put: 'charged',
    tests: listed,
    harm: 'The tax on freight is taken out of the price of the goods.',
  },
  {
    id: 'duties/listed-price-taxed-below-the-limit',
    file: SOLVE,
    find: 'if (flipped.length > 0) {',
    put: 'if (false) {',
    tests: listed,
    harm: 'A price just above a limit bears duty and tax that its value without tax does not.',
  },
  {
    id: 'duties/listed-price-without-rounding',
    file: SOLVE,
    find: 'if (this.#isEnough(values, tax)) return this.#solved(values, tax);',
    put: 'if (true) return this.#solved(values, tax);',
    tests: listed,
    harm: 'Goods are declared below the price that is paid for them.',
  },
  {
    id: 'duties/global-rate-is-no-tax',
    file: TOGETHER,
    find: 'const isTax = rule.coversTax === true;',
    put: 'const isTax = false;',
    tests: listed,
    harm: 'In Mexico the shopper pays 33.5 % on top of a price that has tax in it.',
  },
  {
    id: 'duties/flat-duty-by-description',
    file: ITEM,
    find: "by === 'description' ? [line.description] : []",
    put: '[line.description]',
    tests: examples,
    harm: 'Shoppers pay EUR 3 for each colour.',
  },
];
