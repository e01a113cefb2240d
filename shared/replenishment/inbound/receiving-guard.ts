import type { Warehouse } from '../../catalogue/index.ts';
import { type CalendarDate, dayAfter, dayMs, type Instant, later } from '../../kernel/time.ts';
import { type Arrival, planReceipts, type ReceivingSite } from '../policy/receiving.ts';
import { hasEnded, type OrderState } from '../purchasing/order-state.ts';
import type { OpenOrder } from '../purchasing/ports.ts';
import type { PortCongestion, StoredUnits, SupplyRisk } from './supply-risks.ts';

type Guarded = Pick<Warehouse, 'warehouseId' | 'receiving' | 'workingDays' | 'holidays'>;

/** Arrivals that are further away are not looked at: their days are guesses. */
const HORIZON_DAYS = 90;
/** The most days by which an arrival is put off, to find the day on which it fits. */
const PUT_OFF_DAYS = 60;

const dayOf = (at: Instant): CalendarDate => at.slice(0, 10);

/**
 * The days on which more arrives at a warehouse than its dock takes in, or than it can store, by the deliveries that
 * are announced and the orders that are open, proposed ones included. Arrivals are taken in their order; what has no
 * room on its day waits for the next working day with room. An arrival that is larger than a day of the dock takes
 * several days. What is overdue arrives today at the earliest, and what comes by a congested port is as much later.
 * Stock falls by the mean of the forecast of the last run. Days are in UTC. Pure.
 */
export function capacityRisks(
  orders: readonly OpenOrder[],
  {
    warehouses,
    stored,
    congested,
    now,
  }: {
    readonly warehouses: readonly Guarded[];
    /** What the last run counted; a warehouse that is not in it counts as empty. */
    readonly stored: readonly StoredUnits[];
    readonly congested: readonly PortCongestion[];
    readonly now: Instant;
  },
): SupplyRisk[] {
  const today = dayOf(now);
  const delays = new Map(
    congested.filter(({ until }) => until > now).map(({ port, delayDays }) => [port, delayDays]),
  );
  return warehouses.flatMap((warehouse): SupplyRisk[] => {
    const site = siteOf(warehouse, stored, today);
    if (site === undefined) return [];
    const arrivals = orders
      .flatMap(({ state }) => arrivalsAt(state, { site, delays, today }))
      .filter(({ earliest }) => earliest <= dayAfter(today, HORIZON_DAYS));
    return overfullDays(arrivals, site).map(([day, fitsOn]) => ({
      riskKey: `over-capacity#${site.siteId}#${day}`,
      ...{ kind: 'over-capacity' as const, warehouseId: site.siteId, from: day },
      ...(fitsOn === undefined ? {} : { fitsOn }),
    }));
  });
}

function siteOf(
  { warehouseId, receiving, workingDays, holidays }: Guarded,
  stored: readonly StoredUnits[],
  today: CalendarDate,
): ReceivingSite | undefined {
  if (receiving === undefined) return undefined;
  const {
    units = 0,
    perDayMilli = 0,
    day = today,
  } = stored.find((each) => each.warehouseId === warehouseId) ?? {};
  const days = Array.from({ length: HORIZON_DAYS + PUT_OFF_DAYS + 1 }, (_, at) => dayAfter(today, at));
  return {
    ...{ siteId: warehouseId, dockPerDay: receiving.unitsPerDay, storage: receiving.storageUnits },
    storedOn: (date) => Math.max(0, units - Math.floor((daysBetween(day, date) * perDayMilli) / 1_000)),
    closedOn: new Set(
      days.filter((date) => holidays.includes(date) || !workingDays.includes(weekdayOf(date))),
    ),
    divertTo: [],
  };
}

/** 1 is Monday, 7 is Sunday. */
const weekdayOf = (date: CalendarDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

const daysBetween = (first: CalendarDate, last: CalendarDate): number =>
  Math.max(0, Math.round((Date.parse(last) - Date.parse(first)) / dayMs));

/** What an order brings to the site: its deliveries on their way, and what was not announced. */
function arrivalsAt(
  state: OrderState,
  {
    site,
    delays,
    today,
  }: {
    readonly site: ReceivingSite;
    readonly delays: ReadonlyMap<string, number>;
    readonly today: CalendarDate;
  },
): Arrival[] {
  if (hasEnded(state) || state.warehouseId !== site.siteId) return [];
  const unannounced = state.lines.reduce((sum, { open, onTheWay }) => sum + open - onTheWay, 0);
  const coming = [
    ...state.notices.flatMap(({ shipped, received }) => {
      if (received !== undefined) return [];
      const delay = delays.get(shipped.leg.portOfArrival ?? '') ?? 0;
      const load = shipped.lines.reduce((sum, { units }) => sum + units, 0);
      return [{ load, at: later(shipped.expectedAt, delay * dayMs), name: shipped.noticeId }];
    }),
    { load: unannounced, at: state.expectedAt, name: 'rest' },
  ];
  return coming.flatMap(({ load, at, name }) => {
    const wanted = dayOf(at) < today ? today : dayOf(at);
    const arrivalId = `${state.replenishmentOrderId}.${name}`;
    return parts(load, site.dockPerDay).map((part) => ({
      ...{ arrivalId, siteId: site.siteId, load: part, earliest: openDay(site, wanted) },
      maxDelayDays: PUT_OFF_DAYS,
    }));
  });
}

/** The load in parts of a day of the dock. */
function parts(load: number, dockPerDay: number): number[] {
  const whole = Array.from({ length: Math.floor(load / dockPerDay) }, () => dockPerDay);
  return load % dockPerDay === 0 ? whole : [...whole, load % dockPerDay];
}

/** The day, or the next one on which the site works. A site that never works keeps the day. */
function openDay({ closedOn }: ReceivingSite, wanted: CalendarDate): CalendarDate {
  for (let at = 0; at <= PUT_OFF_DAYS; at += 1) {
    const day = dayAfter(wanted, at);
    if (!closedOn.has(day)) return day;
  }
  return wanted;
}

/** The days with too much, in order, each with the day on which the last of it fits. */
function overfullDays(
  arrivals: readonly Arrival[],
  site: ReceivingSite,
): (readonly [day: CalendarDate, fitsOn: CalendarDate | undefined])[] {
  const { planned, noRoom } = planReceipts(arrivals, [site]);
  const days = new Map<CalendarDate, CalendarDate | undefined>();
  for (const { arrival, date, outcome } of planned)
    if (outcome === 'put-off' && date > (days.get(arrival.earliest) ?? '')) days.set(arrival.earliest, date);
  for (const { arrival } of noRoom) days.set(arrival.earliest, undefined);
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
