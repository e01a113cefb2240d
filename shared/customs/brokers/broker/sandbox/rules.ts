import { type ElementFault, findMissingElements } from './data-sets.ts';
import { type BrokerDataSet, brokerDataSets, type DeclarationRequest } from './wire.ts';

interface ValueLimit {
  readonly element: string;
  readonly currency: string;
  readonly amountMinor: number;
}

/**
 * EU H7: EUR 150 of intrinsic value; GB H7: GBP 135; US type 11: USD 2,500 (19 CFR 143.21, informal entry). A declaration
 * in another currency is not checked here: the authority converts with its own rates.
 */
const valueLimits: Partial<Record<BrokerDataSet, ValueLimit>> = {
  EU_H7: { element: '14 14', currency: 'EUR', amountMinor: 15_000 },
  GB_H7: { element: '4/18', currency: 'GBP', amountMinor: 13_500 },
  US_TYPE_11: { element: '32', currency: 'USD', amountMinor: 250_000 },
};

const jurisdictions: Record<Authority, RegExp> = {
  EU: /^(AT|BE|BG|CY|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)$/,
  GB: /^GB$/,
  US: /^US$/,
  // Every country without a data set of its own.
  WCO: /^(?!(AT|BE|BG|CY|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|GB|US)$)[A-Z]{2}$/,
};

type Authority = 'EU' | 'GB' | 'US' | 'WCO';

/** The authority that receives declarations of this data set. */
export function authorityOf(dataSet: DeclarationRequest['dataSet']): Authority {
  return dataSet.startsWith('IMPORT') ? 'WCO' : (dataSet.slice(0, 2) as 'EU' | 'GB' | 'US');
}

/**
 * Checks a declaration before filing, and lists the elements at fault. The list is empty if the broker may file the
 * declaration. `filedOn` is the day of filing in Brussels time.
 */
export function checkDeclaration(body: unknown, filedOn: string): ElementFault[] {
  const request = body as DeclarationRequest;
  const shape = checkShape(request);
  if (shape.length > 0) return shape;
  return [
    ...findMissingElements(request),
    ...checkJurisdiction(request),
    ...checkImporter(request),
    ...checkAddresses(request),
    ...checkCodes(request, filedOn),
    ...checkPreference(request, filedOn),
    ...checkLimit(request),
  ];
}

function checkShape(request: DeclarationRequest): ElementFault[] {
  if (typeof request !== 'object' || request === null)
    return [fault('', 'Declaration', '', 'is not a JSON object')];
  const faults: ElementFault[] = [];
  if (!brokerDataSets.includes(request.dataSet)) {
    faults.push(fault('', 'Data set', '/dataSet', `is not one of ${brokerDataSets.join(', ')}`));
  }
  if (typeof request.lrn !== 'string' || !/^[\w.-]{1,22}$/.test(request.lrn)) {
    faults.push(
      fault('12 09', 'LRN', '/lrn', 'must be 1 to 22 letters, digits, points, hyphens or underscores'),
    );
  }
  if (!Array.isArray(request.items) || request.items.length === 0) {
    faults.push(fault('11 03', 'Goods items', '/items', 'must hold at least one item'));
  }
  return faults;
}

function checkJurisdiction(request: DeclarationRequest): ElementFault[] {
  const authority = authorityOf(request.dataSet);
  if (jurisdictions[authority].test(request.jurisdiction)) return [];
  return [
    fault('', 'Jurisdiction', '/jurisdiction', `${request.jurisdiction} does not take ${request.dataSet}`),
  ];
}

/** Countries that require the importer's identification number: element R038 of the WCO data model. */
const knowImporterByNumber = /^(AR|BR|CL|CN|CO|ID|IL|IN|KR|TR)$/;

function checkImporter({ dataSet, jurisdiction, importer }: DeclarationRequest): ElementFault[] {
  if (authorityOf(dataSet) !== 'WCO' || !knowImporterByNumber.test(jurisdiction)) return [];
  if (importer?.id !== undefined && importer.id.trim() !== '') return [];
  return [fault('R038', 'Importer, coded', '/importer/id', `is mandatory in ${jurisdiction}`)];
}

/** The parts that an address may have. A part of another name would be lost on the way to the authority. */
const ADDRESS_PARTS = ['line1', 'line2', 'city', 'region', 'postalCode', 'country'];

/**
 * Checks the addresses of the parties. An entry in the United States takes "the standard postal two-letter state or
 * territory abbreviation" (CBP form 7501, blocks 25 and 26).
 */
