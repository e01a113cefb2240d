import type { BrokerDataSet, DeclarationRequest } from './wire.ts';

/**
 * The elements that each data set requires, and the legal source of each requirement.
 *
 * EU: Delegated Regulation (EU) 2015/2446 Annex B (numbers of the revised annex); GB: CDS volume 3, appendices 21A and
 * 21H; US: blocks of CBP form 7501 and 19 CFR 143.21 (informal entry).
 * A path that starts with `items.` names an element that every item must have.
 */
interface Element {
  readonly element: string;
  readonly name: string;
  readonly path: string;
}

export interface ElementFault {
  element: string;
  name: string;
  pointer: string;
  detail: string;
}

const element = (number: string, name: string, path: string): Element => ({ element: number, name, path });

const euH7: readonly Element[] = [
  element('11 01', 'Declaration type', 'declarationType'),
  element('11 02', 'Additional declaration type', 'additionalDeclarationType'),
  element('12 05', 'Transport document', 'transportDocument.reference'),
  element('12 09', 'LRN', 'lrn'),
  element('13 01', 'Exporter', 'exporter.name'),
  element('13 01', 'Exporter address, country', 'exporter.address.country'),
  element('13 04', 'Importer', 'importer.name'),
  element('13 04', 'Importer address, country', 'importer.address.country'),
  element('13 05', 'Declarant identification', 'declarant.id'),
  element('14 15', 'Transport and insurance costs to the destination', 'transportCosts'),
  element('18 04', 'Gross mass', 'totalGrossMassGrams'),
  element('11 03', 'Goods item number', 'items.itemNumber'),
  element('11 10', 'Additional procedure', 'items.additionalProcedures'),
  element('14 14', 'Intrinsic value', 'items.intrinsicValue'),
  element('18 04', 'Gross mass', 'items.grossMassGrams'),
  element('18 05', 'Description of goods', 'items.description'),
  element('18 06', 'Number of packages', 'items.packages'),
  element('18 09', 'Commodity code', 'items.commodityCode'),
];

const euH1: readonly Element[] = [
  ...euH7.filter((one) => !['11 10', '14 14', '14 15'].includes(one.element)),
  element('11 09', 'Procedure', 'items.procedure'),
  element('11 10', 'Additional procedure', 'items.additionalProcedures'),
  element('14 01', 'Delivery terms', 'incoterm.code'),
  element('14 08', 'Item amount invoiced', 'items.itemPrice'),
  element('14 10', 'Valuation method', 'items.valuationMethod'),
  element('16 06', 'Country of dispatch', 'countryOfDispatch'),
  element('16 08', 'Country of origin', 'items.countryOfOrigin'),
  element('18 01', 'Net mass', 'items.netMassGrams'),
];

const gbH7: readonly Element[] = [
  element('1/1', 'Declaration type', 'declarationType'),
  element('1/2', 'Additional declaration type', 'additionalDeclarationType'),
  element('1/6', 'Goods item number', 'items.itemNumber'),
  element('1/11', 'Additional procedure', 'items.additionalProcedures'),
  element('2/5', 'LRN', 'lrn'),
  element('3/1', 'Exporter', 'exporter.name'),
  element('3/1', 'Exporter address, country', 'exporter.address.country'),
  element('3/15', 'Importer', 'importer.name'),
  element('3/18', 'Declarant identification', 'declarant.id'),
  element('4/18', 'Intrinsic value', 'items.intrinsicValue'),
  element('6/5', 'Gross mass', 'items.grossMassGrams'),
  element('6/8', 'Description of goods', 'items.description'),
  element('6/10', 'Number of packages', 'items.packages'),
  element('6/14', 'Commodity code', 'items.commodityCode'),
];

