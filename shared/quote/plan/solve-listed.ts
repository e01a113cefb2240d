import { divide } from '../../kernel/money.ts';

/** A line of a plan: its price in minor units, and whether that has tax in it. */
export interface ListedLine {
  readonly priceMinor: number;
  readonly hasTax: boolean;
}

/**
 * The tax on the goods of each line at those values, in minor units: undefined for a line on which none is charged.
 * Undefined where the plan is refused at them.
 */
export type TaxAt = (valuesMinor: readonly number[]) => Taxes | undefined;

type Taxes = readonly (number | undefined)[];

/** The price without tax, in minor units. */
export interface SolvedLine {
  /** The value of the goods: thresholds, duty and tax are computed from it. */
  readonly valueMinor: number;
  /**
   * What the shopper pays for the goods. With the tax on them it is the listed price. Where no value gives it to the
   * minor unit, because the law rounds the tax, it is less than the value by the rounding.
   */
  readonly goodsMinor: number;
  /** No tax is due on it, but it would be due at the listed price: it is the highest value without tax. */
  readonly isLowered: boolean;
}

/** Rounds of computation; five are usual. */
const MAX_ROUNDS = 40;

/**
 * Finds the prices without tax of lines whose listed prices have tax in them, such that price and tax on the goods are
 * the listed price. Where no tax is due at the listed price, it is the price. Undefined if the plan is refused.
 * `taxAt` may round, and may grant a relief up to a value of all lines; more value never means less tax.
 */
export function solveListed(lines: readonly ListedLine[], taxAt: TaxAt): readonly SolvedLine[] | undefined {
  const solver = new Solver(lines, taxAt);
  return solver.solve();
}

/** The amount times part / whole, without its fraction. */
const share = (amount: number, part: number, whole: number) =>
  Number(divide(BigInt(amount) * BigInt(part), BigInt(whole), 'down'));

const total = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

class Solver {
  readonly #lines: readonly ListedLine[];
  readonly #taxAt: TaxAt;
  /** The highest values without tax of the lines that have no price with it. */
  readonly #lowered = new Map<number, number>();

  constructor(lines: readonly ListedLine[], taxAt: TaxAt) {
    this.#lines = lines;
    this.#taxAt = taxAt;
  }

  solve(): readonly SolvedLine[] | undefined {
    const listed = this.#lines.map(({ priceMinor }) => priceMinor);
    // A plan may be refused at the listed prices and not at those without tax: three quarters are less than these.
    const lower = this.#lines.map(({ priceMinor, hasTax }) =>
      hasTax ? Math.ceil(priceMinor * 0.75) : priceMinor,
    );
    const start = [listed, lower].find((values) => this.#taxAt(values) !== undefined);
    if (start === undefined) return undefined;
    return this.#from(start);
  }

  #from(start: readonly number[]): readonly SolvedLine[] | undefined {
    let values = this.#withLowered(start);
    let best: readonly number[] | undefined;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const tax = this.#taxAt(values);
      if (tax === undefined) return undefined;
      const flipped = this.#flipped(values, tax);
      if (flipped.length > 0) {
        this.#lower(flipped, values);
        return this.#from(values);
      }
      if (this.#isEnough(values, tax) && (best === undefined || total(values) < total(best))) best = values;
      const next = this.#next(values, tax);
      if (next.every((value, line) => value === values[line])) {
        if (this.#isEnough(values, tax)) return this.#solved(values, tax);
        values = this.#raised(values, tax);
      } else values = next;
    }
    const chosen = best ?? values;
    const tax = this.#taxAt(chosen);
    return tax === undefined ? undefined : this.#solved(chosen, tax);
  }

  /** Whether a line's tax is searched for: its price has tax in it and was not lowered. */
  #isOpen(line: number): boolean {
    return this.#lines[line]?.hasTax === true && !this.#lowered.has(line);
  }

  #priceOf(line: number): number {
    return this.#lines[line]?.priceMinor ?? 0;
  }

  #withLowered(values: readonly number[]): readonly number[] {
    return values.map((value, line) => this.#lowered.get(line) ?? value);
  }

  /** Newton's step for each line: the tax is close to a share of the value. */
  #next(values: readonly number[], tax: Taxes): readonly number[] {
    return values.map((value, line) => {
      if (!this.#isOpen(line)) return value;
      const own = tax[line] ?? 0;
      const missing = this.#priceOf(line) - value - own;
      return value + share(missing, value, Math.max(1, value + own));
    });
  }

  /** Open lines below their listed prices on which no tax is due: at the listed prices it would be. */
  #flipped(values: readonly number[], tax: Taxes): readonly number[] {
    const free = values.flatMap((value, line) =>
      this.#isOpen(line) && value < this.#priceOf(line) && tax[line] === undefined ? [line] : [],
    );
    if (free.length === 0) return [];
    const above = this.#taxAt(
      values.map((value, line) => (free.includes(line) ? this.#priceOf(line) : value)),
    );
    return above !== undefined && free.some((line) => above[line] !== undefined) ? free : [];
  }

  /** Finds the highest values without tax of those lines, between their values and their listed prices. */
  #lower(flipped: readonly number[], values: readonly number[]): void {
    const room = Math.max(...flipped.map((line) => this.#priceOf(line) - (values[line] ?? 0)));
    const at = (step: number) =>
      values.map((value, line) =>
        flipped.includes(line) ? value + share(this.#priceOf(line) - value, step, room) : value,
      );
    let [low, high] = [0, room];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const tax = this.#taxAt(at(middle));
      if (tax !== undefined && flipped.every((line) => tax[line] === undefined)) low = middle;
      else high = middle;
    }
    for (const line of flipped) this.#lowered.set(line, at(low)[line] ?? 0);
  }

  /** Whether the values of the open lines are not less than what is paid for them: no value is too low. */
  #isEnough(values: readonly number[], tax: Taxes): boolean {
    return this.#missing(values, tax) <= 0;
  }

  #missing(values: readonly number[], tax: Taxes): number {
    return total(
      values.map((value, line) => (this.#isOpen(line) ? this.#priceOf(line) - (tax[line] ?? 0) - value : 0)),
    );
  }

  /** One minor unit more for the line that lacks most. */
  #raised(values: readonly number[], tax: Taxes): readonly number[] {
    const lacks = values.map((value, line) =>
      this.#isOpen(line) ? this.#priceOf(line) - (tax[line] ?? 0) - value : Number.NEGATIVE_INFINITY,
    );
    const most = lacks.indexOf(Math.max(...lacks));
    return values.with(most, (values[most] ?? 0) + 1);
  }

  #solved(values: readonly number[], tax: Taxes): readonly SolvedLine[] {
    return values.map((valueMinor, line) => ({
      valueMinor,
      goodsMinor: this.#isOpen(line) ? this.#priceOf(line) - (tax[line] ?? 0) : valueMinor,
      isLowered: this.#lowered.has(line),
    }));
  }
}
