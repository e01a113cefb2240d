import type { Currency } from '../../kernel/currency.ts';
import type { Money } from '../../kernel/money.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import type { RateBook, RateDay } from './rate-book.ts';

/**
 * Converts the amounts of a report, and counts what had no rate. Whatever is given at once is converted once, so that
 * all tables of a report add up to the same total, whichever way they cut it.
 */
export class Converter {
  readonly #without = new Map<string, NotCounted>();
  readonly #book: RateBook;
  readonly #currency: Currency;

  constructor(book: RateBook, currency: Currency) {
    this.#book = book;
    this.#currency = currency;
  }

  /** The amounts in the currency of the report; undefined, and counted, if their currency has no rate that day. */
  convert<Figure extends string>(
    amounts: Readonly<Record<Figure, Money>>,
    day: RateDay,
    counted: { readonly what: string; readonly count: number },
  ): Record<Figure, Money> | undefined {
    const made = this.quietly(amounts, day);
    if (made === undefined) this.#count(amounts, day, counted);
    return made;
  }

  /** The same for amounts that are a part of what is counted elsewhere. */
  quietly<Figure extends string>(
    amounts: Readonly<Record<Figure, Money>>,
    day: RateDay,
  ): Record<Figure, Money> | undefined {
    const converted: Partial<Record<Figure, Money>> = {};
    for (const [figure, given] of Object.entries(amounts) as [Figure, Money][]) {
      const made = this.#book.convert(given, this.#currency, day);
      if (made === undefined) return undefined;
      converted[figure] = made;
    }
    return converted as Record<Figure, Money>;
  }

  #count(
    amounts: Readonly<Record<string, Money>>,
    { lockedDay, placedDay }: RateDay,
    { what, count }: { readonly what: string; readonly count: number },
  ): void {
    const currencies = [...new Set(Object.values(amounts).map(({ currency }) => currency))].join(', ');
    const says = `${what} in ${currencies} of ${lockedDay ?? placedDay}, which have no rate to ${this.#currency}: they are in the counts and in no converted amount`;
    const before = this.#without.get(says)?.count ?? 0;
    this.#without.set(says, { code: 'no-rate', says, count: before + count });
  }

  /** What had no rate, in the order of its texts. */
  notCounted(): NotCounted[] {
    return [...this.#without.values()].sort((a, b) => (a.says < b.says ? -1 : 1));
  }
}
