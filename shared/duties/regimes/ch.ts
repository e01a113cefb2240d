import {
  compare,
  formatMoney,
  fromJson,
  type Money,
  money,
  multiply,
  sum,
  toJson,
  zero,
} from '../../kernel/money.ts';
import { ratioOfPercent } from '../assess/duty-rate.ts';
import type { ImportCase } from '../assess/import-case.ts';
import { assessByPolicy, type ImportPolicy, openPolicyCase } from '../assess/import-policy.ts';
import { type Assessed, defineRegime, isAssessed } from '../regime.ts';
import type { RuleOf } from '../rules/schema.ts';

const policy: ImportPolicy = {
  code: 'ch',
  countries: ['CH', 'LI'],
  timeZone: 'Europe/Zurich',
  currency: 'CHF',
  valuation: 'CIF',
  customs: 'CH:bazg',
  tax: { code: 'mwst', name: 'MWST', authority: 'CH:estv' },
  registration: ({ taxNumbers }) => taxNumbers?.CH,
};

/**
 * Switzerland and Liechtenstein, one customs and tax area: industrial goods bear no duty; MWST at the sale by a
 * registered mail-order seller, otherwise at the border on goods, freight and duty, where a tax of CHF 5 or less on
 * all that the order sends is not levied.
 */
export const ch = defineRegime({
  code: 'ch',
  countries: policy.countries,
  timeZone: policy.timeZone,
  currency: policy.currency,
  tariff: 'CH',
  // Above CHF 200 even the lowest rate of MWST, 2.6 %, gives more than the CHF 5 that are not levied.
  exactUpTo: money(200_00, 'CHF'),
  assess(consignment, context) {
    const it = openPolicyCase(policy, consignment, context);
    const outcome = assessByPolicy(policy, it);
    const limit = it.rules.find('entry-limit', it);
    if (!isAssessed(outcome) || outcome.scheme !== 'import' || limit === undefined) return outcome;
    const tax = withAllThatIsSent(it, taxOf(outcome));
    return compare(tax, fromJson(limit.threshold)) <= 0 ? withoutTax(it, outcome, tax, limit) : outcome;
  },
});

/** The import tax in francs, before conversion. */
function taxOf({ charges }: Assessed): Money {
  const taxes = charges.filter(({ kind }) => kind === 'tax');
  const byRate = Map.groupBy(taxes, ({ rate = '0' }) => rate);
  const each = [...byRate].map(([rate, own]) => {
    const base = own.map(({ base: of }) => (of === undefined ? zero('CHF') : fromJson(of)));
    return multiply(sum(base, 'CHF'), ratioOfPercent(rate));
  });
  return sum(each, 'CHF');
}

/**
 * The tax together with the tax on the goods of the same order in other consignments, assumed to have the same rate.
 */
function withAllThatIsSent(it: ImportCase, tax: Money): Money {
  const tested = it.valueOn('intrinsic', 'CHF').amountMinor;
  const own = it.goods.amountMinor;
  return own === 0 || tested <= own
    ? tax
    : multiply(tax, { numerator: BigInt(tested), denominator: BigInt(own) });
}

function withoutTax(
  it: ImportCase,
  outcome: Assessed,
  tax: Money,
  { id, threshold }: RuleOf<'entry-limit'>,
): Assessed {
  const [duty] = outcome.deMinimis;
  return {
    ...outcome,
    deMinimis: [
      ...(duty === undefined ? [] : [duty]),
      {
        on: 'tax',
        threshold,
        basis: 'none',
        value: toJson(tax),
        relieved: true,
        ruleId: id,
        explanation: it.context.explain
          ? `import tax of ${formatMoney(fromJson(threshold))} or less is not levied; the value is that of the tax`
          : '',
      },
    ],
    charges: outcome.charges.filter(({ kind }) => kind !== 'tax'),
  };
}
