import { count, defineSubject, text, whole } from '../subject.ts';
import { placedConsignments } from './placed-consignments.ts';

/** The goods of the orders. */
export const lines = defineSubject({
  name: 'lines',
  says: 'Goods of an order: one SKU in one parcel.',
  columns: {
    order_id: text('The order.'),
    storefront_id: text('The storefront that sold it.'),
    country: text('The country of the destination.'),
    parcel_id: text('The parcel that carries the goods.'),
    consignment_id: text('The planned consignment, as the quote numbers it.'),
    warehouse_id: text('The warehouse that sends them.'),
    line_id: text('The line of the basket; a line may be in several parcels.'),
    sku: text('The product.'),
    line_of_sku: count(
      'Which line of its product in the order it is, from 0. A product may be in two parcels.',
    ),
    description: text('What the goods are, as declared.'),
    quantity: count('Units.'),
    unit_weight_grams: whole('The weight of one unit.'),
    hs_code: text('The code of the Harmonised System under which they are declared.'),
    origin_country: text('Where they were made.'),
    goods_minor: whole('The price of all units without transport and tax.'),
    currency: text('The currency of the price.'),
  },
  rowsOf: (record) => {
    const before = new Map<string, number>();
    const numberOf = (sku: string) => {
      const number = before.get(sku) ?? 0;
      before.set(sku, number + 1);
      return number;
    };
    return placedConsignments(record).flatMap(
      ({ orderId, parcelId, consignment, storefrontId, landedCost }) =>
        consignment.lines.map((line) => ({
          order_id: orderId,
          storefront_id: storefrontId,
          country: landedCost.destination.country,
          parcel_id: parcelId,
          consignment_id: consignment.consignmentId,
          warehouse_id: consignment.warehouseId,
          line_id: line.lineId,
          sku: line.sku,
          line_of_sku: numberOf(line.sku),
          description: line.description,
          quantity: line.quantity,
          unit_weight_grams: line.unitWeightGrams,
          hs_code: line.hsCode,
          origin_country: line.originCountry,
          goods_minor: line.goodsValue.amount,
          currency: line.goodsValue.currency,
        })),
    );
  },
});
