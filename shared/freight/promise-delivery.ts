import { type Country, crossesCustomsBorder } from '../kernel/country.ts';
import { hourMs, type Instant, toInstant } from '../kernel/time.ts';
import { instantOf, localTimeAt, weekdayOf } from '../kernel/zoned-time.ts';
import { consigneeZone, mainZone } from './consignee-zone.ts';
import type { Destination } from './destination.ts';
import { daysOff, handOverAt } from './hand-over.ts';
import type { ShippingSite } from './shipping-site.ts';
import { type Transit, WHOLE_SHARE } from './transit.ts';

/** Couriers deliver between these times of the consignee's day. */
const FIRST_DELIVERY_MS = 8 * hourMs;
const LAST_DELIVERY_MS = 20 * hourMs;
/** A parcel that the carrier has by then can be delivered on the same day. On the clocks of the country's main zone. */
const SAME_DAY_UNTIL_MS = 16 * hourMs;

/** When a parcel arrives at the door, as instants in UTC. */
export interface DeliveryPromise {
  /** No parcel of the lane has ever arrived earlier. */
  readonly earliest: Instant;
  /** 20:00 on the consignee's clocks, on the day by which `percentile` per cent of parcels have arrived. */
  readonly latest: Instant;
  /** When the carrier collects the parcel. */
  readonly handOver: Instant;
  /** IANA name of the zone of `latest`. */
  readonly timeZone: string;
  readonly percentile: number;
}

export interface PromiseInput {
  readonly site: ShippingSite;
  readonly transit: Transit;
  readonly destination: Destination;
  readonly now: Instant;
  /** When the carrier collects, `HH:MM` at the warehouse, the earliest first; if none is given, at closing time. */
  readonly collections?: readonly string[] | undefined;
  /** When the goods reach this warehouse, if they come from another one first. */
  readonly availableAt?: Instant | undefined;
  /** Replaces the lane's own. */
  readonly percentile?: number | undefined;
}

/**
 * The delivery promise. Hand-over depends on the warehouse's cut-off, handling and calendar. Then come customs and
 * transit: their distributions are taken as independent and combined, outcome by outcome. Transit counts the carrier's
 * delivery days in the destination, without its holidays. The first day is counted from the later of the dates of
 * warehouse and destination, so that the date line makes no promise too early.
 */
export function promiseDelivery(input: PromiseInput): DeliveryPromise {
  const { site, transit, destination, now, availableAt } = input;
  const percentile = input.percentile ?? transit.percentile;
  const orderedMs = Math.max(Date.parse(now), availableAt === undefined ? 0 : Date.parse(availableAt));
  const handOverMs = handOverAt(site, orderedMs, input.collections);
  const timeZone = consigneeZone(destination);
  const outcomes = outcomesOf(input, handOverMs);
  const wanted = percentile * (WHOLE_SHARE / 100) * WHOLE_SHARE;
  let chance = 0;
  const kept = outcomes.find((outcome) => {
    chance += outcome.chance;
    return chance >= wanted;
  });
  const first = outcomes[0]?.day ?? 0;
  const earliestMs = instantOf(timeZone, { day: first, msOfDay: FIRST_DELIVERY_MS });
  const latestMs = instantOf(timeZone, { day: kept?.day ?? first, msOfDay: LAST_DELIVERY_MS });
  return {
    earliest: toInstant(new Date(Math.max(earliestMs, handOverMs))),
    latest: toInstant(new Date(latestMs)),
    handOver: toInstant(new Date(handOverMs)),
    timeZone,
    percentile,
  };
}

interface Outcome {
  /** The local day of delivery. */
  readonly day: number;
  /** Of 10,000 x 10,000. */
  readonly chance: number;
}

/** Every combination of customs and transit with its day of delivery, the earliest first. */
function outcomesOf({ site, transit, destination }: PromiseInput, handOverMs: number): Outcome[] {
  const { country } = destination;
  const crosses = crossesCustomsBorder(site.address.country, country);
  const customs = crosses && transit.customs.length > 0 ? transit.customs : AT_ONCE;
  const maxDays = transit.days.at(-1)?.days ?? 0;
  const outcomes: Outcome[] = [];
  let cleared = 0;
  for (const { hours, share } of customs) {
    const releasedMs = handOverMs + hours * hourMs;
    const start = Math.max(
      localTimeAt(site.timeZone, releasedMs).day,
      localTimeAt(mainZone(country), releasedMs).day,
    );
    const latestMs = instantOf(mainZone(country), { day: start, msOfDay: SAME_DAY_UNTIL_MS });
    const days = deliveryDaysFrom(
      transit,
      country,
      { day: start, isPossible: releasedMs <= latestMs },
      maxDays,
    );
    let come = 0;
    for (const row of transit.days) {
      outcomes.push({ day: days[row.days] ?? start, chance: (share - cleared) * (row.share - come) });
      come = row.share;
    }
    cleared = share;
  }
  return outcomes.sort((a, b) => a.day - b.day);
}

const AT_ONCE = [{ hours: 0, share: WHOLE_SHARE }];

/**
 * The day that is `n` delivery days after a day, for each n up to `max`; n = 0 is the day itself if goods can still be
 * delivered on it.
 */
function deliveryDaysFrom(
  { deliveryDays, holidays }: Transit,
  country: Country,
  { day: start, isPossible }: { readonly day: number; readonly isPossible: boolean },
  max: number,
): number[] {
  const off = daysOff(holidays.find((each) => each.country === country)?.dates ?? NONE);
  const delivers = (day: number) => deliveryDays.includes(weekdayOf(day)) && !off.has(day);
  const days = isPossible && delivers(start) ? [start] : [];
  for (let day = start + 1; days.length <= max; day += 1) {
    if (!delivers(day)) continue;
    // If the start is not a delivery day, the next one is both the earliest day and the first one counted.
    if (days.length === 0) days.push(day);
    if (days.length <= max) days.push(day);
  }
  return days;
}

const NONE: readonly string[] = [];
