import * as z from 'zod';
import { laneSchema } from '../freight/lane.ts';
import { defined } from '../kernel/defined.ts';
import type { Instant } from '../kernel/time.ts';
import { carrierMarkSchema, isDown } from './carrier-health.ts';
import type { Network } from './ports.ts';

const { carrier, service } = laneSchema.shape;

/** A carrier as a list shows it. */
export const listedCarrierSchema = z
  .strictObject({
    carrier,
    /** The services that lanes of active warehouses use. */
    services: z.array(service),
    /** The services that plans leave out now. */
    down: z.array(service),
    /** The latest mark of the carrier, if it was ever marked. */
    mark: carrierMarkSchema.optional(),
  })
  .meta({ id: 'ListedCarrier' });

/** The carriers of the network by their codes, with what of each is down at that moment. */
export function carriersOf(
  { warehouses, carriers: marks }: Network,
  now: Instant,
): z.infer<typeof listedCarrierSchema>[] {
  const lanes = warehouses.flatMap((warehouse) => (warehouse.active ? warehouse.lanes : []));
  const codes = new Set([...lanes.map((lane) => lane.carrier), ...marks.map((mark) => mark.carrier)]);
  return [...codes].sort().map((code) => {
    const used = new Set(lanes.flatMap((lane) => (lane.carrier === code ? [lane.service] : [])));
    const mark = marks.find((each) => each.carrier === code);
    const isOut = (each: (typeof service.options)[number]) =>
      mark !== undefined && isDown(mark, { carrier: code, service: each }, now);
    return {
      carrier: code,
      services: service.options.filter((each) => used.has(each)),
      down: service.options.filter(isOut),
      ...defined({ mark }),
    };
  });
}
