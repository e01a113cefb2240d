import { type Money, money } from '../../../kernel/money.ts';
import { dayMs } from '../../../kernel/time.ts';
import type { CompetingLine, SharedLimit } from '../../policy/shared-limits.ts';
import { unitPriceOf } from '../../purchasing/supplier.ts';
import type { RunProblem } from '../run-problem.ts';
import type { LimitedPart, LimitFacts } from './limit-facts.ts';

/** A part of a need, as it competes for the limits of the run. */
type LimitedLine = CompetingLine & { readonly part: LimitedPart };

interface Use {
  readonly limit: SharedLimit;
  readonly perUnit: number;
}

const GRAMS = 1_000;
const CUBIC_MILLIMETRES = 1_000_000;

/** The limits of a run, each made when the first part needs it. */
export class LimitsOfRun {
  readonly #facts: LimitFacts;
  readonly #known = new Map<string, SharedLimit>();
  readonly #problems = new Map<string, RunProblem>();

  constructor(facts: LimitFacts) {
    this.#facts = facts;
  }

  /** What can't be counted against a limit. */
  problems(): readonly RunProblem[] {
    return [...this.#problems.values()];
  }

  /** The line of a part. `pricedUnits`: the quantity whose price a unit has. */
  lineOf(part: LimitedPart, pricedUnits: number): LimitedLine {
    return {
      part,
      units: part.units,
      unitsPerCase: part.offer?.casePack ?? 1,
      minimumUnits: part.offer?.minimumUnits ?? 1,
      unitMargin: marginOf(part, this.#facts),
      expectedSold: (units) => soldAfter(part, units),
      uses: [...this.#budget(part, pricedUnits), ...this.#container(part), ...this.#receiving(part)],
    };
  }

  #use(perUnit: number, name: string, capacity: () => number): Use {
    const limit = this.#known.get(name) ?? { name, capacity: Math.max(0, capacity()) };
    this.#known.set(name, limit);
    return { perUnit, limit };
  }

  #budget(part: LimitedPart, pricedUnits: number): Use[] {
    const { budget, convert } = this.#facts;
    if (budget === undefined || part.offer === undefined) return [];
    const { amount, currency } = unitPriceOf(part.offer, pricedUnits);
    const { limit, spent } = budget;
    const price = convert(money(amount, currency), limit.currency);
    if (price !== undefined)
      return [this.#use(price.amountMinor, 'budget', () => limit.amountMinor - spent.amountMinor)];
    const detail = `no rate from ${currency} to ${limit.currency} is stored: what it sells can't be counted against the budget, and is not ordered`;
    this.#problems.set(part.from, { code: 'no-rate', subject: part.from, detail });
    return [this.#use(1, `budget, without a rate from ${currency}`, () => 0)];
  }

  #container({ kind, from, need: { sku, warehouseId } }: LimitedPart): Use[] {
    const { kilograms, litres } = this.#facts.suppliers.get(from)?.container ?? {};
    const product = this.#facts.products.get(sku);
    if (kind !== 'purchase' || product === undefined) return [];
    const { lengthMm, widthMm, heightMm } = product.dimensions;
    const of = `of a container of ${from} to ${warehouseId}`;
    return [
      ...(kilograms === undefined
        ? []
        : [this.#use(product.unitWeightGrams, `weight ${of}`, () => kilograms * GRAMS)]),
      ...(litres === undefined
        ? []
        : [this.#use(lengthMm * widthMm * heightMm, `volume ${of}`, () => litres * CUBIC_MILLIMETRES)]),
    ];
  }

  #receiving({ arrivesOn, need: { warehouseId } }: LimitedPart): Use[] {
    const { unitsPerDay, storageUnits } = this.#facts.warehouses.get(warehouseId)?.receiving ?? {};
    const coming = () => this.#facts.arrivals.get(warehouseId)?.get(arrivesOn) ?? 0;
    return [
      ...(unitsPerDay === undefined
        ? []
        : [this.#use(1, `dock of ${warehouseId} on ${arrivesOn}`, () => unitsPerDay - coming())]),
      ...(storageUnits === undefined
        ? []
        : [
            this.#use(1, `storage of ${warehouseId}`, () => storageUnits - fullest(warehouseId, this.#facts)),
          ]),
    ];
  }
}

/**
 * The most units that a warehouse stores now or on the day of any arrival of an open order: what is there and comes
 * until then, less the mean of what is sold, which is never more than there is. New orders may come on any of these
 * days.
 */
function fullest(warehouseId: string, { day, stored, arrivals }: LimitFacts): number {
  const { onHand, perDay } = stored.get(warehouseId) ?? { onHand: 0, perDay: 0 };
  let [level, most, last] = [onHand, onHand, day];
  for (const [on, units] of [...(arrivals.get(warehouseId) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const days = Math.max(0, (Date.parse(on) - Date.parse(last)) / dayMs);
    level = Math.max(0, level - perDay * days) + units;
    last = on;
    most = Math.max(most, level);
  }
  return Math.ceil(most);
}

/** What a sold unit brings, in minor units of one currency; nothing where the product or a rate is not stored. */
function marginOf({ need, offer }: LimitedPart, { products, budget, convert }: LimitFacts): number {
  const [base] = products.get(need.sku)?.prices ?? [];
  if (base === undefined) return 0;
  const currency = budget?.limit.currency ?? base.currency;
  const inOne = (amount: Money) => convert(amount, currency)?.amountMinor;
  const price = inOne(money(base.amount, base.currency));
  const bought = offer === undefined ? undefined : unitPriceOf(offer, offer.minimumUnits);
  const cost = bought === undefined ? 0 : inOne(money(bought.amount, bought.currency));
  return price === undefined || cost === undefined ? 0 : Math.max(0, price - cost);
}

/** The units of a part that are sold before the next order, expected: after those of the parts before it. */
function soldAfter({ need, before }: LimitedPart, units: number): number {
  let [skipped, left, sold] = [before, units, 0];
  for (const chance of need.chances) {
    const passed = Math.min(skipped, chance.units);
    const taken = Math.min(left, chance.units - passed);
    skipped -= passed;
    left -= taken;
    sold += taken * chance.probability;
  }
  return sold;
}
