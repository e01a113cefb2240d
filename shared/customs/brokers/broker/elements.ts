import { divide, type Money } from '../../../kernel/money.ts';
import type {
  Declaration,
  DeclarationItem,
  DeclarationParty,
  DeclaredAddress,
  DeclaredMerchant,
} from '../../broker.ts';
import type { RestBrokerSettings } from './settings.ts';
import type { WireCharge, WireItem, WireMoney, WireParty } from './wire.ts';

/** The data about the declarant. A builder needs them in addition to the declaration. */
export type Declarant = Pick<RestBrokerSettings, 'eori'>;

export function moneyOf(amount: Money): WireMoney {
  return { amountMinor: amount.amountMinor, currency: amount.currency };
}

export function partyOf(party: DeclarationParty): WireParty {
  const { name, company, identification, ...address } = party;
  return { name, company, id: identification, address: addressOf(address) };
}

/** The merchant as a party: by its number, and with its address where that is stored. */
function merchantOf({ name, identification, address }: DeclaredMerchant, id = identification): WireParty {
  return { name, id, ...(address !== undefined && { address: addressOf(address) }) };
}

/** Every part of the address. The broker joins the two lines where an authority takes one street and number. */
const addressOf = ({ line1, line2, city, region, postalCode, country }: DeclaredAddress) => ({
  ...{ line1, line2, city, region, postalCode, country },
});

/** Who imports: the merchant where it is the importer of record, otherwise the consignee. */
const importerOf = ({ importer, consignee }: Declaration): WireParty =>
  importer === undefined ? partyOf(consignee) : merchantOf(importer);

/**
 * 1 is the transaction value. Goods that are given away have none: 6 is the value by other reasonable means (Regulation
 * (EU) 952/2013, Art. 74(3); in Great Britain by the same code).
 */
export const valuationMethodOf = ({ isGivenAway }: DeclarationItem): '1' | '6' =>
  isGivenAway === true ? '6' : '1';

/** Duties and taxes other than zero, by type code. */
export function chargesOf(amounts: Readonly<Record<string, Money>>): WireCharge[] {
  return Object.entries(amounts)
    .filter(([, amount]) => amount.amountMinor !== 0)
    .map(([type, amount]) => ({ type, amount: moneyOf(amount) }));
}

/** The code's digits without punctuation, cut to the length that the data set allows. */
function commodityCode(hsCode: string, maxDigits: number): string {
  return hsCode.replaceAll(/\D/g, '').slice(0, maxDigits);
}

/** The members of an item that every data set requires. The parcel's gross mass is shared among items by net mass. */
export function itemOf(
  declaration: Declaration,
  item: DeclarationItem,
  maxDigits: number,
): Omit<WireItem, 'charges'> {
  return {
    itemNumber: item.itemNumber,
    description: item.description,
    commodityCode: commodityCode(item.hsCode, maxDigits),
    countryOfOrigin: item.originCountry,
    quantity: item.quantity,
    grossMassGrams: grossMassGrams(declaration, item),
    netMassGrams: item.netWeightGrams,
    packages: item.packageCount,
    productIdentifiers: [{ type: 'SKU', id: item.sku }],
  };
}

/** The members of the declaration as a whole that every data set requires. */
export function headerOf(declaration: Declaration, declarant: Declarant) {
  const { exporter, consignee, transportDocument } = declaration;
  return {
    lrn: declaration.lrn,
    dataSet: declaration.dataSet,
    jurisdiction: declaration.jurisdiction,
    declarant: merchantOf(declaration.declarant, declaration.declarant.identification ?? declarant.eori),
    exporter: partyOf(exporter),
    importer: importerOf(declaration),
    transportDocument: {
      type: transportDocumentType(transportDocument.trackingNumber),
      reference: transportDocument.trackingNumber,
    },
    carrier: transportDocument.carrier,
    transportCosts: moneyOf(declaration.freight),
    countryOfDispatch: exporter.country,
    countryOfDestination: consignee.country,
    incoterm: { code: declaration.incoterm },
    invoice: { number: declaration.lrn, total: moneyOf(declaration.totals.goods) },
    totalGrossMassGrams: declaration.grossWeightGrams,
  };
}

/**
 * The code of the transport document, from the EU's code list CL754. N750 is a movement by post: the tracking number
 * then has the form of standard S10 of the Universal Postal Union (two letters, nine digits, a country). Every other
 * tracking number gives N740, an air waybill.
 */
function transportDocumentType(trackingNumber: string): 'N740' | 'N750' {
  return /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(trackingNumber) ? 'N750' : 'N740';
}

/**
 * The item's share of the parcel's gross mass, in proportion to its net mass. Each share is the difference between two
 * rounded running totals. Therefore the shares add up to exactly the parcel's gross mass.
 */
function grossMassGrams(declaration: Declaration, item: DeclarationItem): number {
  const { items, grossWeightGrams } = declaration;
  const index = items.indexOf(item);
  const netUpTo = (count: number) => items.slice(0, count).reduce((sum, one) => sum + one.netWeightGrams, 0);
  const total = BigInt(netUpTo(items.length));
  if (total === 0n) return 0;
  const grossUpTo = (count: number) =>
    Number(divide(BigInt(grossWeightGrams) * BigInt(netUpTo(count)), total, 'half-up'));
  return grossUpTo(index + 1) - grossUpTo(index);
}
