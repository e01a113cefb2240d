import { type Lane, placeOf } from '../freight/index.ts';
import { canonicalPlace } from '../kernel/places/place.ts';
import type { KnownPartners } from './known-partners.ts';
import type { Warehouse } from './warehouse.ts';

interface WarehouseProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A stored item holds 400 KB; the item's other fields need a little. */
const MAX_BYTES = 380_000;

/** Errors of a warehouse that concern several fields, each with the field that caused it. */
export function warehouseProblems(warehouse: Omit<Warehouse, 'warehouseId'>): WarehouseProblem[] {
  const { openingHours, cutOffTime, boxes, lanes, address, parent } = warehouse;
  const problems: WarehouseProblem[] = [];
  if (openingHours.closes <= openingHours.opens)
    problems.push({ path: ['openingHours', 'closes'], message: `later than opens, ${openingHours.opens}` });
  if (cutOffTime < openingHours.opens || cutOffTime > openingHours.closes)
    problems.push({ path: ['cutOffTime'], message: 'within the opening hours' });
  if (placeOf(address.country) === undefined)
    problems.push({ path: ['address', 'country'], message: 'no country has this code' });
  for (const { field, message } of canonicalPlace(address).problems)
    problems.push({ path: ['address', field], message });
  for (const [index, { boxId }] of boxes.entries())
    if (boxes.findIndex((box) => box.boxId === boxId) < index)
      problems.push({ path: ['boxes', index, 'boxId'], message: 'two boxes of this id' });
  const departures = parent?.departures ?? [];
  for (const [index, time] of departures.entries())
    if (time <= (departures[index - 1] ?? ''))
      problems.push({ path: ['parent', 'departures', index], message: 'later than the one before' });
  problems.push(...lanes.flatMap(laneProblems));
  if (Buffer.byteLength(JSON.stringify(warehouse)) > MAX_BYTES)
    problems.push({ path: ['lanes'], message: `the whole warehouse is over ${MAX_BYTES} bytes of JSON` });
  return problems;
}

function laneProblems({ countries, rateCards, transit }: Lane, lane: number): WarehouseProblem[] {
  const unknown = countries.flatMap((country, index) =>
    placeOf(country) === undefined
      ? [{ path: ['lanes', lane, 'countries', index], message: 'no country has this code' }]
      : [],
  );
  const uncovered = rateCards.flatMap(({ zones }, card) => {
    if (zones.some(({ places }) => places === undefined)) return [];
    const covered = new Set(zones.flatMap(({ places = [] }) => places.map(({ country }) => country)));
    return countries
      .filter((country) => !covered.has(country))
      .map((country) => ({
        path: ['lanes', lane, 'rateCards', card, 'zones'],
        message: `no zone has ${country}, to which the lane goes`,
      }));
  });
  const twice = transit.holidays.flatMap(({ country }, index) =>
    transit.holidays.findIndex((each) => each.country === country) < index
      ? [
          {
            path: ['lanes', lane, 'transit', 'holidays', index, 'country'],
            message: `${country} is listed already`,
          },
        ]
      : [],
  );
  return [...unknown, ...uncovered, ...twice];
}

/** Lanes that name a service which their carrier can't be booked with. */
export function serviceProblems(
  { lanes }: Pick<Warehouse, 'lanes'>,
  { carriers }: KnownPartners,
): WarehouseProblem[] {
  return lanes.flatMap(({ carrier, service }, lane) => {
    const services = carriers.find(({ code }) => code === carrier)?.services ?? [];
    if (services.includes(service)) return [];
    const message = `${carrier} is booked by ${services.join(', ')}`;
    return [{ path: ['lanes', lane, 'service'], message }];
  });
}

/** A warehouse and its place in the network. */
interface Placed {
  readonly warehouseId: string;
  readonly parent?: { readonly warehouseId: string } | undefined;
}

/** Errors of a warehouse's place in the network: its parent must exist, and the parents must not form a circle. */
export function parentProblems(
  warehouseId: string,
  parent: Placed['parent'],
  network: readonly Placed[],
): WarehouseProblem[] {
  const path = ['parent', 'warehouseId'];
  const seen = new Set([warehouseId]);
  for (let next = parent; next !== undefined; ) {
    const { warehouseId: id } = next;
    if (seen.has(id)) return [{ path, message: `a circle of parents: ${[...seen, id].join(', ')}` }];
    seen.add(id);
    const above = network.find((each) => each.warehouseId === id);
    if (above === undefined) return [{ path, message: `the network has no warehouse ${id}` }];
    next = above.parent;
  }
  return [];
}
