import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import { defineSubject, instant, text, whole } from '../subject.ts';
import { placedConsignments } from './placed-consignments.ts';

/** The parcels as they were planned. */
export const parcels = defineSubject({
  name: 'parcels',
  says: 'A parcel as it was planned when its order was placed.',
  columns: {
    order_id: text('The order.'),
    storefront_id: text('The storefront that sold it.'),
    country: text('The country of the destination.'),
    parcel_id: text('The parcel.'),
    consignment_id: text('The planned consignment, as the quote numbers it.'),
    warehouse_id: text('The warehouse that packs it.'),
    carrier: text('The planned carrier.'),
    service: text('The planned service of the carrier.'),
    regime: text('The customs regime that priced it.'),
    scheme: text('The scheme of the regime.'),
    promised_earliest: instant('The earliest promised arrival, UTC, as quoted.'),
    promised_latest: instant('The latest promised arrival, UTC, as quoted.'),
    freight_minor: whole("The carrier's freight by its rate card; absent in old orders."),
    freight_currency: text('The currency of the rate card.'),
    carbon_grams: whole('Grams of CO2 equivalent.'),
    gross_weight_grams: whole('The weight of all cartons with their contents; absent in old orders.'),
  },
  rowsOf: (record) =>
    placedConsignments(record).map(({ orderId, parcelId, consignment, storefrontId, landedCost }) => ({
      order_id: orderId,
      storefront_id: storefrontId,
      country: landedCost.destination.country,
      parcel_id: parcelId,
      consignment_id: consignment.consignmentId,
      warehouse_id: consignment.warehouseId,
      carrier: consignment.carrier,
      service: consignment.service,
      regime: consignment.regime,
      scheme: consignment.scheme,
      promised_earliest: consignment.promise.earliest,
      promised_latest: consignment.promise.latest,
      freight_minor: consignment.freight?.amount,
      freight_currency: consignment.freight?.currency,
      carbon_grams: consignment.carbonGrams,
      gross_weight_grams: weightOf(consignment),
    })),
});

const weightOf = ({ packages }: PlannedConsignment): number | undefined =>
  packages?.reduce((all, { count, grossWeightGrams }) => all + count * grossWeightGrams, 0);
