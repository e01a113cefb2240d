import { fromJson, inverse, type Money, multiply } from '../../kernel/money.ts';
import type { CostingContext } from '../pricing-input.ts';
import { NoRate } from '../quote-rates.ts';

/** A limit converted there and back may be off by a few minor units of the coarser currency. */
const FUZZ_MINOR = 2;

/**
 * The value bands between the limits of a destination's rules, in minor units of the shopper's currency. Rules change
 * only at the ends of bands. Band 0 begins at zero.
 */
export class ValueBands {
  readonly #ends: readonly number[];
  /** Whether a limit applies to a value with freight, which the goods alone don't determine. */
  readonly #hasFreight: boolean;
  /** Up to this value a rule depends on the exact value. */
  readonly #exactUpTo: number;
  readonly #fuzz: number;

  /** Throws NoRate where a limit can't be converted. */
  constructor({ regime, rules, rates, request, date }: CostingContext) {
    const { valuedShare, exactUpTo } = regime;
    const inShoppers = (limit: Money) => rates.convertForCustoms(limit, request.currency);
    this.#exactUpTo = exactUpTo === undefined ? -1 : inShoppers(exactUpTo).amountMinor;
    const limits = rules
      .rulesOf(regime.code, date)
      .every()
      .flatMap((row) => {
        const { over, upTo, below, basis } = row.when?.value ?? {};
        const values = [over, upTo, below].flatMap((limit) =>
          limit === undefined ? [] : [{ basis, limit }],
        );
        if (row.kind === 'relief') values.push({ basis: row.basis, limit: row.threshold });
        if (row.kind === 'entry-limit') values.push({ basis: 'FOB', limit: row.threshold });
        return values;
      });
    // A minor unit of the rules' currency may be many of the shopper's: a cent is eleven öre.
    const units = limits.map(({ limit }) => rates.unitsFor(limit.currency, request.currency));
    // A share of each line's price is rounded separately.
    const shares = valuedShare === undefined ? 0 : request.lines.length;
    this.#fuzz = FUZZ_MINOR * Math.max(1, ...units) + shares;
    const ends = limits.map(({ limit }) => {
      const value = inShoppers(fromJson(limit));
      return (valuedShare === undefined ? value : multiply(value, inverse(valuedShare))).amountMinor;
    });
    this.#ends = [...new Set(ends)].toSorted((a, b) => a - b);
    this.#hasFreight = limits.some(({ basis }) => basis === 'CIF');
  }

  /** The bands of that context; undefined where a limit can't be converted into the shopper's currency. */
  static of(context: CostingContext): ValueBands | undefined {
    try {
      return new ValueBands(context);
    } catch (error) {
      if (error instanceof NoRate) return undefined;
      throw error;
    }
  }

  /** The first and the last band that a whole of at least that much, or of just that much, may be in. */
  around(totalMinor: number, isAll: boolean): readonly [first: number, last: number] {
    const last = isAll && !this.#hasFreight ? this.#bandOf(totalMinor + this.#fuzz) : this.#ends.length;
    return [this.#bandOf(totalMinor - this.#fuzz), last];
  }

  /** A value that is certainly above the beginning of the band; zero for the first. */
  beginningOf(band: number): number {
    const end = this.#ends[band - 1];
    return end === undefined ? 0 : end + this.#fuzz + 1;
  }

  /**
   * The property of a total that the charges on its parts depend on: its band, if that is certain; or the total itself,
   * if it is close to a limit, if freight counts towards a limit, or if a rule depends on the exact value.
   */
  nameOf(totalMinor: number): string | number {
    const band = this.#bandOf(totalMinor - this.#fuzz);
    const isInIt = band === this.#bandOf(totalMinor + this.#fuzz);
    const isSure = isInIt && !this.#hasFreight && totalMinor - this.#fuzz > this.#exactUpTo;
    return isSure ? band : `=${totalMinor}`;
  }

  #bandOf(minor: number): number {
    const band = this.#ends.findIndex((end) => minor <= end);
    return band < 0 ? this.#ends.length : band;
  }
}
