export { type Box, boxSchema, standardBoxes } from './box.ts';
export {
  type CarbonFootprint,
  type CarbonLeg,
  recomputeCarbon,
  type StoredCarbon,
  storedCarbon,
} from './carbon.ts';
export { cartonise, type ItemToPack, type ParcelGroup } from './cartonise.ts';
export { consigneeZone } from './consignee-zone.ts';
export { placeOf } from './country-places.ts';
export type { Destination } from './destination.ts';
export {
  currentFactors,
  type EmissionFactor,
  type EmissionFactorSet,
  emissionFactorSets,
  type PackagingFactor,
} from './emission-factors.ts';
export { greatCircleKm } from './great-circle.ts';
export {
  carrierServiceSchema,
  checkLane,
  type Lane,
  laneSchema,
  laneShape,
  lanesTo,
  rateCardOn,
  type Transfer,
  type TransferRate,
  type TransportMode,
  transportModes,
} from './lane.ts';
export { type TransferPart, takeOverOf } from './line-haul.ts';
export type { NotShippable, ParcelLimits } from './parcel-size.ts';
export { type FreightPart, type ParcelFreight, priceParcel } from './price-parcel.ts';
export { type DeliveryPromise, promiseDelivery } from './promise-delivery.ts';
export { type RateCard, rateCardSchema } from './rate-card.ts';
export {
  type ConsignmentToShip,
  type LaneMinimum,
  minOfLane,
  type ShippedConsignment,
  shipConsignment,
} from './ship-consignment.ts';
export type { ShippingSite } from './shipping-site.ts';
export { storedLaneSchema } from './stored-lane.ts';
export { datesSchema } from './transit.ts';
