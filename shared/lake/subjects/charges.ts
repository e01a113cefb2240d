import { defineSubject, flag, text, whole } from '../subject.ts';
import { placedConsignments } from './placed-consignments.ts';

/** The figures that an order's price consists of. */
export const charges = defineSubject({
  name: 'charges',
  says: "One figure of an order's price: goods, shipping, duty, tax or a fee, with the rule behind it.",
  columns: {
    order_id: text('The order.'),
    storefront_id: text('The storefront that sold it.'),
    country: text('The country of the destination.'),
    parcel_id: text('The parcel that the figure belongs to.'),
    regime: text('The customs regime that priced the parcel: eu, gb …'),
    scheme: text('The scheme of the regime: ioss, oss, supply-vat …'),
    kind: text('goods, shipping, duty, tax or fee.'),
    code: text('The figure within its kind: import-vat, us-section-301-china …'),
    line_id: text('The line that it is charged on; absent where it is charged on the whole parcel.'),
    sku: text('The product of that line.'),
    amount_minor: whole('The amount.'),
    currency: text('The currency of the amount.'),
    rate: text('The percentage or the rate per unit, as a decimal.'),
    rule_id: text('The dated rule.'),
    owed_to: text('The authority or scheme that gets it: DE:ioss, US:cbp …'),
    collected_on_delivery: flag('Whether the consignee pays it on delivery, so that it is not in the total.'),
    needs_review: flag('Whether a person has to confirm the rule.'),
  },
  rowsOf: (record) =>
    placedConsignments(record).flatMap(({ orderId, parcelId, consignment, storefrontId, landedCost }) => {
      const skus = new Map(consignment.lines.map(({ lineId, sku }) => [lineId, sku]));
      return consignment.charges.map((charge) => ({
        order_id: orderId,
        storefront_id: storefrontId,
        country: landedCost.destination.country,
        parcel_id: parcelId,
        regime: consignment.regime,
        scheme: consignment.scheme,
        kind: charge.kind,
        code: charge.code,
        line_id: charge.lineId,
        sku: charge.lineId === undefined ? undefined : skus.get(charge.lineId),
        amount_minor: charge.amount.amount,
        currency: charge.amount.currency,
        rate: charge.rate,
        rule_id: charge.ruleId,
        owed_to: charge.owedTo,
        collected_on_delivery: charge.collectedOnDelivery ?? false,
        needs_review: charge.needsReview ?? false,
      }));
    }),
});
