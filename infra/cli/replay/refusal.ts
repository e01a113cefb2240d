/** Why a row or an order of the file did not become goods on their way. A code of the API stands behind `api:`. */
export type RefusalReason =
  | 'malformed-row'
  | 'cancellation'
  | 'quantity-not-a-number'
  | 'quantity-not-positive'
  | 'price-not-a-number'
  | 'price-not-positive'
  | 'price-finer-than-a-penny'
  | 'no-goods'
  | 'no-invoice-number'
  | 'stock-code-unusable'
  | 'no-country'
  | 'unclassified'
  | 'product-refused'
  | 'too-heavy-for-a-parcel'
  | 'restricted-goods'
  | 'stopped-before'
  | 'not-reached'
  | `api:${string}`;

/** One row of the file that is refused. */
export interface Refusal {
  readonly line: number;
  readonly invoiceNo: string;
  readonly reason: RefusalReason;
  /** For a person: the error of this row. */
  readonly detail: string;
}

/** The meaning of each reason, for the table; the API's own reasons come with a message. */
export const REASONS: Readonly<Record<Exclude<RefusalReason, `api:${string}`>, string>> = {
  'malformed-row': 'not readable as a row of the layout',
  cancellation: 'a cancellation of an earlier invoice (number begins with C)',
  'quantity-not-a-number': 'quantity is no whole number',
  'quantity-not-positive': 'quantity is zero or less: a return or correction',
  'price-not-a-number': 'price is no amount',
  'price-not-positive': 'price is zero or less: a gift, sample or adjustment',
  'price-finer-than-a-penny': 'price has more digits than the currency',
  'no-goods': 'postage, fee, voucher or manual entry: nothing that ships',
  'no-invoice-number': 'the row belongs to no invoice',
  'stock-code-unusable': 'stock code is no SKU',
  'no-country': 'no country to ship to',
  unclassified: 'the description matches no HS code; it is not guessed',
  'product-refused': 'the catalogue refused the product',
  'too-heavy-for-a-parcel': 'one unit weighs more than a parcel may',
  'restricted-goods': 'the goods may not be sold there, or a paper for it is missing',
  'stopped-before': 'the replay was stopped before its order was placed',
  'not-reached': 'the API could not be reached or gave no proper answer',
};
