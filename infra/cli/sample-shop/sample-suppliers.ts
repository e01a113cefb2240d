import { sampleCatalogue } from './catalogue.ts';
import type { SampleProduct } from './sample-product.ts';

/** What a unit costs at its supplier, in percent of the base price. */
const COST_PERCENT = 40;
/** From this number of units on, a unit costs five percent less. */
const BREAK_AT_UNITS = 240;
const CASE_PACK = 12;
/** Days from the order to the shelf: by sea and rail from China, by road within Europe. */
const LEAD_TIME_DAYS: Readonly<Record<string, number>> = { CN: 28 };
const OTHER_LEAD_TIME_DAYS = 10;

/** A made-up supplier for the goods of each country of origin. */
export const sampleSuppliers = [...Map.groupBy(sampleCatalogue, ({ originCountry }) => originCountry)].map(
  ([country, products]) => ({
    supplierId: `sample-maker-${country.toLowerCase()}`,
    name: `Sample Maker ${country}`,
    originCountries: [country],
    offers: products.map(offerOf),
  }),
);

function offerOf({ sku, originCountry, priceMinor }: SampleProduct) {
  const amount = Math.round((priceMinor * COST_PERCENT) / 100);
  const price = (fromUnits: number, amountMinor: number) => ({
    fromUnits,
    unitPrice: { amount: amountMinor, currency: 'EUR' },
  });
  return {
    ...{ sku, casePack: CASE_PACK, minimumUnits: CASE_PACK },
    leadTimeDays: LEAD_TIME_DAYS[originCountry] ?? OTHER_LEAD_TIME_DAYS,
    prices: [price(1, amount), price(BREAK_AT_UNITS, Math.round((amount * 95) / 100))],
  };
}
