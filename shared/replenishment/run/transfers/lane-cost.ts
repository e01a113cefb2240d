import type { Currency } from '../../../kernel/currency.ts';
import { type Money, zero } from '../../../kernel/money.ts';
import { type Result, refused } from '../../../kernel/result.ts';
import type { GoodsOfSku, ImportContext, NotPriced } from '../../network/import-charges.ts';
import { landedMoveCost, type MoveCost } from '../../network/move-cost.ts';
import type { RunLane } from './transfer-lanes.ts';

/** The law, the rates and the currency by which moves are priced; undefined where no exchange rate is stored. */
export type Pricing = Omit<ImportContext, 'currency' | 'convert'> & {
  readonly convert: (amount: Money, to: Currency) => Money | undefined;
};

/** An amount has no rate into the currency of a plan. */
class NoRate extends Error {}

/** The landed cost of a move of one SKU by a lane, in the currency of the context; or why it has none. */
export function laneCost(
  lane: RunLane,
  {
    goods,
    units,
    unitValue,
  }: { readonly goods: GoodsOfSku; readonly units: number; readonly unitValue: Money },
  context: Pricing & { readonly currency: Currency },
): Result<Pick<MoveCost, 'total'>, NotPriced> {
  const nothing = zero(context.currency);
  const { perMove = nothing, perKilogram = nothing, handlingPerUnit = nothing } = lane;
  const convert = (amount: Money, to: Currency) => {
    const converted = context.convert(amount, to);
    if (converted === undefined) throw new NoRate(`no rate from ${amount.currency} to ${to} is stored`);
    return converted;
  };
  try {
    return landedMoveCost(
      {
        ...{ goods, units, unitValue, from: lane.fromCountry, to: lane.toCountry },
        rates: { perMove, perKilogram, handlingPerUnit, storagePerUnitMonth: nothing },
        ...{ storedDays: 0, taxIsRecovered: true },
      },
      { ...context, convert },
    );
  } catch (error) {
    if (error instanceof NoRate) return refused({ reason: 'no-rate', detail: error.message });
    throw error;
  }
}
