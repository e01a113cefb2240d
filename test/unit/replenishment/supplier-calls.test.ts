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
        expectedAt: '2027-01-20T00:00:00.000Z',
      },
    });
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
