import type { Warehouse } from '../../catalogue/index.ts';
import { type Lane, type LaneMinimum, minOfLane } from '../../freight/index.ts';
import { money } from '../../kernel/money.ts';
import type { Offer } from '../../planning/index.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import { MinDue } from './min-due.ts';
import { ValueBands } from './value-bands.ts';

/** A lane with what any consignment over it comes to at least. */
interface BoundLane {
  readonly lane: Lane;
  readonly min: LaneMinimum;
  readonly due: MinDue;
  /** By line: whether the lane may carry it. */
  readonly admits: readonly boolean[];
}

/**
 * Lower bounds of what consignments of a basket cost: the rate card's cheapest gram and each line's own duty and tax.
 * None is ever too high, so that a search may leave out what they tell to be dearer.
 */
export class ConsignmentBounds {
  readonly #context: CostingContext;
  readonly #lines: readonly BasketLine[];
  readonly #bands: ValueBands;
  readonly #grams: readonly number[];
  readonly #lanes = new Map<Warehouse, readonly BoundLane[]>();
  readonly #due = new Map<string, MinDue>();
  readonly #lanesOf: (warehouse: Warehouse) => readonly Lane[];

  /** `lanesOf`: those that a consignment may take. */
  constructor(
    context: CostingContext,
    lines: readonly BasketLine[],
    lanesOf: (warehouse: Warehouse) => readonly Lane[],
  ) {
    this.#context = context;
    this.#lines = lines;
    this.#bands = new ValueBands(context);
    this.#grams = lines.map(({ toPack }) => toPack.unitWeightGrams * toPack.quantity);
    this.#lanesOf = lanesOf;
  }

  /** What of all that a country sends matters to what each consignment from there bears. */
  bandOf(together: readonly number[]): string | number {
    return this.#bands.nameOf(this.#goodsOf(together));
  }

  /**
   * What a consignment of the lines costs and emits at least and when it comes, by each lane that may take them.
   * `together`: all that its country sends; without it, they hold whatever it sends besides.
   */
  byLane(warehouse: Warehouse, wanted: readonly number[], together?: readonly number[]): Offer[] {
    const grams = wanted.reduce((all, line) => all + (this.#grams[line] ?? 0), 0);
    const goods = this.#goodsOf(together ?? wanted);
    const offers: Offer[] = [];
    for (const { lane, min, due, admits } of this.#boundLanesOf(warehouse)) {
      if (!wanted.every((line) => admits[line])) continue;
      const dueMinor = due.of(wanted, goods, together !== undefined);
      if (dueMinor === Number.POSITIVE_INFINITY) continue;
      offers.push({
        service: lane.service,
        costMinor: this.#freightOf(min, lane, grams) + dueMinor,
        latestMs: min.latestMs,
        carbonGrams: min.carbonGrams(grams),
      });
    }
    return offers;
  }

  #freightOf(min: LaneMinimum, { via = [] }: Lane, grams: number): number {
    const { rates, request } = this.#context;
    const freight = money(min.freightMinor(grams), min.currency);
    // The price rounds the carrier's part and each transfer's by itself, the bound their sum: half a unit each.
    const rounding = Math.ceil((1 + via.length) / 2);
    return Math.max(0, rates.convert(freight, request.currency).amountMinor - rounding);
  }

  #boundLanesOf(warehouse: Warehouse): readonly BoundLane[] {
    const known = this.#lanes.get(warehouse);
    if (known !== undefined) return known;
    const { request, now, bars } = this.#context;
    const { destination } = request;
    const lanes = this.#lanesOf(warehouse).flatMap((lane): BoundLane[] => {
      const min = minOfLane({ warehouse, lane, destination, now });
      if (min === undefined) return [];
      const may = this.#lines.map(({ product }) => bars(product, lane, warehouse).length === 0);
      return [{ lane, min, due: this.#dueOn(warehouse, lane), admits: may }];
    });
    this.#lanes.set(warehouse, lanes);
    return lanes;
  }

  /** The same for all warehouses of a country. */
  #dueOn({ address }: Warehouse, { channel }: Lane): MinDue {
    const way = { shipFrom: address.country, channel };
    const key = `${way.shipFrom} ${channel}`;
    const due = this.#due.get(key) ?? new MinDue(this.#context, this.#lines, this.#bands, way);
    this.#due.set(key, due);
    return due;
  }

  #goodsOf(wanted: readonly number[]): number {
    return wanted.reduce((all, line) => all + (this.#lines[line]?.goods.amountMinor ?? 0), 0);
  }
}
