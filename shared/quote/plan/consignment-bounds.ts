import type { Warehouse } from '../../catalogue/index.ts';
import { type Lane, type LaneMinimum, minOfLane } from '../../freight/index.ts';
import { money } from '../../kernel/money.ts';
import type { Offer } from '../../planning/index.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import { NoRate } from '../quote-rates.ts';
import { assessAlone, MinDue, type Way } from './min-due.ts';
import { ValueBands } from './value-bands.ts';

/** A lane with its lower bounds for any consignment. */
interface BoundLane {
  readonly lane: Lane;
  readonly min: LaneMinimum;
  /** Undefined where an exchange rate for it is missing: then it is taken as nothing. */
  readonly due: MinDue | undefined;
  /** By line: whether the lane may carry it. */
  readonly admits: readonly boolean[];
}

/**
 * Lower bounds of the cost of a basket's consignments: the rate card's cheapest gram, and each line's own duty and tax.
 * A bound is never too high, so a search may discard everything above its best plan.
 */
export class ConsignmentBounds {
  readonly #context: CostingContext;
  readonly #lines: readonly BasketLine[];
  readonly #bands: ValueBands | undefined;
  readonly #grams: readonly number[];
  readonly #lanes = new Map<Warehouse, readonly BoundLane[]>();
  readonly #due = new Map<string, MinDue>();
  readonly #lanesOf: (warehouse: Warehouse) => readonly Lane[];
  readonly #hasCustomsRate: boolean;

  /** `lanesOf`: the lanes that a consignment may take. */
  constructor(
    context: CostingContext,
    lines: readonly BasketLine[],
    lanesOf: (warehouse: Warehouse) => readonly Lane[],
  ) {
    this.#context = context;
    this.#lines = lines;
    this.#bands = ValueBands.of(context);
    this.#grams = lines.map(({ toPack }) => toPack.unitWeightGrams * toPack.quantity);
    this.#lanesOf = lanesOf;
    const { regime, rates, request } = context;
    this.#hasCustomsRate = rates.canConvertForCustoms(regime.currency, request.currency);
  }

  /** The property of everything that a country sends which the charges of its consignments depend on. */
  bandOf(together: readonly number[]): string | number {
    const goods = this.#goodsOf(together);
    return this.#bands?.nameOf(goods) ?? `=${goods}`;
  }

  /**
   * Lower bounds of cost and emissions and the earliest promise of a consignment of the lines, by each lane that may
   * take them. `together`: all that its country sends; without it, the bounds hold whatever else is sent.
   */
  byLane(warehouse: Warehouse, wanted: readonly number[], together?: readonly number[]): Offer[] {
    const grams = wanted.reduce((all, line) => all + (this.#grams[line] ?? 0), 0);
    const goods = this.#goodsOf(together ?? wanted);
    const offers: Offer[] = [];
    for (const { lane, min, due, admits } of this.#boundLanesOf(warehouse)) {
      if (!wanted.every((line) => admits[line])) continue;
      const dueMinor = due?.of(wanted, goods, together !== undefined) ?? 0;
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
    // The price rounds the carrier's part and each transfer's part separately, the bound rounds their sum: half a unit
    // each.
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
      const way = { shipFrom: warehouse.address.country, channel: lane.channel };
      const may = this.#lines.map(
        (line) => bars(line.product, lane, warehouse).length === 0 && !this.#lacksRate(way, line),
      );
      return [{ lane, min, due: this.#dueOn(way), admits: may }];
    });
    this.#lanes.set(warehouse, lanes);
    return lanes;
  }

  /** The same for all warehouses of a country. */
  #dueOn(way: Way): MinDue | undefined {
    if (this.#bands === undefined || !this.#hasCustomsRate) return undefined;
    const key = `${way.shipFrom} ${way.channel}`;
    const due = this.#due.get(key) ?? new MinDue(this.#context, this.#lines, this.#bands, way);
    this.#due.set(key, due);
    return due;
  }

  /**
   * Whether the line bears charges on the way that can't be converted. Charges are in the currency of the destination's
   * law, so that without a rate of it the line can't go in any company either.
   */
  #lacksRate(way: Way, line: BasketLine): boolean {
    if (this.#hasCustomsRate) return false;
    try {
      assessAlone(this.#context, way, line, 0);
      return false;
    } catch (error) {
      if (error instanceof NoRate) return true;
      throw error;
    }
  }

  #goodsOf(wanted: readonly number[]): number {
    return wanted.reduce((all, line) => all + (this.#lines[line]?.toAssess.goodsValue.amount ?? 0), 0);
  }
}
