import { describe, expect, it } from 'vitest';
import { despatchAdvice, orderResponse } from '../../../infra/sandbox/supplier/documents.ts';
import { readSupplierCall } from '../../../shared/replenishment/purchasing/calls/read-call.ts';

const orderId = 'rpl_01KAXB3J5K0000000000000000';
const response = (over: object = {}) =>
  orderResponse({
    ...{ documentId: 'OR-1', orderId, salesOrderId: 'SO-88121', issuedOn: '2026-12-01', code: 'AP' },
    ...{ promisedOn: '2027-01-20', ...over },
  });
const advice = (lines = [{ lineNumber: 1, sku: 'MUG', units: 40, words: '' }]) =>
  despatchAdvice({
    ...{ documentId: 'DA-1', orderId, issuedOn: '2026-12-01', arrivesOn: '2027-01-20', lines },
  });
const errorsOf = (xml: string) => {
  const read = readSupplierCall(xml);
  return read.ok ? [] : (read.error.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
};

describe('a document of a supplier', () => {
  it('is read as an answer with its number, its own number of the order and the promised day', () => {
    expect(readSupplierCall(response())).toEqual({
      ok: true,
      value: {
        ...{ kind: 'response', documentId: 'OR-1', replenishmentOrderId: orderId, answer: 'taken' },
        ...{ supplierReference: 'SO-88121', expectedAt: '2027-01-20T00:00:00.000Z' },
      },
    });
    expect(readSupplierCall(response({ code: 'RE' }))).toMatchObject({ value: { answer: 'refused' } });
    for (const [code, answer] of [
      ['AB', 'received'],
      ['CA', 'taken'],
    ] as const)
      expect(readSupplierCall(response({ code }))).toMatchObject({ value: { answer } });
  });

  it('is read as a notice with its lines, its way and its port', () => {
    const lines = [
      { lineNumber: 2, sku: 'HAT', units: 7, words: '' },
      { lineNumber: 1, sku: 'MUG', units: 40, words: '' },
    ];
    expect(readSupplierCall(advice(lines))).toEqual({
      ok: true,
      value: {
        ...{ kind: 'despatch', documentId: 'DA-1', replenishmentOrderId: orderId, mode: 'sea' },
        lines: [
          { lineNumber: 2, units: 7 },
          { lineNumber: 1, units: 40 },
        ],
        ...{ fromCountry: 'CN', portOfArrival: 'PLGDN', transportReference: 'MSKU1234565' },
        freight: { amount: 6_131, currency: 'EUR' },
        expectedAt: '2027-01-20T00:00:00.000Z',
      },
    });
  });

  it('is read with the quantities that it changes, by the numbers of our lines', () => {
    const changed = [{ lineNumber: 2, sku: 'HAT', units: 3, words: '' }];
    const fewer = response({ code: 'CA', changed });
    const changes = (xml: string) => {
      const read = readSupplierCall(xml);
      return read.ok && read.value.kind === 'response' ? read.value.changes : read;
    };
    expect(changes(fewer)).toEqual([{ lineNumber: 2, quantity: 3 }]);
    // The number of the supplier's own line says nothing of ours.
    expect(changes(fewer.replace('<cbc:ID>2<', '<cbc:ID>1<'))).toEqual([{ lineNumber: 2, quantity: 3 }]);
    const none = fewer.replace('StatusCode>3<', 'StatusCode>7<');
    expect(changes(none)).toEqual([{ lineNumber: 2, quantity: 0 }]);
    // An answer that takes everything repeats the lines.
    expect(changes(response({ code: 'AP', changed }))).toBeUndefined();
    expect(errorsOf(fewer.replace(/<cbc:Quantity.*<\/cbc:Quantity>/, ''))).toEqual([
      '/OrderResponse/OrderLine/0/LineItem/Quantity wrong',
    ]);
  });

  it('is read with the sum of its charges of freight', () => {
    const one = '<cac:FreightAllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>';
    const more = (amount: string, currency = 'EUR') =>
      `${one}<cbc:Amount currencyID="${currency}">${amount}</cbc:Amount></cac:FreightAllowanceCharge>`;
    const two = (text: string) => advice().replace('  </cac:Shipment>', `${text}</cac:Shipment>`);
    const freightOf = (xml: string) => {
      const read = readSupplierCall(xml);
      return read.ok && read.value.kind === 'despatch' ? read.value.freight : errorsOf(xml);
    };
    expect(freightOf(two(more('8.7')))).toEqual({ amount: 7_001, currency: 'EUR' });
    const at = '/DespatchAdvice/Shipment/FreightAllowanceCharge';
    expect(freightOf(two(more('8.70', 'PLN')))).toEqual([`${at} wrong`]);
    expect(freightOf(two(more('8.705')))).toEqual([`${at}/1/Amount wrong`]);
    expect(freightOf(two(more('0')))).toEqual([`${at}/1/Amount wrong`]);
    expect(freightOf(two(more('8.70').replace('true', 'false')))).toEqual([`${at}/1/ChargeIndicator wrong`]);
  });

  it('is read whatever prefixes it has for the namespaces', () => {
    const other = response()
      .replaceAll('cbc:', 'b:')
      .replaceAll('xmlns:cbc', 'xmlns:b')
      .replaceAll('<OrderResponse xmlns=', '<u:OrderResponse xmlns:u=')
      .replace('</OrderResponse>', '</u:OrderResponse>');
    expect(readSupplierCall(other)).toEqual(readSupplierCall(response()));
  });

  it.each([
    [
      'no whole number of pieces',
      advice().replace('>40<', '>40.5<'),
      '/DespatchAdvice/DespatchLine/0/DeliveredQuantity wrong',
    ],
    [
      'kilograms',
      advice().replace('C62', 'KGM'),
      '/DespatchAdvice/DespatchLine/0/DeliveredQuantity/@unitCode wrong',
    ],
    [
      'a line without number',
      advice().replace('LineID>1<', 'LineID>one<'),
      '/DespatchAdvice/DespatchLine/0/OrderLineReference/LineID wrong',
    ],
    ['no order', response().replace(orderId, 'PO-1'), '/OrderResponse/OrderReference/0/ID wrong'],
    ['an unknown answer', response().replace('>AP<', '>OK<'), '/OrderResponse/OrderResponseCode wrong'],
    [
      'no date',
      response().replace('2027-01-20', 'soon'),
      '/OrderResponse/Delivery/0/PromisedDeliveryPeriod/EndDate wrong',
    ],
    ['another document', '<Invoice xmlns="urn:x"/>', '/ unknown-document'],
    ['another namespace', response().replace(':OrderResponse-2', ':OrderResponse-3'), '/ unknown-document'],
    ['no XML', 'hello', '/ unknown-document'],
    ['an end that is missing', response().replace('</OrderResponse>', ''), '/ unknown-document'],
    ['entities', `<!DOCTYPE a [<!ENTITY b "c">]>${response()}`, '/ doctype'],
  ])('with %s is refused, and the field is named', (_name, xml, expected) => {
    expect(errorsOf(xml)).toEqual([expected]);
  });
});
