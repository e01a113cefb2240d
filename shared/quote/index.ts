export { explainChanges, type PricedAfter, type PricedBefore } from './change/explain-changes.ts';
export type { QuoteChange } from './change/quote-change.ts';
export { type RefreshedQuote, refreshQuote } from './change/refresh-quote.ts';
export { guaranteeCodeOf } from './guarantee-code.ts';
export { type MadeQuote, makeQuote } from './make-quote.ts';
export type { OtherIncoterm } from './plan/explain-plans.ts';
export type { PricedBasket } from './plan/price-plans.ts';
export type {
  Availability,
  QuoteDeps,
  QuoteStore,
  StockReader,
  Workload,
  WorkloadReader,
} from './ports.ts';
export { priceBasket } from './price-basket.ts';
export type { PricingInput } from './pricing-input.ts';
export {
  MAX_LINES,
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
export { optionsToKeep, type PricedOption } from './quote-options.ts';
export { quoteProblem, refreshProblem } from './quote-problem.ts';
export {
  quoteView,
  quoteViewSchema,
  refreshedQuoteView,
  refreshedQuoteViewSchema,
} from './quote-view.ts';
export type { QuoteRefusal } from './refusal.ts';
export { type Market, type SellableProduct, sellableIn, sellableProductSchema } from './sellable-products.ts';
export { exclusiveOf, exclusiveOfLines, inclusiveOf, type NetAndTax } from './tax-inclusive.ts';
export { createVerifiedQuotes, type VerifiedQuote, type VerifiedQuotes } from './verified-quote.ts';
