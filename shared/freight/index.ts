export { boxSchema } from './box.ts';
export { storedCarbon } from './carbon.ts';
export type { ItemToPack } from './cartonise.ts';
export { placeOf } from './country-places.ts';
export type { Destination } from './destination.ts';
export {
  carrierServiceSchema,
  checkLane,
  type Lane,
  laneSchema,
  laneShape,
  lanesTo,
  type Transfer,
  transportModes,
} from './lane.ts';
export { takeOverOf } from './line-haul.ts';
export { type PackedCarton, packedCartons } from './packed-cartons.ts';
export { promiseDelivery } from './promise-delivery.ts';
export { looksAtPostalCodes } from './read-rate-card.ts';
export { type LaneMinimum, minOfLane, type ShippedConsignment, shipConsignment } from './ship-consignment.ts';
export { storedLaneSchema } from './stored-lane.ts';
export { datesSchema } from './transit.ts';
