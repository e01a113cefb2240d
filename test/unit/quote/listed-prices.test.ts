import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAssessed, type SellerRegistrations, taxOnGoods } from '../../../shared/duties/index.ts';
import type { ConsignmentToAssess, Regime } from '../../../shared/duties/regime.ts';
import { regimes } from '../../../shared/duties/regimes/index.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { solveListed, type TaxAt } from '../../../shared/quote/plan/solve-listed.ts';
import { type AssessCase, consignmentAndContext } from '../../builders/assess.ts';

const countries = regimes.flatMap((regime) => regime.countries.map((country) => ({ country, regime })));
const regionOf = (country: string) => ({ BR: 'SP', CA: 'ON' })[country];
const registeredEverywhere: SellerRegistrations = {
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
  taxNumbers: Object.fromEntries(countries.map(({ country }) => [country, `${country}123456789`])),
};

/** The limits of value of a regime in its own currency, one for one: their rows test values on both sides. */
function limitsOf({ code }: Regime): number[] {
  const limits = builtinRows
    .filter((row) => row.regime === code)
    .flatMap((row) => {
      const { over, upTo, below } = row.when?.value ?? {};
      const own = row.kind === 'relief' || row.kind === 'entry-limit' ? [row.threshold] : [];
      const base = row.kind === 'tax-rate' && row.notLeviedBelow !== undefined ? [row.notLeviedBelow] : [];
      return [...own, ...base, ...[over, upTo, below].filter((limit) => limit !== undefined)];
    });
  const values = limits.map(({ amount }) => (code === 'jp' ? Math.round(amount / 0.6) : amount));
  return [...new Set(values)].filter((value) => value > 0);
}

/** The outcome of a case whose lines have these values: the tax on the goods, and all tax. */
function atValues(given: AssessCase, regime: Regime, values: readonly number[]) {
  const { consignment, context } = consignmentAndContext(given);
  const lines = consignment.lines.map((line, index) => ({
    ...line,
    goodsValue: { ...line.goodsValue, amount: values[index] ?? 0 },
  }));
  const valued: ConsignmentToAssess = { ...consignment, lines };
  const outcome = regime.assess(valued, { ...context, explain: false, forListedPrice: true });
  if (!isAssessed(outcome)) return undefined;
  const taxOf = (lineId: string) => {
    const own = outcome.charges.filter((charge) => charge.lineId === lineId);
    const parts = own.flatMap((charge) => taxOnGoods(charge)?.amountMinor ?? []);
    return parts.length === 0 ? undefined : parts.reduce((all, part) => all + part, 0);
  };
  return { tax: lines.map(({ lineId }) => taxOf(lineId)), charges: outcome.charges };
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

const codes = ['6109100012', '4901990000', '3926909700', '4202210000', '640411', '950300'];
const caseOf: fc.Arbitrary<AssessCase & { regime: Regime }> = fc
  .constantFrom(...countries)
  .chain(({ country, regime }) => {
    const limits = limitsOf(regime);
    // A listed price around a limit, without its tax or with it: all rates are below 35 %.
    const around =
      limits.length === 0
        ? fc.integer({ min: 1, max: 1_000_00 })
        : fc
            .tuple(fc.constantFrom(...limits), fc.integer({ min: -5, max: 400 }))
            .map(([limit, more]) =>
              Math.max(1, Math.round(limit * (1 + Math.max(0, more) / 1000)) + (more % 7)),
            );
    const value = fc.oneof(
      { weight: 3, arbitrary: around },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 500_00 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 3_000_00 }) },
    );
    return fc
      .record({
        from: fc.constantFrom('CN', 'US', 'DE', 'there'),
        prices: fc.array(
          fc.record({ value, quantity: fc.integer({ min: 1, max: 4 }), hsCode: fc.constantFrom(...codes) }),
          { minLength: 1, maxLength: 4 },
        ),
        divided: fc.boolean(),
        freight: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_00 })),
        channel: fc.constantFrom('courier' as const, 'post' as const),
        incoterm: fc.constantFrom('DDP' as const, 'DAP' as const),
        seller: fc.constantFrom(registeredEverywhere, {}),
      })
      .map(({ from, prices, divided, ...rest }) => {
        const region = regionOf(country);
        return {
          ...rest,
          ...(region === undefined ? {} : { region }),
          regime,
          to: country,
          from: from === 'there' ? country : from,
          currency: regime.currency,
          date: '2026-12-01',
          // The whole basket is near a limit where the price is divided among the lines.
          goods: prices.map((each) => ({
            ...each,
            value: divided ? Math.max(1, Math.floor(each.value / prices.length)) : each.value,
          })),
        };
      });
  });

describe('prices with tax in them, in every destination and around every limit', () => {
  it('come back to the listed price to the minor unit, or no price with tax exists and none is due', () => {
    let [priced, lowered, rounded] = [0, 0, 0];
    fc.assert(
      fc.property(caseOf, ({ regime, ...given }) => {
        const listed = given.goods.map(({ value }) => value);
        const taxAt: TaxAt = (values) => atValues(given, regime, values)?.tax;
        const lines = listed.map((priceMinor) => ({ priceMinor, hasTax: true }));
        const solved = solveListed(lines, taxAt);
        if (solved === undefined) return;
        priced += 1;
        const values = solved.map(({ valueMinor }) => valueMinor);
        const outcome = atValues(given, regime, values);
        if (outcome === undefined) throw new Error('solved values are not refused');
        for (const [line, { goodsMinor, valueMinor, isLowered }] of solved.entries()) {
          const tax = outcome.tax[line] ?? 0;
          if (isLowered) {
            // No price exists: the highest value without tax, and one more minor unit on all such lines is taxed.
            lowered += 1;
            expect(outcome.tax[line]).toBeUndefined();
            expect(goodsMinor).toBe(valueMinor);
            expect(goodsMinor).toBeLessThan(listed[line] ?? 0);
          } else expect(goodsMinor + tax).toBe(listed[line]);
        }
        const more = solved.map(({ valueMinor, isLowered }) => valueMinor + (isLowered ? 2 : 0));
        if (solved.some(({ isLowered }) => isLowered)) {
          const above = atValues(given, regime, more);
          const isTaxed = solved.some(({ isLowered }, line) => isLowered && above?.tax[line] !== undefined);
          expect(isTaxed).toBe(true);
        }
        // What is declared is not less than what is paid, and more by the law's rounding alone.
        const open = solved.filter(({ isLowered }) => !isLowered);
        const over = sum(open.map(({ valueMinor, goodsMinor }) => valueMinor - goodsMinor));
        expect(over).toBeGreaterThanOrEqual(0);
        if (over > 0) rounded += 1;
        expect(over).toBeLessThanOrEqual(stepOf(regime, given));
      }),
      { numRuns: 6_000 },
    );
    expect(priced).toBeGreaterThan(3_000);
    expect(lowered).toBeGreaterThan(3);
    expect(rounded).toBeGreaterThan(20);
  });

  /** The coarsest rounding of the law, of each line's duty and tax: in Japan also that of the bases. */
  function stepOf({ code, roundedTo }: Regime, { goods }: AssessCase): number {
    if (code === 'jp') return 400 * goods.length;
    return (roundedTo?.amountMinor ?? 1) * goods.length + goods.length;
  }
});
