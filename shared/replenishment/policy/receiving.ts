import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { badFigure, type PlanningProblem } from './problem.ts';
import { type Reason, reason } from './reasons.ts';

/** What a site can take in. Units of any one measure for all sites and arrivals: pieces, cartons, litres. */
export interface ReceivingSite {
  readonly siteId: string;
  /** The most that its dock takes in on one day. */
  readonly dockPerDay: number;
  /** The most that it can store; without limit if absent. */
  readonly storage?: number | undefined;
  /** What is stored there on a day, before the arrivals that are planned here. */
  storedOn(date: CalendarDate): number;
  /** Days without work. */
  readonly closedOn: ReadonlySet<CalendarDate>;
  /** Where arrivals go that it has no room for, in this order. */
  readonly divertTo: readonly string[];
}

/** Goods on their way to a site. */
export interface Arrival {
  readonly arrivalId: string;
  readonly siteId: string;
  readonly load: number;
  /** The first day on which they could be taken in. */
  readonly earliest: CalendarDate;
  /** How many days they may wait. */
  readonly maxDelayDays: number;
}

/** Where and when goods are taken in. */
export interface PlannedReceipt {
  readonly arrival: Arrival;
  readonly siteId: string;
  readonly date: CalendarDate;
  readonly outcome: 'as-wanted' | 'put-off' | 'diverted';
  readonly reasons: readonly Reason[];
}

/** An arrival that no site has room for. */
export interface NoRoom {
  readonly arrival: Arrival;
  readonly reason: 'no-room' | 'bad-figure' | 'unknown-site';
  readonly detail: string;
}

/**
 * A day and a site for each arrival, the earliest first, then in the given order. An arrival that its site has no room
 * for on its day is put off day by day up to its delay, then diverted to the next site on its first free day. The load
 * of a day never exceeds the dock, and what is stored never exceeds the storage on the day of any receipt. What fits
 * nowhere is named, and the others are planned.
 */
export function planReceipts(
  arrivals: readonly Arrival[],
  sites: readonly ReceivingSite[],
): {
  readonly planned: PlannedReceipt[];
  readonly noRoom: NoRoom[];
  loadOn(siteId: string, date: CalendarDate): number;
} {
  const books = new Map(sites.map((site) => [site.siteId, new DockBook(site)]));
  const planned: PlannedReceipt[] = [];
  const noRoom: NoRoom[] = [];
  const sorted = arrivals
    .map((arrival, index) => ({ arrival, index }))
    .sort((a, b) =>
      a.arrival.earliest === b.arrival.earliest
        ? a.index - b.index
        : a.arrival.earliest < b.arrival.earliest
          ? -1
          : 1,
    );
  for (const { arrival } of sorted) {
    const outcome = planOne(arrival, books);
    if ('outcome' in outcome) planned.push(outcome);
    else noRoom.push(outcome);
  }
  return { planned, noRoom, loadOn: (siteId, date) => books.get(siteId)?.loadOn(date) ?? 0 };
}

function planOne(arrival: Arrival, books: ReadonlyMap<string, DockBook>): PlannedReceipt | NoRoom {
  const own = books.get(arrival.siteId);
  const { load, maxDelayDays } = arrival;
  const bad: PlanningProblem | undefined = badFigure(arrival.arrivalId, { load, maxDelayDays });
  if (bad !== undefined) return { arrival, reason: 'bad-figure', detail: bad.detail };
  if (own === undefined)
    return { arrival, reason: 'unknown-site', detail: `the network has no site ${arrival.siteId}` };
  for (const siteId of [arrival.siteId, ...own.site.divertTo]) {
    const date = books.get(siteId)?.take(arrival);
    if (date !== undefined) return receipt(arrival, siteId, date);
  }
  const tried = [arrival.siteId, ...own.site.divertTo].join(', ');
  return {
    arrival,
    reason: 'no-room',
    detail: `no room at ${tried} from ${arrival.earliest} for ${maxDelayDays} days`,
  };
}

function receipt(arrival: Arrival, siteId: string, date: CalendarDate): PlannedReceipt {
  const wanted = siteId === arrival.siteId && date === arrival.earliest;
  if (wanted) return { arrival, siteId, date, outcome: 'as-wanted', reasons: [] };
  const outcome = siteId === arrival.siteId ? 'put-off' : 'diverted';
  const formula = `${arrival.siteId} has no room on ${arrival.earliest}: taken in at ${siteId} on ${date}`;
  return { arrival, siteId, date, outcome, reasons: [reason('receipt', arrival.load, 'units', formula)] };
}

class DockBook {
  readonly site: ReceivingSite;
  readonly #loads = new Map<CalendarDate, number>();

  constructor(site: ReceivingSite) {
    this.site = site;
  }

  loadOn(date: CalendarDate): number {
    return this.#loads.get(date) ?? 0;
  }

  /** The first day with room, which is taken; undefined if there is none within the arrival's delay. */
  take({ load, earliest, maxDelayDays }: Arrival): CalendarDate | undefined {
    for (let delay = 0; delay <= maxDelayDays; delay += 1) {
      const date = dayAfter(earliest, delay);
      if (this.site.closedOn.has(date) || !this.#hasRoom(load, date)) continue;
      this.#loads.set(date, this.loadOn(date) + load);
      return date;
    }
    return undefined;
  }

  #hasRoom(load: number, date: CalendarDate): boolean {
    const { dockPerDay, storage } = this.site;
    if (this.loadOn(date) + load > dockPerDay) return false;
    if (storage === undefined) return true;
    // Goods that were taken in stay in the reckoning: on this day, and on each later day with a receipt.
    const days = [date, ...[...this.#loads.keys()].filter((day) => day > date)];
    return days.every((day) => this.site.storedOn(day) + this.#takenUntil(day) + load <= storage);
  }

  #takenUntil(date: CalendarDate): number {
    let taken = 0;
    for (const [day, load] of this.#loads) if (day <= date) taken += load;
    return taken;
  }
}
