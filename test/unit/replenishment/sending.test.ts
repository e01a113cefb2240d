import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { warehouseSchema } from '../../../shared/catalogue/index.ts';
import { PartnerRefused } from '../../../shared/partners/partner-answer.ts';
import { type PartnerRequest, PartnerUnavailable } from '../../../shared/partners/send.ts';
import { verifyStandardWebhook } from '../../../shared/partners/webhook-signatures/index.ts';
import {
  needsWorkAfterCancelling,
  tellsSupplier,
} from '../../../shared/replenishment/purchasing/after-cancelling.ts';
import { cancellationDocument } from '../../../shared/replenishment/purchasing/sending/cancellation-document.ts';
import { sendingWays } from '../../../shared/replenishment/purchasing/sending/index.ts';
import { orderDocument } from '../../../shared/replenishment/purchasing/sending/order-document.ts';
import { supplierSigningSecret } from '../../../shared/replenishment/purchasing/sending/signing-secret.ts';
import { eur, now, sentOrder, supplier } from './replenishment-builders.ts';

const warehouse = warehouseSchema.parse(
  sampleWarehouses.find(({ warehouseId }) => warehouseId === 'pl-poznan'),
);
const state = { ...sentOrder({ MUG: 40, HAT: 7 }), total: eur(18_800) };
const maker = supplier('ningbo', {
  name: 'Ningbo "Ceramics" & Co <Ltd>',
  offers: [
    {
      ...{ sku: 'MUG', supplierSku: 'NC-350', leadTimeDays: 20 },
      prices: [{ fromUnits: 1, unitPrice: eur(400) }],
    },
  ],
  sending: { way: 'http', url: 'https://supplier.example/orders' },
});
const document = orderDocument(state, {
  ...{ supplier: maker, warehouse },
  seller: {
    name: 'Sample shop',
    address: { line1: 'Musterstrasse 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
  },
  descriptions: new Map([['MUG', 'Ceramic mug']]),
});

/** The names of an element's children, in their order. */
const childrenOf = (xml: string, path: readonly string[]): string[] => {
  let nodes = new XMLParser({ preserveOrder: true, ignoreAttributes: false }).parse(xml) as Record<
    string,
    unknown
  >[];
  for (const name of path) nodes = nodes.find((node) => name in node)?.[name] as Record<string, unknown>[];
  return nodes.map((node) => Object.keys(node)[0] ?? '');
};

describe('a purchase order as UBL 2.1', () => {
  it('has the elements in the order of the schema', () => {
    // UBL-Order-2.1.xsd, the sequence of OrderType; UBL-CommonAggregateComponents-2.1.xsd, that of LineItemType.
    expect(childrenOf(document.xml, ['Order'])).toEqual([
      ...['cbc:UBLVersionID', 'cbc:ID', 'cbc:IssueDate', 'cbc:DocumentCurrencyCode', 'cbc:LineCountNumeric'],
      ...['cac:BuyerCustomerParty', 'cac:SellerSupplierParty', 'cac:Delivery'],
      ...['cac:AnticipatedMonetaryTotal', 'cac:OrderLine', 'cac:OrderLine'],
    ]);
    expect(childrenOf(document.xml, ['Order', 'cac:OrderLine', 'cac:LineItem'])).toEqual([
      ...['cbc:ID', 'cbc:Quantity', 'cbc:LineExtensionAmount', 'cac:Price', 'cac:Item'],
    ]);
  });

  it('has the figures of the order, decimals of the currency, and escaped names', () => {
    const { Order } = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(document.xml);
    expect(Order).toMatchObject({
      'cbc:ID': state.replenishmentOrderId,
      'cac:AnticipatedMonetaryTotal': {
        'cbc:PayableAmount': { '#text': '188.00', '@_currencyID': 'EUR' },
      },
      'cac:SellerSupplierParty': {
        'cac:Party': { 'cac:PartyName': { 'cbc:Name': 'Ningbo "Ceramics" & Co <Ltd>' } },
      },
      'cac:OrderLine': [
        {
          'cac:LineItem': {
            'cbc:Quantity': { '#text': '40', '@_unitCode': 'C62' },
            // 40 at 4.00 EUR.
            'cbc:LineExtensionAmount': { '#text': '160.00' },
            'cac:Item': {
              'cbc:Name': 'Ceramic mug',
              'cac:SellersItemIdentification': { 'cbc:ID': 'NC-350' },
            },
          },
        },
        { 'cac:LineItem': { 'cac:Item': { 'cbc:Name': 'HAT' } } },
      ],
    });
    expect(document.xml).toContain('Ningbo &quot;Ceramics&quot; &amp; Co &lt;Ltd&gt;');
  });
});

describe('its cancellation', () => {
  it('names the order and the reason, with the elements in the order of the schema', () => {
    const cancelled = {
      ...state,
      status: 'cancelled' as const,
      ...{ cancelledAt: '2026-12-03T08:00:00.000Z', cancelledFor: 'not-needed' as const },
    };
    const { messageId, xml } = cancellationDocument(cancelled, { supplier: maker, seller: undefined });
    expect(messageId).toBe(`${state.replenishmentOrderId}.cancellation`);
    // UBL-OrderCancellation-2.1.xsd, the sequence of OrderCancellationType.
    expect(childrenOf(xml, ['OrderCancellation'])).toEqual([
      ...['cbc:UBLVersionID', 'cbc:ID', 'cbc:IssueDate', 'cbc:CancellationNote', 'cac:OrderReference'],
      ...['cac:BuyerCustomerParty', 'cac:SellerSupplierParty'],
    ]);
    const { OrderCancellation } = new XMLParser({ parseTagValue: false }).parse(xml);
    expect(OrderCancellation).toMatchObject({
      'cbc:IssueDate': '2026-12-03',
      'cac:OrderReference': { 'cbc:ID': state.replenishmentOrderId },
    });
  });

  it.each([
    ['it was sent', { sentAt: now }, 0, 'not-needed', true],
    ['its answer may have been lost', {}, 1, 'not-needed', true],
    ['it never left', {}, 0, 'not-needed', false],
    ['the next supplier is asked', {}, 0, 'supplier-silent', true],
    ['the supplier refused it', { sentAt: now }, 0, 'supplier-refused', true],
  ] as const)('leaves work where %s', (_name, sent, sendAttempts, cancelledFor, expected) => {
    const { sentAt: _, ...unsent } = state;
    const cancelled = { ...unsent, ...sent, cancelledFor, status: 'cancelled' } as const;
    expect(needsWorkAfterCancelling(cancelled, { sendAttempts })).toBe(expected);
    expect(tellsSupplier(cancelled)).toBe(cancelledFor !== 'supplier-refused');
  });
});

describe('sending it', () => {
  const signingSecret = supplierSigningSecret('ningbo', 'a-key-of-the-tests');
  const by = async (way: string, status = 202) => {
    const [requests, files]: [PartnerRequest[], [string, string][]] = [[], []];
    const tools = {
      ...{ signingSecret, now },
      send: async (request: PartnerRequest) => {
        requests.push(request);
        return { status, headers: {}, body: '' };
      },
      writeFile: async (key: string, text: string) => void files.push([key, text]),
    };
    const sent = await sendingWays.find((each) => each.way === way)?.send(document, maker, tools);
    return { requests, files, sent };
  };

  it('by HTTP is signed, so that the supplier can check it, and has one id for every repeat', async () => {
    const [first] = (await by('http')).requests;
    const [again] = (await by('http')).requests;
    expect(first?.headers['idempotency-key']).toBe(state.replenishmentOrderId);
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    const secrets = [{ id: 'ours', value: signingSecret }];
    const message = { headers: first?.headers ?? {}, rawBody: Buffer.from(first?.body ?? '') };
    expect(verifyStandardWebhook(message, { now, secrets })).toEqual({ genuine: true, secretId: 'ours' });
    const other = [{ id: 'other', value: supplierSigningSecret('yiwu', 'a-key-of-the-tests') }];
    expect(verifyStandardWebhook(message, { now, secrets: other })).toMatchObject({ genuine: false });
  });

  it.each([
    [503, PartnerUnavailable],
    [429, PartnerUnavailable],
    [400, PartnerRefused],
  ])('by HTTP is not done after %i', async (status, kind) => {
    await expect(by('http', status)).rejects.toThrow(kind);
  });

  it('by HTTP is done where the supplier has it already', async () => {
    expect((await by('http', 409)).sent).toEqual({});
  });

  it('as a file writes one object, the same for every repeat', async () => {
    const { files, sent } = await by('file');
    const key = `purchase-orders/ningbo/${state.replenishmentOrderId}.xml`;
    expect([files, sent]).toEqual([[[key, document.xml]], { key }]);
    expect((await by('file')).files).toEqual(files);
  });
});
