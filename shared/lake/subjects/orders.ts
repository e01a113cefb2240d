import type { LandedCost } from '../../../events/landed-cost.ts';
import { factIn } from '../fact-in.ts';
import { count, date, defineSubject, text, whole } from '../subject.ts';
import { feeRuleCells, feeRuleColumns } from './fee-rule.ts';

/** The orders as they were placed. */
export const orders = defineSubject({
  name: 'orders',
  says: 'An order as it was placed: what the shopper was promised, and the price.',
  columns: {
    order_id: text('The order.'),
    storefront_id: text('The storefront that sold it.'),
    channel: text(
      'What brought the shopper to the storefront, by a code of the merchant; absent where none was named.',
    ),
    quote_id: text('The quote that it was placed on.'),
    country: text('The country of the destination.'),
    region: text('The region of the destination by its code, where the price depends on it.'),
    incoterm: text('DDP: duty and tax are in the total. DAP: the consignee pays them on delivery.'),
    currency: text('The currency of all amounts of the order.'),
    goods_minor: whole('The price of the goods without tax.'),
    shipping_minor: whole('The price of the shipping without tax.'),
    duty_minor: whole('Duty, also where the consignee pays it.'),
    tax_minor: whole('Tax, also where the consignee pays it.'),
    fees_minor: whole('Fees of authorities and carriers, also where the consignee pays them.'),
    total_minor: whole('What the shopper pays to the seller.'),
    parcels: count('The number of parcels.'),
    payment_method: text('How the shopper pays: card …'),
    payment_provider: text('Who takes the payment.'),
    payment_id: text('The first intent of the payment.'),
    ...feeRuleColumns,
    rate_id: text('The locked table of exchange rates; absent where no figure was converted.'),
    rates_date: date('The day on which these rates were published.'),
    rule_set: text('The version of the trade rules that priced it.'),
    carbon_grams: whole('Grams of CO2 equivalent of all parcels; absent where one of them has no figure.'),
  },
  rowsOf: (record) => {
    const fact = factIn(record, 'order.placed');
    if (fact === undefined) return [];
    const { storefrontId, channel, quoteId, landedCost, payment, parcels } = fact.data;
    const { destination, totals, exchangeRates } = landedCost;
    return [
      {
        order_id: fact.orderId,
        storefront_id: storefrontId,
        channel,
        quote_id: quoteId,
        country: destination.country,
        region: destination.region,
        incoterm: landedCost.incoterm,
        currency: landedCost.currency,
        goods_minor: totals.goods.amount,
        shipping_minor: totals.shipping.amount,
        duty_minor: totals.duty.amount,
        tax_minor: totals.tax.amount,
        fees_minor: totals.fees.amount,
        total_minor: totals.total.amount,
        parcels: parcels.length,
        payment_method: payment.method,
        payment_provider: payment.provider,
        payment_id: payment.paymentId,
        ...feeRuleCells(payment.feeRule),
        rate_id: exchangeRates?.id,
        rates_date: exchangeRates?.date,
        rule_set: landedCost.ruleSet.version,
        carbon_grams: carbonOf(landedCost),
      },
    ];
  },
});

function carbonOf({ consignments }: LandedCost): number | undefined {
  let grams = 0;
  for (const { carbonGrams } of consignments) {
    if (carbonGrams === undefined) return undefined;
    grams += carbonGrams;
  }
  return grams;
}
