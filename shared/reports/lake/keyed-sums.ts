import { add, type Money } from '../../kernel/money.ts';

/** Figures that are added up: counts, and amounts in one currency. */
type Figures = Readonly<Record<string, number | Money>>;

/** The sums of the rows of several tables, by the key of the row. A row that nothing was added to is `none`. */
export class KeyedSums<Table extends string, Sums extends Figures> {
  readonly #sums = new Map<Table, Map<string, Sums>>();
  readonly #none: Sums;

  constructor(none: Sums) {
    this.#none = none;
  }

  /** Adds figures to a row; those that are not named stay. */
  add(table: Table, key: string, more: Partial<Sums>): void {
    const ofTable = this.#sums.get(table) ?? new Map<string, Sums>();
    const before = ofTable.get(key) ?? this.#none;
    const after = Object.fromEntries(
      Object.entries(before).map(([name, value]) => [name, plus(value, more[name])]),
    );
    this.#sums.set(table, ofTable.set(key, after as Sums));
  }

  of(table: Table, key: string): Sums {
    return this.#sums.get(table)?.get(key) ?? this.#none;
  }

  /** The keys of a table in their own order. */
  keys(table: Table): string[] {
    return [...(this.#sums.get(table)?.keys() ?? [])].sort((a, b) => (a < b ? -1 : 1));
  }

  /** The keys of a table, the one with the largest figure first. */
  keysBy(table: Table, size: (sums: Sums) => number): string[] {
    return this.keys(table).sort((a, b) => size(this.of(table, b)) - size(this.of(table, a)));
  }
}

function plus(value: number | Money, more: number | Money | undefined): number | Money {
  if (more === undefined) return value;
  if (typeof value === 'number') return value + (more as number);
  return add(value, more as Money);
}

/** A part of a whole; null of nothing. */
export const partOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
