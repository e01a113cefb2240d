/**
 * The requests, answers and callbacks of the customs broker's API.
 *
 * `POST /v1/declarations`                        Bearer key, Idempotency-Key required; DeclarationRequest -> 202 DeclarationReceipt
 * `GET  /v1/declarations/{lrn}`                  DeclarationView (the poll)
 * `POST /v1/declarations/{lrn}/invalidation`     { reason } -> 202 DeclarationReceipt
 * `POST /v1/declarations/{lrn}/documents`        { documents: [{ type, reference }] } -> 202 DeclarationReceipt
 *
 * An invalidation is refused with 409 if the goods are released or the declaration is rejected. A repeated request for
 * invalidation has no further effect.
 *
 * Errors are `application/problem+json` (BrokerProblem): 400 without Idempotency-Key or with unreadable JSON, 401 for a
 * wrong key, 404 for an unknown LRN, 409 for an LRN filed under another key, 422 for missing or wrong elements and for a
 * reused Idempotency-Key with another body. A repeat with the same key and body gets the first answer again, with the
 * header `Idempotent-Replayed: true`.
 *
 * Callbacks (BrokerCallback) carry Standard Webhooks headers: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 * Money is integer minor units with its currency; masses are grams; times are RFC 3339 UTC.
 */

export const brokerDataSets = [
  'EU_H7',
  'EU_H1',
  'GB_H7',
  'GB_H1',
  'US_TYPE_11',
  'US_TYPE_01',
  'IMPORT_LOW_VALUE',
  'IMPORT_STANDARD',
] as const;
export type BrokerDataSet = (typeof brokerDataSets)[number];

export interface BrokerMoney {
  /** Integer minor units of the currency (JPY 500 is 500, EUR 5.00 is 500). */
  amountMinor: number;
  currency: string;
}

interface BrokerParty {
  name?: string;
  company?: string;
  /** The number by which the authority knows the party: an EORI number, an IRS number or a tax number. */
  id?: string;
  address?: {
    line1: string;
    line2?: string;
    city: string;
    region?: string;
    postalCode?: string;
    country: string;
  };
  email?: string;
  phone?: string;
}

/** A tax or duty that the declarant computed, with its type code (A00 customs duty, B00 VAT, 499 MPF ...). */
interface BrokerCharge {
  type: string;
  base?: BrokerMoney;
  /** The rate as a decimal fraction of the base ('0.19'), or a specific rate in the words of the tariff. */
  rate?: string;
  amount: BrokerMoney;
}

/** A goods item. The element numbers that each data set demands are in `data-sets.ts`. */
interface BrokerItem {
  itemNumber: number;
  description: string;
  /** 6 digits in H7, 8 to 10 in H1, 10 in the United States; digits only. */
  commodityCode: string;
  countryOfOrigin?: string;
  quantity?: number;
  grossMassGrams?: number;
  netMassGrams?: number;
  packages?: number;
  /** H1: the requested procedure and the previous one as four digits, such as 4000. */
  procedure?: string;
  /** C07, F48, F49, F53 or C08; 000 if none of them applies. */
  additionalProcedures?: string[];
  /** H1: 500 for the flat duty. */
  preference?: string;
  /** H7: intrinsic value of the item. */
  intrinsicValue?: BrokerMoney;
  /** H1: item price. United States: entered value. */
  itemPrice?: BrokerMoney;
  /** H1: 1 is transaction value. */
  valuationMethod?: string;
  /** United States: manufacturer id (MID). */
  manufacturerId?: string;
  charges?: BrokerCharge[];
  documents?: { type: string; reference: string }[];
  productIdentifiers?: { type: string; id: string }[];
}

export interface DeclarationRequest {
  /** The local reference number. The declarant chooses it: at most 22 characters, never used again. */
  lrn: string;
  dataSet: BrokerDataSet;
  /** The country of the authority that decides, as ISO 3166 alpha-2: DE, FR, GB, US. */
  jurisdiction: string;
  /** IM or CO for the EU and GB; not used in the United States. */
  declarationType?: string;
  /** A = goods have arrived, D = lodged before arrival. */
  additionalDeclarationType?: string;
  declarant: BrokerParty;
  representative?: BrokerParty & { status?: '2' | '3' };
  exporter?: BrokerParty;
  /** The importer. In the United States this is the importer of record. */
  importer?: BrokerParty;
  consignee?: BrokerParty;
  additionalFiscalReferences?: { role: string; id: string }[];
  transportDocument?: { type: string; reference: string };
  /** Carrier's name or SCAC/IATA code. */
  carrier?: string;
  ucr?: string;
  transportCosts?: BrokerMoney;
  locationOfGoods?: string;
  customsOffice?: string;
  countryOfDispatch?: string;
  countryOfDestination?: string;
  incoterm?: { code: string; place?: string };
  invoice?: { number: string; date?: string; total: BrokerMoney };
  totalGrossMassGrams?: number;
  items: BrokerItem[];
  /** Charges on the whole declaration, not on an item, such as the merchandise processing fee. */
  charges?: BrokerCharge[];
}

export interface DeclarationReceipt {
  id: string;
  lrn: string;
  status: 'received';
}

/** One answer of the authority. `answers.ts` explains the codes. */
export interface BrokerAnswer {
  declarationId: string;
  lrn: string;
  /** The MRN of 18 characters (EU, GB) or the entry number (US). Absent before acceptance. */
  mrn?: string;
  authority: 'EU' | 'GB' | 'US' | 'WCO';
  code: string;
  name: string;
  occurredAt: string;
  /** The sum of the declared charges for each type. Sent with acceptance and with release. */
  duties?: { type: string; amount: BrokerMoney }[];
  reasons?: { code: string; text: string }[];
}

export interface DeclarationView {
  id: string;
  lrn: string;
  mrn?: string;
  dataSet: BrokerDataSet;
  jurisdiction: string;
  /** The declaration's status, in the broker's own words. */
  status: BrokerStatus;
  /** All answers of the authority, oldest first. */
  messages: BrokerAnswer[];
}

export type BrokerStatus =
  | 'received'
  | 'registered'
  | 'accepted'
  | 'documents_requested'
  | 'inspection'
  | 'detained'
  | 'released'
  | 'cleared'
  | 'rejected'
  | 'invalidated';

export interface BrokerCallback {
  type: 'declaration.status';
  timestamp: string;
  data: BrokerAnswer;
}

export interface BrokerProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Sent with 409 on an invalidation: the declaration's status, such as released. */
  declarationStatus?: BrokerStatus;
  errors?: { element: string; name: string; pointer: string; detail: string }[];
}
