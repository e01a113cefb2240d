import type { Country } from '../../kernel/country.ts';
import { formatMoney, type Money, multiply, sum, times, zero } from '../../kernel/money.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { expectedMoney } from '../policy/expected-money.ts';
import { moneyReason, type Reason } from '../policy/reasons.ts';
import {
  crossesBorder,
  entryCharges,
  type GoodsOfSku,
  type ImportContext,
  type NotPriced,
} from './import-charges.ts';
import type { TransferLane } from './sku-network.ts';

/** What a move in bulk costs besides customs. All in one currency. */
export interface MoveRates {
  /** Of one move, whatever it carries: booking, entry, pallet. */
  readonly perMove: Money;
  readonly perKilogram: Money;
  readonly handlingPerUnit: Money;
  /** Of one unit for 30 days. */
  readonly storagePerUnitMonth: Money;
}

/** A move of one SKU in bulk from one site to another. */
export interface Move {
  readonly goods: GoodsOfSku;
  readonly units: number;
  /** The customs value of one unit. */
  readonly unitValue: Money;
  readonly from: Country;
  readonly to: Country;
  readonly rates: MoveRates;
  /** How long a unit is stored at the end, on average. */
  readonly storedDays: number;
  /** Whether the merchant gets the import tax back. */
  readonly taxIsRecovered: boolean;
}

/** The landed cost of a move. */
export interface MoveCost {
  readonly total: Money;
  readonly freight: Money;
  readonly duty: Money;
  readonly fees: Money;
  /** The import tax, whether it is recovered or a part of the total. */
  readonly tax: Money;
  readonly handling: Money;
  readonly storage: Money;
  readonly reasons: readonly Reason[];
  /** The rules of the law by which duty, tax and fees came about. */
  readonly ruleIds: readonly string[];
}

/**
 * What it costs to have the units at the other site: freight of the first leg, duty, tax and fees of a bulk entry by
 * our duties code, handling and storage. Within one customs territory there is no entry. The figures are those of the
 * regime's law on the day, each rounded once, in the currency of the context.
 */
export function landedMoveCost(move: Move, context: ImportContext): Result<MoveCost, NotPriced> {
  const { goods, units, rates, from, to, unitValue } = move;
  const { currency } = context;
  const converted = (amount: Money) => context.convert(amount, currency);
  const weight = { numerator: BigInt(goods.unitWeightGrams * units), denominator: 1000n };
  const freight = sum([converted(rates.perMove), multiply(converted(rates.perKilogram), weight)], currency);
  const none = { duty: zero(currency), tax: zero(currency), fees: zero(currency), charges: [] };
  const entry = { goods, units, unitValue, from, to, channel: 'courier', freight } as const;
  const charged = crossesBorder(from, to) ? entryCharges(entry, context) : ok(none);
  if (!charged.ok) return refused(charged.error);
  const { duty, tax, fees, charges } = charged.value;
  const handling = times(converted(rates.handlingPerUnit), units);
  const storage = expectedMoney(converted(rates.storagePerUnitMonth), (units * move.storedDays) / 30);
  const parts = [freight, duty, fees, handling, storage, ...(move.taxIsRecovered ? [] : [tax])];
  const total = sum(parts, currency);
  const law = charges.map(({ formula, ruleId }) => `${formula} (${ruleId})`);
  const reasons = [
    moneyReason('cost', freight, `freight of ${goods.unitWeightGrams * units} g from ${from} to ${to}`),
    moneyReason('cost', sum([duty, fees], currency), law.join('; ') || 'no customs border'),
    moneyReason('cost', tax, move.taxIsRecovered ? 'import tax, recovered' : 'import tax, not recovered'),
    moneyReason('cost', handling, `${units} x ${formatMoney(rates.handlingPerUnit)} handling`),
    moneyReason('cost', storage, `${move.storedDays} days of storage`),
  ];
  const ruleIds = charges.map(({ ruleId }) => ruleId);
  return ok({ total, freight, duty, fees, tax, handling, storage, reasons, ruleIds });
}

/** A way of a SKU for which a cost is asked: the sites and the units that one move usually has. */
export interface LaneToPrice {
  readonly from: string;
  readonly to: string;
  readonly usualUnits: number;
  readonly maxUnits?: number | undefined;
}

/**
 * The lanes with the landed cost of a unit, at the usual size of a move. `costOf` is passed in; with
 * {@link landedMoveCost} it is the cost by our duties code. A lane without a price is named and left out.
 */
export function pricedLanes(
  lanes: readonly LaneToPrice[],
  costOf: (lane: LaneToPrice) => Result<Pick<MoveCost, 'total'>, NotPriced>,
): { readonly lanes: TransferLane[]; readonly problems: (NotPriced & { readonly lane: LaneToPrice })[] } {
  const priced: TransferLane[] = [];
  const problems: (NotPriced & { readonly lane: LaneToPrice })[] = [];
  for (const lane of lanes) {
    const { from, to, usualUnits, maxUnits } = lane;
    const cost = costOf(lane);
    if (!cost.ok) problems.push({ ...cost.error, lane });
    else if (!(usualUnits > 0))
      problems.push({ reason: 'not-supported', detail: 'a move has one unit at least', lane });
    else {
      const unitCostMinor = perUnit(cost.value.total.amountMinor, usualUnits);
      priced.push({ from, to, unitCostMinor, ...(maxUnits === undefined ? {} : { maxUnits }) });
    }
  }
  return { lanes: priced, problems };
}

const perUnit = (whole: number, units: number) => whole / units;
