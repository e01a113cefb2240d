/** The reason why a row or an order of the file was not sold. The API's own codes come after `api:`. */
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

/** One refused row of the file. */
export interface Refusal {
  readonly line: number;
  readonly invoiceNo: string;
  readonly reason: RefusalReason;
  /** The error of this row as a text for the user. */
  readonly detail: string;
}

/** The meaning of each reason, for the table. The API's own reasons have a message already. */
export const REASONS: Readonly<Record<Exclude<RefusalReason, `api:${string}`>, string>> = {
  'malformed-row': 'not readable as a row of the layout',
  cancellation: 'a cancellation of an earlier invoice (number begins with C)',
  'quantity-not-a-number': 'the quantity is not a whole number',
  'quantity-not-positive': 'the quantity is zero or less: a return or correction',
  'price-not-a-number': 'the price is not an amount',
  'price-not-positive': 'the price is zero or less: a gift, sample or adjustment',
  'price-finer-than-a-penny': 'the price has more decimals than the currency',
  'no-goods': 'postage, fee, voucher or manual entry: not goods',
  'no-invoice-number': 'the row has no invoice number',
  'stock-code-unusable': 'the stock code cannot be a SKU',
  'no-country': 'the destination is not one country, or no address there is known',
  unclassified: 'the description matches no HS code, and no code is guessed',
  'product-refused': 'the catalogue refused the product',
  'too-heavy-for-a-parcel': 'one unit is too heavy for a parcel',
  'restricted-goods': 'the goods may not be sold there, or a required paper is missing',
  'stopped-before': 'the replay was stopped before its order was placed',
  'not-reached': 'the API did not answer, or its answer was not valid',
};
