import {
  add,
  compare,
  divide,
  formatMoney,
  fromJson,
  type Money,
  money,
  multiply,
  type Ratio,
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
 * all that the order sends is not levied, nor any tax below the base that the customs office publishes for it.
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
    const { tax, isBelowBase } = taxOfAll(it, outcome);
    const isFree = isBelowBase || compare(tax, fromJson(limit.threshold)) <= 0;
    return isFree ? withoutTax(it, outcome, tax, limit) : outcome;
  },
});

interface TaxDue {
  /** In francs, before conversion. */
  readonly tax: Money;
  /** Whether all taxed goods are below the published base; at two rates, the shares of the two bases are added. */
  readonly isBelowBase: boolean;
}

/**
 * The import tax of all that the order sends. The goods of the same order in other consignments are assumed to have the
 * same rates.
 */
function taxOfAll(it: ImportCase, { charges }: Assessed): TaxDue {
  const taxes = charges.filter(({ kind }) => kind === 'tax');
  const all = it.valueOn('intrinsic', 'CHF').amountMinor;
  const own = it.goods.amountMinor;
  const scale = own === 0 || all <= own ? ONE : { numerator: BigInt(all), denominator: BigInt(own) };
  let tax = zero('CHF');
  // In millionths of the base; without a published base nothing is below it.
  let shareOfBase = 0n;
  for (const [ruleId, group] of Map.groupBy(taxes, (charge) => charge.ruleId)) {
    const rule = it.rules.all('tax-rate').find(({ id }) => id === ruleId);
    const base = sum(
      group.map(({ base: of }) => (of === undefined ? zero('CHF') : fromJson(of))),
      'CHF',
    );
    tax = add(tax, multiply(base, ratioOfPercent(rule?.rate ?? '0')));
    const limit = rule?.notLeviedBelow?.amount ?? 0;
    shareOfBase +=
      limit === 0
        ? MILLION
        : divide(
            BigInt(base.amountMinor) * scale.numerator * MILLION,
            scale.denominator * BigInt(limit),
            'up',
          );
  }
  return { tax: multiply(tax, scale), isBelowBase: taxes.length > 0 && shareOfBase < MILLION };
}

const ONE: Ratio = { numerator: 1n, denominator: 1n };
const MILLION = 1_000_000n;

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
          ? `import tax of ${formatMoney(fromJson(threshold))} or less, or below the published base, is not levied; the value is that of the tax`
          : '',
      },
    ],
    charges: outcome.charges.filter(({ kind }) => kind !== 'tax'),
  };
}
