
export { refreshQuote } from './change/refresh-quote.ts';
export { guaranteeCodeOf } from './guarantee-code.ts';
export { makeQuote } from './make-quote.ts';

export type { PricedBasket } from './plan/price-plans.ts';
export type {
  QuoteDeps,
  QuoteStore,
  Workload,
  WorkloadReader,
} from './ports.ts';
export { priceBasket } from './price-basket.ts';
export type { PricingInput } from './pricing-input.ts';
export {
  MAX_LINES,
  optionIdSchema,
  type Quote,
  type QuoteRequest,
  quoteRequestSchema,
  quoteSchema,
  signQuote,
  type UnsignedQuote,
  verifyQuote,
} from './quote.ts';

export { quoteProblem, refreshProblem } from './quote-problem.ts';
export {
  quoteView,
  quoteViewSchema,
  refreshedQuoteView,
  refreshedQuoteViewSchema,
} from './quote-view.ts';
export type { QuoteRefusal } from './refusal.ts';
export { sellableIn, sellableProductSchema } from './sellable-products.ts';

export { createVerifiedQuotes, type VerifiedQuote, type VerifiedQuotes } from './verified-quote.ts';
