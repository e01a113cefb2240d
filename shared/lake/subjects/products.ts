import { defineSubject, text, whole } from '../subject.ts';

/** The catalogue, each time a product was stored. */
export const products = defineSubject({
  name: 'products',
  says: 'A product as it was stored. The row with the latest occurred_at is the current one.',
  columns: {
    sku: text('The product.'),
    description: text('What it is, as declared.'),
    hs_code: text('The six digits of the Harmonised System.'),
    origin_country: text('Where it was made.'),
    unit_weight_grams: whole('The weight of one unit.'),
    base_price_minor: whole('The base price of one unit without tax.'),
    base_price_currency: text('The currency of the base price.'),
    customs_value_minor: whole('The value of one unit of goods that are given away.'),
    customs_value_currency: text('The currency of that value.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'product.stored') return [];
    const { sku, description, hsCode, originCountry, unitWeightGrams, basePrice, customsValue } = record.data;
    return [
      {
        sku,
        description,
        hs_code: hsCode,
        origin_country: originCountry,
        unit_weight_grams: unitWeightGrams,
        base_price_minor: basePrice.amount,
        base_price_currency: basePrice.currency,
        customs_value_minor: customsValue?.amount,
        customs_value_currency: customsValue?.currency,
      },
    ];
  },
});
