import { defined } from '../../kernel/defined.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import type { StoredSignal } from '../signals/given-signal.ts';

/** A campaign for which a SKU at a site has too little stock, and whose next units come too late. */
interface LateCampaign {
  readonly signalId: string;
  /** The last day on which its stock may arrive. */
  readonly arriveBy: CalendarDate;
  /** When the next units come; absent where none are ordered and none can be. */
  readonly arrivesOn?: CalendarDate;
}

/** Days of one SKU at one site, as a plan finds them. */
export interface SupplyDays {
  /** The first day without a unit, by the forecast with its campaigns; absent if that is over a year away. */
  readonly runsOutOn?: CalendarDate | undefined;
  /** The next arrival of an open order. */
  readonly nextArrivalOn?: CalendarDate | undefined;
  /** When an order of today would arrive. */
  readonly expectedOn?: CalendarDate | undefined;
}

/**
 * The campaigns whose stock is late: what is there does not last for them, and the next units come after the day by
 * which they have to be there. Pure.
 */
export function lateCampaigns(
  campaigns: readonly StoredSignal[],
  { runsOutOn, nextArrivalOn, expectedOn }: SupplyDays,
): LateCampaign[] {
  if (runsOutOn === undefined) return [];
  const [arrivesOn] = [nextArrivalOn, expectedOn].filter((day) => day !== undefined).toSorted();
  return campaigns.flatMap(({ signalId, arriveBy, lastDay, stockDaysBefore }): LateCampaign[] => {
    // The plan counts the campaign as many days earlier as its stock has to be there before.
    const lastsForIt = runsOutOn > dayAfter(lastDay, -stockDaysBefore);
    if (lastsForIt || (arrivesOn !== undefined && arrivesOn <= arriveBy)) return [];
    return [{ signalId, arriveBy, ...defined({ arrivesOn }) }];
  });
}