const gbH1: readonly Element[] = [
  ...gbH7.filter((one) => one.element !== '4/18'),
  element('1/10', 'Procedure', 'items.procedure'),
  element('4/1', 'Delivery terms', 'incoterm.code'),
  element('4/14', 'Item price', 'items.itemPrice'),
  element('4/16', 'Valuation method', 'items.valuationMethod'),
  element('5/8', 'Country of destination', 'countryOfDestination'),
  element('5/14', 'Country of dispatch', 'countryOfDispatch'),
  element('5/15', 'Country of origin', 'items.countryOfOrigin'),
  element('6/1', 'Net mass', 'items.netMassGrams'),
];

const usInformal: readonly Element[] = [
  element('8', 'Importing carrier', 'carrier'),
  element('12', 'B/L or AWB number', 'transportDocument.reference'),
  element('14', 'Exporting country', 'countryOfDispatch'),
  element('25', 'Ultimate consignee name', 'consignee.name'),
  element('25', 'Ultimate consignee address', 'consignee.address.line1'),
  element('26', 'Importer of record', 'importer.name'),
  element('10', 'Country of origin', 'items.countryOfOrigin'),
  element('27', 'Line number', 'items.itemNumber'),
  element('28', 'Description of merchandise', 'items.description'),
  element('29', 'HTSUS number', 'items.commodityCode'),
  element('30', 'Gross weight', 'items.grossMassGrams'),
  element('31', 'Net quantity', 'items.quantity'),
  element('32', 'Entered value', 'items.itemPrice'),
];

const usFormal: readonly Element[] = [
  ...usInformal,
  element('13', 'Manufacturer identification', 'items.manufacturerId'),
  element('23', 'Importer number', 'importer.id'),
];

/** Elements that every country's import declaration has. The identifiers are those of the WCO data model. */
const elsewhere: readonly Element[] = [
  element('D014', 'LRN', 'lrn'),
  element('R031', 'Exporter', 'exporter.name'),
  element('R037', 'Importer', 'importer.name'),
  element('R037', 'Importer address, country', 'importer.address.country'),
  element('D024', 'Transport document', 'transportDocument.reference'),
  element('131', 'Total gross mass', 'totalGrossMassGrams'),
  element('006', 'Goods item number', 'items.itemNumber'),
  element('137', 'Description of goods', 'items.description'),
  element('145', 'Commodity code', 'items.commodityCode'),
  element('063', 'Country of origin', 'items.countryOfOrigin'),
  element('128', 'Net mass', 'items.netMassGrams'),
  element('109', 'Item price', 'items.itemPrice'),
];

const demanded: Record<BrokerDataSet, readonly Element[]> = {
  EU_H7: euH7,
  EU_H1: euH1,
  GB_H7: gbH7,
  GB_H1: gbH1,
  US_TYPE_11: usInformal,
  US_TYPE_01: usFormal,
  IMPORT_LOW_VALUE: elsewhere,
  IMPORT_STANDARD: elsewhere,
};

/** The required elements that are missing from the declaration, each with the path where it is missing. */
export function findMissingElements(request: DeclarationRequest): ElementFault[] {
  return demanded[request.dataSet].flatMap((one) => {
    if (!one.path.startsWith('items.')) {
      return isFilled(read(request, one.path)) ? [] : [missing(one, `/${one.path.replaceAll('.', '/')}`)];
    }
    const inItem = one.path.slice('items.'.length);
    return request.items.flatMap((item, index) =>
      isFilled(read(item, inItem)) ? [] : [missing(one, `/items/${index}/${inItem.replaceAll('.', '/')}`)],
    );
  });
}

function missing(one: Element, pointer: string): ElementFault {
  return { element: one.element, name: one.name, pointer, detail: `${one.element} ${one.name} is mandatory` };
}

function read(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
}

function isFilled(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && value > 0;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object' || value === null) return false;
  const money = value as { amountMinor?: unknown; currency?: unknown };
  return Number.isInteger(money.amountMinor) && /^[A-Z]{3}$/.test(String(money.currency));
}
