import { type Assessed, isAssessed, type NotAssessable } from '../../duties/index.ts';
import { money } from '../../kernel/money.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import { NoRate } from '../quote-rates.ts';
import type { ValueBands } from './value-bands.ts';

/**
 * Duty and tax are rounded on the sum of the lines, so a single line may get this much more: in steps of the law's
 * rounding, or in minor units of the shopper's currency.
 */
const ROUNDING_MINOR = 3;

/** The origin of the goods, and their channel. */
export interface Way {
  readonly shipFrom: string;
  readonly channel: 'post' | 'courier';
}

/**
 * Lower bounds of the charges on lines: what each line bears alone and without freight, in the value band of the whole
 * consignment. Fees and the tax on them are charged once for all lines, and a line that shares a declaration item may
 * bear nothing, so neither is counted.
 */
export class MinDue {
  readonly #context: CostingContext;
  readonly #lines: readonly BasketLine[];
  readonly #way: Way;
  readonly #bands: ValueBands;
  readonly #shares: readonly boolean[];
  readonly #known: number[][];
  readonly #rounding: number;

  constructor(context: CostingContext, lines: readonly BasketLine[], bands: ValueBands, way: Way) {
    this.#context = context;
    this.#lines = lines;
    this.#bands = bands;
    this.#way = way;
    this.#shares = lines.map((_line, index) => sharesItem(lines, index));
    this.#known = lines.map(() => []);
    const { rates, regime, request } = context;
    const { currency, roundedTo } = regime;
    const unit = rates.unitsFor(currency, request.currency);
    const step =
      roundedTo === undefined ? unit : rates.convertForCustoms(roundedTo, request.currency).amountMinor;
    this.#rounding = ROUNDING_MINOR * Math.max(unit, step);
  }

  /**
   * Duty and tax in minor units of the shopper's currency; infinite if the lines can't be sent. `totalMinor`: the least
   * value of the goods that their country sends; `isAll`: the value is exact.
   */
  of(wanted: readonly number[], totalMinor: number, isAll: boolean): number {
    const [first, last] = this.#bands.around(totalMinor, isAll);
    let min = Number.POSITIVE_INFINITY;
    for (let band = first; band <= last; band += 1) {
      let due = 0;
      for (const line of wanted) due += this.#dueIn(line, band);
      if (due < min) min = due;
    }
    return min;
  }

  #dueIn(line: number, band: number): number {
    const own = this.#known[line];
    if (own === undefined) return 0;
    const known = own[band];
    if (known !== undefined) return known;
    const due = this.#dueOf(line, band);
    const sure =
      due === Number.POSITIVE_INFINITY
        ? due
        : this.#shares[line] === true
          ? 0
          : Math.max(0, due - this.#rounding);
    own[band] = sure;
    return sure;
  }

  /** Zero if an exchange rate is missing: whether the goods can go is found when they are costed. */
  #dueOf(index: number, band: number): number {
    try {
      return this.#dueAtRates(index, band);
    } catch (error) {
      if (error instanceof NoRate) return 0;
      throw error;
    }
  }

  /**
   * The charges on the line when the total is just above the beginning of the band; infinite if it is refused there.
   */
  #dueAtRates(index: number, band: number): number {
    const line = this.#lines[index];
    if (line === undefined) return 0;
    const also = Math.max(0, this.#bands.beginningOf(band) - line.toAssess.goodsValue.amount);
    const assessed = assessAlone(this.#context, this.#way, line, also);
    // A refused line is refused in any consignment of that band: no rule admits goods because of other goods.
    if (!isAssessed(assessed)) return Number.POSITIVE_INFINITY;
    return assessed.charges.reduce(
      (all, { kind, amount }) => all + (kind === 'fee' ? -amount.amount : amount.amount),
      0,
    );
  }
}

/**
 * What the line bears by itself on a way, without freight. `alsoSentMinor`: the value of what else its country sends.
 * Throws NoRate where that takes an exchange rate that is missing.
 */
export function assessAlone(
  context: CostingContext,
  way: Way,
  line: BasketLine,
  alsoSentMinor: number,
): Assessed | NotAssessable {
  return assessOn(context, way, [line], { alsoSentMinor, forListedPrice: false });
}

/** What all lines bear in one consignment on a way, without freight, with the parts that are tax on the goods. */
export const assessTogether = (
  context: CostingContext,
  way: Way,
  lines: readonly BasketLine[],
): Assessed | NotAssessable => assessOn(context, way, lines, { alsoSentMinor: 0, forListedPrice: true });

function assessOn(
  { regime, rules, rates, request, seller, date }: CostingContext,
  way: Way,
  lines: readonly BasketLine[],
  { alsoSentMinor, forListedPrice }: { readonly alsoSentMinor: number; readonly forListedPrice: boolean },
): Assessed | NotAssessable {
  const { currency, destination, incoterm } = request;
  const consignment = {
    ...way,
    destination,
    currency,
    incoterm,
    alsoSent: money(alsoSentMinor, currency),
    lines: lines.map(({ toAssess }) => toAssess),
    freight: money(0, currency),
  };
  const { convert, convertForCustoms } = rates;
  const assessing = { date, rules, seller, explain: false, convert, convertForCustoms, forListedPrice };
  return regime.assess(consignment, assessing);
}

/** Whether another line of the basket may share the line's declaration item. */
function sharesItem(lines: readonly BasketLine[], index: number): boolean {
  const item = (line: BasketLine | undefined) =>
    `${line?.toAssess.hsCode.slice(0, 6)} ${line?.toAssess.originCountry}`;
  return lines.some((line, other) => other !== index && item(line) === item(lines[index]));
}