function checkAddresses(request: DeclarationRequest): ElementFault[] {
  const parties = (['declarant', 'exporter', 'importer', 'consignee'] as const).flatMap((role) => {
    const address = request[role]?.address;
    return address === undefined ? [] : [{ role, address }];
  });
  return parties.flatMap(({ role, address }) => {
    const at = `/${role}/address`;
    const odd = Object.keys(address).filter((part) => !ADDRESS_PARTS.includes(part));
    const faults = odd.map((part) => fault('', 'Address', `${at}/${part}`, 'is no part of an address'));
    const isEntered =
      authorityOf(request.dataSet) === 'US' && address.country === 'US' && role !== 'exporter';
    if (isEntered && !/^[A-Z]{2}$/.test(address.region ?? ''))
      faults.push(fault('25', 'State', `${at}/region`, 'is the abbreviation of a state: two letters'));
    return faults;
  });
}

function checkCodes(request: DeclarationRequest, filedOn: string): ElementFault[] {
  const authority = authorityOf(request.dataSet);
  const digits =
    authority === 'US'
      ? /^\d{10}$/
      : request.dataSet.endsWith('H7') || authority === 'WCO'
        ? /^\d{6,10}$/
        : /^\d{8,10}$/;
  const number = { EU: '18 09', GB: '6/14', US: '29', WCO: '145' }[authority];
  const faults = request.items.flatMap((item, index) =>
    item.commodityCode && !digits.test(item.commodityCode)
      ? [fault(number, 'Commodity code', `/items/${index}/commodityCode`, `does not match ${digits.source}`)]
      : [],
  );
  return request.dataSet === 'EU_H7' ? [...faults, ...checkProcedures(request, filedOn)] : faults;
}

/** The first day of the flat duty. From that day on there is no relief from duty for C07 to claim. */
const FLAT_DUTY_FROM = '2026-07-01';

/**
 * Checks element 11 10. Until 2026-06-30 it may hold C07+F48 (IOSS), C07+F49 (special arrangements), C07 alone or C08
 * (gifts). From 2026-07-01 on it may hold F48, F49, F53 (VAT in the ordinary way) or C08. F48 requires the FR5 number of
 * element 13 16.
 */
function checkProcedures(request: DeclarationRequest, filedOn: string): ElementFault[] {
  const allowed =
    filedOn < FLAT_DUTY_FROM ? ['C07+F48', 'C07+F49', 'C07', 'C08'] : ['F48', 'F49', 'F53', 'C08'];
  const faults = request.items.flatMap((item, index) => {
    const codes = [...(item.additionalProcedures ?? [])].sort().join('+');
    if (codes === '' || allowed.includes(codes)) return [];
    const detail = `${codes} is not one of ${allowed.join(', ')}`;
    return [fault('11 10', 'Additional procedure', `/items/${index}/additionalProcedures`, detail)];
  });
  const usesIoss = request.items.some((item) => item.additionalProcedures?.includes('F48'));
  const reference = request.additionalFiscalReferences?.find((one) => one.role === 'FR5');
  if (usesIoss && !/^IM\d{10}$/.test(reference?.id ?? '')) {
    faults.push(
      fault(
        '13 16',
        'Additional fiscal reference',
        '/additionalFiscalReferences',
        'F48 needs FR5 with the IOSS number (IM and ten digits)',
      ),
    );
  }
  return faults;
}

/** Checks element 14 11 of the full data set. Preference 500 is the flat duty, which began on 2026-07-01. */
function checkPreference({ dataSet, items }: DeclarationRequest, filedOn: string): ElementFault[] {
  if (dataSet !== 'EU_H1' || filedOn >= FLAT_DUTY_FROM) return [];
  return items.flatMap(({ preference }, index) =>
    preference?.startsWith('5') === true
      ? [
          fault(
            '14 11',
            'Preference',
            `/items/${index}/preference`,
            `${preference} begins on ${FLAT_DUTY_FROM}`,
          ),
        ]
      : [],
  );
}

function checkLimit(request: DeclarationRequest): ElementFault[] {
  const limit = valueLimits[request.dataSet];
  if (limit === undefined) return [];
  const values = request.items.map((item) => item.intrinsicValue ?? item.itemPrice);
  if (values.some((value) => value?.currency !== limit.currency)) return [];
  const total = values.reduce((sum, value) => sum + (value?.amountMinor ?? 0), 0);
  if (total <= limit.amountMinor) return [];
  const detail = `${total} is over the limit of ${limit.amountMinor} minor units for ${request.dataSet}`;
  return [fault(limit.element, 'Value', '/items', detail)];
}

function fault(element: string, name: string, pointer: string, detail: string): ElementFault {
  return { element, name, pointer, detail };
}
