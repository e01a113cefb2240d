import type { DeclarationRequest } from '../../../shared/customs/brokers/broker/sandbox/wire.ts';
import type { DispatchOrderRequest } from '../../../shared/warehouse/systems/wms/sandbox/wire.ts';

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const address = (city: string, country: string) => ({
  line1: 'Street 1',
  city,
  country,
  postalCode: '10000',
});

/** A complete low-value declaration for Germany. `description` may contain a word to which the broker reacts. */
export function sampleH7(lrn: string, description = 'Cotton t-shirt'): DeclarationRequest {
  return {
    lrn,
    dataSet: 'EU_H7',
    jurisdiction: 'DE',
    declarationType: 'IM',
    additionalDeclarationType: 'A',
    declarant: { id: 'DE123456789012345' },
    exporter: { name: 'Seller', address: address('Shenzhen', 'CN') },
    importer: { name: 'Buyer', address: address('Berlin', 'DE') },
    additionalFiscalReferences: [{ role: 'FR5', id: 'IM2760000001' }],
    transportDocument: { type: 'N741', reference: 'LX000000014CN' },
    transportCosts: eur(0),
    totalGrossMassGrams: 250,
    items: [
      {
        itemNumber: 1,
        description,
        commodityCode: '610910',
        grossMassGrams: 250,
        packages: 1,
        additionalProcedures: ['F48'],
        intrinsicValue: eur(12_00),
        charges: [
          { type: 'A00', amount: eur(3_00) },
          { type: 'B00', rate: '0.19', amount: eur(2_85) },
        ],
      },
    ],
  };
}

/** A complete full declaration for Great Britain, lodged before arrival. */
export function sampleGbH1(lrn: string): DeclarationRequest {
  const { intrinsicValue: _value, ...item } = sampleH7(lrn).items[0] ?? {
    itemNumber: 1,
    description: '',
    commodityCode: '',
  };
  return {
    ...sampleH7(lrn),
    dataSet: 'GB_H1',
    jurisdiction: 'GB',
    additionalDeclarationType: 'D',
    incoterm: { code: 'DAP', place: 'London' },
    countryOfDestination: 'GB',
    countryOfDispatch: 'CN',
    items: [
      {
        ...item,
        commodityCode: '6109100010',
        procedure: '4000',
        additionalProcedures: ['000'],
        itemPrice: { amountMinor: 200_00, currency: 'GBP' },
        valuationMethod: '1',
        countryOfOrigin: 'CN',
        netMassGrams: 230,
      },
    ],
  };
}

/** A complete informal entry for the United States. */
export function sampleUsInformal(lrn: string, description = 'Cotton t-shirt'): DeclarationRequest {
  return {
    lrn,
    dataSet: 'US_TYPE_11',
    jurisdiction: 'US',
    declarant: { id: '12-3456789XX' },
    importer: { name: 'Importer of record' },
    consignee: { name: 'Buyer', address: { ...address('Chicago', 'US'), region: 'IL' } },
    carrier: 'DHLExpress',
    transportDocument: { type: 'AWB', reference: '4000000013' },
    countryOfDispatch: 'CN',
    items: [
      {
        itemNumber: 1,
        description,
        commodityCode: '6109100012',
        countryOfOrigin: 'CN',
        grossMassGrams: 250,
        quantity: 1,
        itemPrice: { amountMinor: 20_00, currency: 'USD' },
        charges: [{ type: 'DUTY', amount: { amountMinor: 3_30, currency: 'USD' } }],
      },
    ],
  };
}

export function sampleDispatch(
  dispatchId: string,
  trackingNumber = 'none',
  sku = 'TSHIRT-M',
): DispatchOrderRequest {
  return {
    dispatchId,
    warehouseId: 'wh_szx',
    parcelId: `par_of_${dispatchId}`,
    lines: [{ sku, quantity: 2, unitWeightGrams: 180 }],
    label: { url: 'http://127.0.0.1/label.pdf', trackingNumber, carrier: 'YunExpress' },
    shipBy: '2026-12-01T00:00:00Z',
  };
}
