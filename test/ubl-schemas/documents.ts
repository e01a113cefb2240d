import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { despatchAdvice, orderResponse } from '../../infra/sandbox/supplier/documents.ts';
import { warehouseSchema } from '../../shared/catalogue/index.ts';
import type { Currency } from '../../shared/kernel/currency.ts';
import { cancellationDocument } from '../../shared/replenishment/purchasing/sending/cancellation-document.ts';
import { orderDocument } from '../../shared/replenishment/purchasing/sending/order-document.ts';
import { now, sentOrder, supplier } from '../unit/replenishment/replenishment-builders.ts';

const ordered = sentOrder({ MUG: 40, HAT: 7 });
const maker = supplier('ningbo', { name: 'Ningbo "Ceramics" & Co <Ltd>' });
const seller = {
  name: 'Sample shop',
  address: { line1: 'Musterstrasse 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
} as const;
const lines = [
  { lineNumber: 1, units: 40, sku: 'MUG', words: '' },
  { lineNumber: 2, units: 7, sku: 'HAT', words: '' },
];

/** An order in a currency, by a merchant whose registration is stored or not. */
function orderIn(currency: Currency, isRegistered: boolean): string {
  const state = {
    ...ordered,
    total: { amount: 18_800, currency },
    lines: ordered.lines.map((line) => ({ ...line, unitPrice: { amount: 400, currency } })),
  };
  return orderDocument(state, {
    ...{ supplier: maker, seller: isRegistered ? seller : undefined },
    warehouse: warehouseSchema.parse(sampleWarehouses[0]),
    descriptions: new Map([['MUG', 'Ceramic mug']]),
  }).xml;
}

const response = (code: 'AP' | 'CA' | 'RE'): string =>
  orderResponse({
    ...{ documentId: 'answer-1', orderId: ordered.replenishmentOrderId, salesOrderId: 'S-1', code },
    ...{ issuedOn: '2026-12-02', promisedOn: '2026-12-21' },
    ...(code === 'CA' ? { changed: lines } : {}),
  });

/** What we send to a supplier, and what the supplier of the sandbox sends to us, as XML by name. */
export const documents: Readonly<Record<string, string>> = {
  'our Order in EUR': orderIn('EUR', true),
  'our Order in JPY': orderIn('JPY', true),
  'our Order in KWD': orderIn('KWD', true),
  'our Order without a registration': orderIn('EUR', false),
  'our OrderCancellation': cancellationDocument(
    { ...ordered, cancelledAt: now, cancelledFor: 'supplier-silent' },
    { supplier: maker, seller },
  ).xml,
  'an OrderResponse that accepts': response('AP'),
  'an OrderResponse with changes': response('CA'),
  'an OrderResponse that refuses': response('RE'),
  'a DespatchAdvice': despatchAdvice({
    ...{ documentId: 'notice-1', orderId: ordered.replenishmentOrderId, issuedOn: '2026-12-05' },
    ...{ arrivesOn: '2026-12-20', lines },
  }),
};

/** The first document with its issue date before its number. The schema has them the other way round. */
export const wrongDocument = documents['our Order in EUR']?.replace(
  /(<cbc:ID>[^<]*<\/cbc:ID>)(\s*)(<cbc:IssueDate>[^<]*<\/cbc:IssueDate>)/,
  '$3$2$1',
);
