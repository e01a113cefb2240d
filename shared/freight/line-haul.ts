import { formatMoney, type Money, money } from '../kernel/money.ts';
import { hourMs, type Instant, toInstant } from '../kernel/time.ts';
import { type CarbonLeg, carbonOfLeg, pointOfSite } from './carbon.ts';
import { greatCircleKm } from './great-circle.ts';
import { handOverAt } from './hand-over.ts';
import type { Lane, Transfer } from './lane.ts';
import type { ShippingSite } from './shipping-site.ts';

/** The place where a carrier collects parcels, and the earliest time. */
export interface TakeOver {
  readonly site: ShippingSite;
  readonly availableAt?: Instant | undefined;
}

/** What one transfer of a consignment costs, in the currency of its rate. */
export interface TransferPart {
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  readonly amount: Money;
  readonly formula: string;
}

/**
 * Where the lane's carrier collects the parcel: at the warehouse, or where line-haul brings it after it was packed
 * there. A packed parcel needs no handling on its way, and also passes warehouses that start no more orders. It waits
 * for the next departure. If it arrives after the cut-off or on a day off, it waits for the next working day.
 */
export function takeOverOf(
  warehouse: ShippingSite,
  { via }: Pick<Lane, 'via'>,
  now: Instant,
  availableAt?: Instant,
): TakeOver {
  if (via === undefined) return { site: warehouse, availableAt };
  let site = warehouse;
  let readyMs = Math.max(Date.parse(now), availableAt === undefined ? 0 : Date.parse(availableAt));
  for (const { to, transferHours, departures } of via) {
    readyMs = handOverAt(site, readyMs, departures) + transferHours * hourMs;
    site = { ...to, handlingHours: 0, fullDays: undefined };
  }
  return { site, availableAt: toInstant(new Date(readyMs)) };
}

/** The cost of the transfers of a consignment with that gross weight, without those that cost nothing. */
export function transferParts(via: readonly Transfer[], grossGrams: number): TransferPart[] {
  return via.flatMap(({ fromWarehouseId, to, transferRate }): TransferPart[] => {
    if (transferRate === undefined) return [];
    const { currency, perConsignmentMinor, perKilogramMinor } = transferRate;
    if (perConsignmentMinor + perKilogramMinor === 0) return [];
    const kilograms = Math.ceil(grossGrams / 1_000);
    const amount = money(perConsignmentMinor + kilograms * perKilogramMinor, currency);
    const each = formatMoney(money(perKilogramMinor, currency));
    const formula = `${formatMoney(amount)} = ${formatMoney(money(perConsignmentMinor, currency))} + ${kilograms} x ${each} for each kg of ${grossGrams} g begun`;
    return [{ fromWarehouseId, toWarehouseId: to.warehouseId, amount, formula }];
  });
}

/** Greenhouse gases of the transfers, leg by leg, calculated like any other leg. */
export function transferLegs(
  from: ShippingSite,
  via: readonly Transfer[],
  grossWeightGrams: number,
): CarbonLeg[] {
  let site = from;
  return via.map(({ to, mode, distanceKm }) => {
    const direct = Math.max(1, greatCircleKm(pointOfSite(site), pointOfSite(to)));
    site = to;
    return distanceKm === undefined
      ? carbonOfLeg({ mode, distanceKm: direct, distanceBasis: 'great-circle' }, grossWeightGrams)
      : carbonOfLeg({ mode, distanceKm, distanceBasis: 'lane' }, grossWeightGrams);
  });
}
