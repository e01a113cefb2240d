export { type CustomsConversion, customsRateFor, type RateTables } from './customs-rate.ts';
export {
  areYetToCome,
  type ExchangeRates,
  exchangeRatesBodySchema,
  exchangeRatesSchema,
} from './exchange-rates.ts';
export { explainChanges, type PricedAfter, type PricedBefore } from './explain-changes.ts';
export type { OtherIncoterm } from './explain-plans.ts';
export { convertAmount, convertPrice, type FxLock, lockRates, type StaleRates } from './fx-lock.ts';
export { guaranteeCodeOf } from './guarantee-code.ts';
export { importProducts, type ProductChange, type ProductImport } from './import-products.ts';
export { type MadeQuote, makeQuote } from './make-quote.ts';
export { type Warehouse, warehouseSchema, warehouseServices } from './network.ts';
export type {
  Availability,
  CatalogueStore,
  Network,
  QuoteDeps,
  QuoteStore,
  RatesStore,
  SkuList,
  StockReader,
  Workload,
  WorkloadReader,
} from './ports.ts';
export { priceBasket } from './price-basket.ts';
export { type ListedPrice, type PricingSettings, type UnitPrice, unitPriceOf } from './price-list.ts';
export type { PricedBasket } from './price-plans.ts';
export type { PricingInput } from './pricing-input.ts';
export { type Product, productSchema } from './product.ts';
export { MOST_PRODUCTS, productBodySchema, productsToImportSchema } from './product-body.ts';
export { productWarnings, type Warning, warningSchema } from './product-warnings.ts';
export {
  MOST_LINES,
  optionIdSchema,
  optionOf,
  type Quote,
  type QuoteOption,
  type QuoteRequest,
  quoteRequestSchema,
  quoteSchema,
  signQuote,
  type UnsignedQuote,
  verifyQuote,
} from './quote.ts';
export type { QuoteChange } from './quote-change.ts';
export { optionsToKeep, type PricedOption } from './quote-options.ts';
export {
  quoteView,
  quoteViewSchema,
  refreshedQuoteView,
  refreshedQuoteViewSchema,
} from './quote-view.ts';
export { type RefreshedQuote, refreshQuote } from './refresh-quote.ts';
export type { QuoteRefusal } from './refusal.ts';
export { type Market, type SellableProduct, sellableIn, sellableProductSchema } from './sellable-products.ts';
export { type Seller, sellerSchema } from './seller.ts';
export { exclusiveOf, exclusiveOfLines, inclusiveOf, type NetAndTax } from './tax-inclusive.ts';
export { transportBy, withTiers } from './tiers.ts';
export { warehouseBodySchema } from './warehouse-body.ts';
export { parentProblems } from './warehouse-problems.ts';
