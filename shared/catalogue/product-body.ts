import * as z from 'zod';
import { isIsoCountry } from '../kernel/iso-countries.ts';
import { isGivenAway } from './price-list.ts';
import { type Product, productSchema } from './product.ts';

interface ProductProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A stored item holds 400 KB; the item's other fields need a little. */
const MAX_BYTES = 380_000;

/** In minor units. A higher price must be in the wrong unit, whatever the currency. */
const HIGHEST_PRICE = 100_000_000_000;

/** Chapters of the Harmonised System: 77 is kept free, 98 and 99 are each country's own. */
const isHsChapter = (chapter: string) => chapter >= '01' && chapter <= '97' && chapter !== '77';

/** A product as a request sends it, with the checks that concern several fields. */
export const productBodySchema = productSchema
  .omit({ sku: true })
  .superRefine((product, { addIssue }) => {
    for (const { path, message } of productProblems(product))
      addIssue({ code: 'custom', path: [...path], message });
  })
  .meta({ id: 'ProductToStore' });

/** The most products of one import: they are written in one transaction. */
const MAX_PRODUCTS = 100;

/** A transaction takes 4 MB. */
const MAX_IMPORT_BYTES = 3_500_000;

/** Products to import: all of them are stored, or none. */
export const productsToImportSchema = z
  .array(
    productSchema
      .superRefine(({ sku: _, ...product }, { addIssue }) => {
        for (const { path, message } of productProblems(product))
          addIssue({ code: 'custom', path: [...path], message });
      })
      .meta({ id: 'ProductToImport' }),
  )
  .min(1)
  .max(MAX_PRODUCTS)
  .superRefine((products, { addIssue }) => {
    const first = new Map<string, number>();
    for (const [index, { sku }] of products.entries()) {
      const same = first.get(sku);
      if (same === undefined) first.set(sku, index);
      else addIssue({ code: 'custom', path: [index, 'sku'], message: `${sku} is product ${same} as well` });
    }
    if (Buffer.byteLength(JSON.stringify(products)) > MAX_IMPORT_BYTES)
      addIssue({
        code: 'custom',
        path: [],
        message: `over ${MAX_IMPORT_BYTES} bytes of JSON: import fewer at once`,
      });
  });

/** Errors of a product that concern several fields, each with the field that caused it. */
function productProblems(product: Omit<Product, 'sku'>): ProductProblem[] {
  const { hsCode, nationalCodes = {}, originProofs = [], prices, customsValue } = product;
  const problems: ProductProblem[] = [];
  const wrong = (path: ProductProblem['path'], message: string) => problems.push({ path, message });
  // A value of another form has its own error already.
  const isCode = /^\d{6}$/.test(hsCode);
  if (isCode && !isHsChapter(hsCode.slice(0, 2)))
    wrong(['hsCode'], `the Harmonised System has no chapter ${hsCode.slice(0, 2)}`);
  for (const [tariff, code] of Object.entries(nationalCodes)) {
    if (tariff !== 'EU' && !isIsoCountry(tariff))
      wrong(['nationalCodes', tariff], 'neither EU nor the code of a country');
    if (isCode && !code.startsWith(hsCode))
      wrong(['nationalCodes', tariff], `begins with the subheading ${hsCode}`);
  }
  for (const [index, { amount, currency, taxIncluded }] of prices.entries()) {
    if (amount > HIGHEST_PRICE) wrong(['prices', index, 'amount'], `at most ${HIGHEST_PRICE} minor units`);
    const first = prices.findIndex((each) => each.currency === currency && each.taxIncluded === taxIncluded);
    if (first < index) wrong(['prices', index, 'currency'], `price ${first} is in ${currency} as well`);
  }
  const isFree = isGivenAway(prices);
  for (const [index, { amount }] of prices.entries())
    if ((amount === 0) !== isFree)
      wrong(['prices', index, 'amount'], 'goods have a price, or are free everywhere');
  if (isFree && customsValue === undefined)
    wrong(['customsValue'], 'goods that are given away have a customs value above zero');
  if (!isFree && customsValue !== undefined)
    wrong(['customsValue'], 'only of goods whose price is zero: the others are declared at their price');
  if (customsValue !== undefined && customsValue.amount > HIGHEST_PRICE)
    wrong(['customsValue', 'amount'], `at most ${HIGHEST_PRICE} minor units`);
  const proofs = new Set<string>();
  for (const [index, { agreement, reference }] of originProofs.entries()) {
    if (proofs.has(`${agreement} ${reference}`)) wrong(['originProofs', index], 'listed already');
    proofs.add(`${agreement} ${reference}`);
  }
  if (Buffer.byteLength(JSON.stringify(product)) > MAX_BYTES)
    wrong(['compliance', 'documents'], `the whole product is over ${MAX_BYTES} bytes of JSON`);
  return problems;
}
