import { count, defineSubject, text, whole } from '../subject.ts';
import { placedConsignments } from './placed-consignments.ts';

/** What the planned carbon of the parcels consists of. */
export const emissions = defineSubject({
  name: 'emissions',
  says: 'A part of the carbon of a planned parcel: a leg of its transport, or its cartons.',
  columns: {
    order_id: text('The order.'),
    parcel_id: text('The parcel.'),
    part: text('transport or packaging.'),
    mode: text('air, road, sea or rail; absent for packaging.'),
    distance_km: count('Kilometres of the leg; absent for packaging.'),
    factor_id: text('The factor that was used.'),
    factors_version: text('The version of the factors, which gives the same figure again.'),
    carbon_grams: whole('Grams of CO2 equivalent.'),
  },
  rowsOf: (record) =>
    placedConsignments(record).flatMap(({ orderId, parcelId, consignment: { carbon } }) => {
      if (carbon === undefined) return [];
      const own = { order_id: orderId, parcel_id: parcelId, factors_version: carbon.factorsVersion };
      const { packaging } = carbon;
      return [
        ...carbon.legs.map(({ mode, distanceKm, factorId, grams }) => ({
          ...{ ...own, part: 'transport', mode, distance_km: distanceKm },
          ...{ factor_id: factorId, carbon_grams: grams },
        })),
        {
          ...{ ...own, part: 'packaging', mode: undefined, distance_km: undefined },
          ...{ factor_id: packaging.factorId, carbon_grams: packaging.grams },
        },
      ];
    }),
});
