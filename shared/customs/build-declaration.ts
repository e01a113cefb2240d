import type { LandedCost, PlannedConsignment } from '../../events/landed-cost.ts';
import { importingMerchant, type Seller } from '../catalogue/index.ts';
import { packedCartons } from '../freight/index.ts';
import type { Address } from '../kernel/address.ts';
import type { Country } from '../kernel/country.ts';
import { needsPostalCode } from '../kernel/places/postal-code.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { bareTaxId, demandedTaxId } from '../kernel/tax-id.ts';
import type { Declaration, DeclarationParty, DeclaredMerchant } from './broker.ts';
import { figuresOf } from './declared-figures.ts';

export interface DeclarationInput {
  readonly lrn: string;
  readonly landedCost: LandedCost;
  readonly consignment: PlannedConsignment;
  readonly consignee: Address;
  readonly exporter: DeclarationParty;
  /** Undefined until the merchant's registrations are stored. */
  readonly seller: Seller | undefined;
  readonly trackingNumber: string;
}

/** The field that prevents the declaration from being filed: its name, never its value. */
export interface Incomplete {
  readonly field: string;
}

const dataSets = [
  'EU_H7',
  'EU_H1',
  'GB_H7',
  'GB_H1',
  'US_TYPE_11',
  'US_TYPE_01',
  'IMPORT_LOW_VALUE',
  'IMPORT_STANDARD',
] as const;
type DataSet = (typeof dataSets)[number];

/**
 * The least and the most digits of a commodity code in a data set. The Union's reduced data set takes the six of the
 * subheading; what of them is one item, the quote's answer to `euFlatDutyItem` says.
 */
const codeDigits: Readonly<Record<DataSet, { readonly min: number; readonly max: number }>> = {
  EU_H7: { min: 6, max: 6 },
  GB_H7: { min: 6, max: 10 },
  EU_H1: { min: 8, max: 10 },
  GB_H1: { min: 8, max: 10 },
  US_TYPE_11: { min: 10, max: 10 },
  US_TYPE_01: { min: 10, max: 10 },
  IMPORT_LOW_VALUE: { min: 6, max: 10 },
  IMPORT_STANDARD: { min: 6, max: 10 },
};

/**
 * The declaration of one parcel. Its figures are those of the quote: per line, per tax and in total, to the minor unit
 * and in the order's currency. Pure.
 */
export function buildDeclaration(input: DeclarationInput): Result<Declaration, Incomplete> {
  const { lrn, landedCost, consignment, consignee, exporter, seller, trackingNumber } = input;
  if (seller === undefined) return refused({ field: 'seller' });
  const dataSet = dataSets.find((known) => known === consignment.dataSet);
  if (dataSet === undefined) return refused({ field: 'dataSet' });
  const { items, totals, freight } = figuresOf(consignment, landedCost.currency, {
    maxCodeDigits: codeDigits[dataSet].max,
    byDescription: !isItemBySubheading(landedCost, dataSet),
  });
  const declaration: Declaration = {
    lrn,
    dataSet,
    jurisdiction: landedCost.destination.country,
    incoterm: landedCost.incoterm,
    exporter,
    consignee: partyOf(consignee),
    importer: importingMerchant(seller, landedCost.destination.country, landedCost.incoterm),
    declarant: merchantAs(seller, declarantNumberOf(dataSet, seller)),
    fiscalReference: fiscalReferenceOf(consignment, seller, landedCost.destination.country),
    transportDocument: { trackingNumber, carrier: consignment.carrier },
    grossWeightGrams: grossWeightOf(consignment, items),
    freight,
    items,
    totals,
  };
  const field = missingField(declaration, consignment);
  return field === undefined ? ok(declaration) : refused({ field });
}

/** Whether the flat duty of the Union was charged once for each subheading: then the goods are declared so. */
const isItemBySubheading = ({ ruleSet }: LandedCost, dataSet: DataSet) =>
  dataSet.startsWith('EU_') && ruleSet.switches?.euFlatDutyItem === 'subheading';

