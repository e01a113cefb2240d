import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { money } from '../../../../shared/kernel/money.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import {
  type ChannelChoice,
  type ChannelsOnDay,
  channelsOn,
  chooseChannel,
} from '../../../../shared/replenishment/network/channel/choose-channel.ts';
import type { ImportContext } from '../../../../shared/replenishment/network/import-charges.ts';
import { byParcel, DAY, inBulk, SALE_PRICE, SKU, UNITS_PER_PARCEL } from './terms.ts';

/** The share of its cost that the other way has to save. */
export const MARGIN = 0.05;
const options = [byParcel, inBulk];

const context = (date: string): ImportContext => ({
  ...{ date, rules: builtinRuleBook, seller: { ioss: 'IM2760000001' }, currency: 'EUR' },
  // All amounts of the example are in euros.
  convert: (amount, to) => money(amount.amountMinor, to),
});

/** What both ways cost to a shopper in Germany before and after the day of the rule, and what is proposed today. */
export function channelExample({ units = 0, forecast }: SkuPlan): {
  readonly before: ChannelsOnDay;
  readonly after: ChannelsOnDay;
  readonly choice: Extract<ChannelChoice, { kind: 'switch' }>;
} {
  const perDay = forecast?.perDay ?? 0;
  const sku = {
    ...{ sku: SKU, market: 'DE' as const, salePrice: SALE_PRICE, unitsPerParcel: UNITS_PER_PARCEL },
    ...{ unitsPerInterval: units, intervalDays: Math.round(units / perDay) },
  };
  const settings = { currentOptionId: byParcel.optionId, margin: MARGIN, horizonDays: 90 };
  const choice = chooseChannel(options, sku, context(DAY), settings);
  if (choice.kind !== 'switch') throw new Error(`the example switches its channel: ${choice.kind}`);
  return {
    before: channelsOn(options, sku, context('2026-06-30')),
    after: channelsOn(options, sku, context('2026-07-01')),
    choice,
  };
}
