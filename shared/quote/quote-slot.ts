import type { Charge, LandedCost } from '../../events/landed-cost.ts';
import { servingWarehouses, type Warehouse } from '../catalogue/index.ts';
import { type Destination, type Lane, lanesTo, promiseDelivery, takeOverOf } from '../freight/index.ts';
import type { Currency } from '../kernel/currency.ts';
import { formatMoney, fromJson, toJson } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import type { QuoteRates } from './quote-rates.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';

/** A delivery slot that the basket is priced with. Instants are UTC, the surcharge is in its zone's currency. */
export type QuotedSlot = NonNullable<LandedCost['deliverySlot']>;

/** Code of the charge that a slot adds. */
export const SLOT_CHARGE = 'delivery-slot';

/**
 * The part of the network that can deliver in the slot: lanes of the slot's carrier that promise the parcel before the
 * slot begins. Only these are searched, so that every option of the quote can be ordered with the slot.
 */
export function warehousesForSlot(
  warehouses: readonly Warehouse[],
  slot: QuotedSlot,
  { destination, now }: { readonly destination: Destination; readonly now: Instant },
): Warehouse[] {
  const isInTime = (warehouse: Warehouse, lane: Lane) => {
    const { carrier, transit, collections } = lane;
    if (carrier !== slot.carrier) return false;
    const promise = { ...takeOverOf(warehouse, lane, now), transit, collections, destination, now };
    return promiseDelivery(promise).latest <= slot.from;
  };
  return warehouses.map((warehouse) => ({
    ...warehouse,
    lanes: lanesTo(warehouse.lanes, destination.country).filter((lane) => isInTime(warehouse, lane)),
  }));
}

/** Why no plan can be delivered in the slot: its carrier does not serve the destination, or not in time. */
export function whyNoSlot(
  warehouses: readonly Warehouse[],
  { carrier }: QuotedSlot,
  country: string,
): QuoteRefusal {
  const goes = servingWarehouses(warehouses, country).some(({ lanes }) =>
    lanesTo(lanes, country).some((lane) => lane.carrier === carrier),
  );
  return goes ? slotRefusal('slot-before-promise') : slotRefusal('slot-of-other-carrier');
}

const details = {
  'slot-unknown': 'there is no such slot; list the slots again',
  'slot-closed': 'the slot is not open for booking now; list the slots again',
  'slot-elsewhere': "the slot's delivery zone does not cover the destination",
  'slot-of-other-carrier': "no parcel goes there with the slot's carrier",
  'slot-before-promise': 'the slot begins before the earliest arrival that can be promised',
} as const;

export type SlotRefusalReason = keyof typeof details;

export const slotRefusal = (reason: SlotRefusalReason): QuoteRefusal =>
  refusal(reason, ['/deliverySlot/slotId', details[reason]]);

/** The slot's surcharge in the shopper's currency, at the locked rate; undefined if it is free. */
export function slotChargeOf(
  { slotId, surcharge }: QuotedSlot,
  rates: Pick<QuoteRates, 'convert'>,
  currency: Currency,
): Charge | undefined {
  if (surcharge === undefined) return undefined;
  const own = fromJson(surcharge);
  const amount = rates.convert(own, currency);
  const converted = own.currency === currency ? '' : `; ${formatMoney(amount)} at the locked rate`;
  return {
    kind: 'shipping',
    code: SLOT_CHARGE,
    description: 'Delivery slot',
    amount: toJson(amount),
    base: surcharge,
    formula: `${formatMoney(own)} for the slot ${slotId}${converted}`,
    ruleId: `slot-zone-${slotId.split('_')[0]}`,
    legalReference: "the merchant's delivery zones",
    assumption: 'transport to the consignee: in customs value and tax base wherever freight is',
  };
}