/** With its cartons, as on their labels; without them if it was quoted without cartons. */
function grossWeightOf(consignment: PlannedConsignment, items: Declaration['items']): number {
  const net = items.reduce((all, { netWeightGrams }) => all + netWeightGrams, 0);
  return Math.max(
    net,
    packedCartons(consignment).reduce((all, { grossWeightGrams }) => all + grossWeightGrams, 0),
  );
}

/** The consignee as declared: in Latin letters where the address has them, as customs and the label need them. */
function partyOf({ taxId, romanised, ...party }: Address): DeclarationParty {
  const declared =
    romanised === undefined ? party : { ...party, company: undefined, line2: undefined, ...romanised };
  return taxId === undefined ? declared : { ...declared, identification: bareTaxId(taxId) };
}

const merchantAs = ({ name, address }: Seller, identification: string | undefined): DeclaredMerchant => ({
  name,
  identification,
  address,
});

/**
 * Data element 13 16: the vendor's IOSS number with role FR5, so that VAT is not charged again at the border; in the
 * United Kingdom the number by which VAT was charged at the point of sale.
 */
function fiscalReferenceOf(
  consignment: PlannedConsignment,
  { ioss, gbVat, taxNumbers }: Seller,
  country: Country,
): Declaration['fiscalReference'] {
  const { scheme } = consignment;
  if (scheme === 'ioss' && ioss !== undefined) return { role: 'FR5', number: ioss };
  if (scheme === 'supply-vat' && gbVat !== undefined) return { role: 'FR1', number: gbVat };
  const number = taxNumbers?.[taxedWith(country)];
  if (isTaxedAtSale(consignment) && number !== undefined) return { role: 'FR1', number };
  return undefined;
}

/** Whether tax on all or some of the goods was charged at the sale, by a number in the destination. */
const isTaxedAtSale = ({ scheme, charges }: PlannedConsignment) =>
  scheme.endsWith('-vendor') ||
  scheme === 'remessa-conforme' ||
  charges.some(({ code }) => code.endsWith('-at-sale'));

/** Liechtenstein is one tax area with Switzerland. */
const taxedWith = (country: Country) => (country === 'LI' ? 'CH' : country);

/** The merchant's number at the authority, if it has one. */
function declarantNumberOf(dataSet: DataSet, { importer }: Seller): string | undefined {
  const authority = dataSet.slice(0, 2);
  return authority === 'EU' || authority === 'GB' || authority === 'US' ? importer[authority] : undefined;
}

/** The first missing field that the data set requires. */
function missingField(
  { dataSet, consignee, exporter, importer, declarant, fiscalReference, items }: Declaration,
  consignment: PlannedConsignment,
): string | undefined {
  const { scheme } = consignment;
  if ((scheme === 'ioss' || scheme === 'supply-vat') && fiscalReference === undefined)
    return scheme === 'ioss' ? 'seller.ioss' : 'seller.gbVat';
  if (isTaxedAtSale(consignment) && fiscalReference === undefined) return 'seller.taxNumbers';
  if (declarant.name.trim() === '') return 'seller.name';
  for (const [role, party] of Object.entries({ consignee, exporter })) {
    for (const part of ['name', 'line1', 'city'] as const) {
      if (party[part].trim() === '') return `${role}.${part}`;
    }
    if (party.postalCode === undefined && needsPostalCode(party.country)) return `${role}.postalCode`;
  }
  if (consignee.identification === undefined && demandedTaxId(consignee.country) !== undefined)
    return 'consignee.taxId';
  // Block 23 of CBP form 7501: a formal entry names the importer by its number.
  const importerNumber = (importer ?? consignee).identification;
  if (dataSet === 'US_TYPE_01' && importerNumber === undefined) return 'seller.importer.US';
  for (const item of items) {
    const at = `items.${item.itemNumber}`;
    if (item.description.trim() === '') return `${at}.description`;
    if (item.hsCode.length < codeDigits[dataSet].min) return `${at}.hsCode`;
  }
  return undefined;
}
