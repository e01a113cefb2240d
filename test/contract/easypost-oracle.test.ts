import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../shared/kernel/money.ts';
import { createSend } from '../../shared/runtime/partner-sender.ts';
import type { BookPiece, BoundCarrier } from '../../shared/shipping/carrier.ts';
import { easypost } from '../../shared/shipping/carriers/easypost/adapter.ts';
import { shipmentOf } from '../../shared/shipping/carriers/easypost/requests.ts';
import { callbackOf, present } from '../fixtures/partner-calls.ts';

/** The parts of the official SDK that we use. Its types describe an older form of the module. */
interface EasyPostSdk {
  readonly Utils: {
    validateWebhook(body: Buffer, headers: Record<string, string>, secret: string): unknown;
  };
  readonly Address: { create(address: object): Promise<unknown> };
  readonly Shipment: {
    retrieve(id: string): Promise<unknown>;
    create(shipment: object): Promise<unknown>;
    buy(id: string, rate: string): Promise<unknown>;
    refund(id: string): Promise<unknown>;
  };
}
const EasyPost = createRequire(import.meta.url)('@easypost/api') as new (
  apiKey: string,
  options?: { baseUrl: string },
) => EasyPostSdk;

interface Taken {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

const secret = 'sécret';
const rate = { id: 'rate_1', carrier: 'USPS', service: 'Priority', rate: '7.90', currency: 'USD' };
const shipment = {
  id: 'shp_1',
  object: 'Shipment',
  reference: 'par_1',
  created_at: '2026-11-23T12:00:00Z',
  to_address: {},
  parcel: { weight: 1 },
  rates: [rate],
  selected_rate: rate,
  postage_label: null as object | null,
  tracking_code: 'EZ1',
  refund_status: null as string | null,
};
const command: BookPiece = {
  orderId: 'ord_1',
  printedReference: 'GC-7Q2MX-4K9TA',
  parcelId: 'par_1',
  reference: 'par_1',
  service: 'standard',
  from: {
    name: 'Warehouse',
    line1: '1 Dock Road',
    city: 'Reno',
    region: 'NV',
    postalCode: '89501',
    country: 'US',
  },
  to: { name: 'Ada Muster', line1: 'Unter den Linden 1', city: 'Berlin', postalCode: '10117', country: 'DE' },
  weightGrams: 500,
  dimensions: { lengthMm: 254, widthMm: 100, heightMm: 51 },
  incoterm: 'DDP',
  customs: {
    iossNumber: 'IM2760000001',
    items: [
      {
        description: 'Mug',
        quantity: 2,
        value: { amountMinor: 1_205, currency: 'USD' },
        weightGrams: 400,
        hsCode: '691200',
        originCountry: 'US',
        sku: 'MUG-1',
      },
    ],
  },
};

let taken: Taken[] = [];
let sdk: EasyPostSdk;
let ours: BoundCarrier;
let access: { apiKey: string; baseUrl: string };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8');
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    const { method = '', headers } = request;
    // An empty body and an empty object mean the same.
    const body: unknown = text === '' ? {} : JSON.parse(text);
    taken.push({ method, path, body, authorization: headers.authorization });
    const isFound = path !== '/v2/shipments/par_1';
    const answer = path.endsWith('/addresses')
      ? { id: 'adr_1', object: 'Address' }
      : path.endsWith('/buy')
        ? { ...shipment, postage_label: { label_url: 'https://label.example/1' } }
        : path.endsWith('/refund')
          ? { ...shipment, refund_status: 'submitted' }
          : shipment;
    const error = { error: { code: 'NOT_FOUND', message: '', errors: [] } };
    response
      .writeHead(isFound ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(isFound ? answer : error));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  access = { apiKey: 'EZTKoracle', baseUrl };
  sdk = new EasyPost(access.apiKey, { baseUrl: `${baseUrl}/v2/` });
  const webhookSecrets = [{ id: 'only', value: secret }];
  ours = easypost.bind({ ...access, webhookSecrets }, createSend({ partner: 'easypost' }));
});
beforeEach(() => {
  taken = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('requests to EasyPost equal those of its own SDK', () => {
  it('for booking', async () => {
    await sdk.Shipment.retrieve('par_1').catch(() => undefined);
    await sdk.Shipment.create(shipmentOf(access, command));
    await sdk.Shipment.buy('shp_1', 'rate_1');
    const wanted = taken;
    taken = [];
    expect(await ours.book(present(), command)).toMatchObject({ carrierShipmentId: 'shp_1' });
    expect(taken).toEqual(wanted);
    expect(wanted).toHaveLength(3);
  });

  it('for booking with an importer of record, whose address the shipment names', async () => {
    const identification = '98-7654321XX';
    const address = { line1: 'Hafenstrasse 1', city: 'Hamburg', postalCode: '20457', country: 'DE' };
    const importer = { name: 'Seller GmbH', identification, address };
    const imported = { ...command, customs: { ...command.customs, items: [], importer } };
    await sdk.Shipment.retrieve('par_1').catch(() => undefined);
    await sdk.Address.create({
      ...{ company: 'Seller GmbH', federal_tax_id: identification, street1: 'Hafenstrasse 1' },
      ...{ city: 'Hamburg', zip: '20457', country: 'DE' },
    });
    await sdk.Shipment.create(shipmentOf(access, imported, 'adr_1'));
    await sdk.Shipment.buy('shp_1', 'rate_1');
    const wanted = taken;
    taken = [];
    await ours.book(present(), imported);
    expect(taken).toEqual(wanted);
    expect(wanted[2]?.body).toMatchObject({ shipment: { options: { importer_address_id: 'adr_1' } } });
  });

  it('for voiding', async () => {
    await sdk.Shipment.refund('shp_1');
    const wanted = taken;
    taken = [];
    expect(await ours.void(present(), { carrierShipmentId: 'shp_1' })).toBe('voided');
    expect(taken).toEqual(wanted);
  });

  it('have the cash to collect as decimal text, and none for other orders', () => {
    const cashOnDelivery = money(39_270, 'EUR');
    expect(shipmentOf(access, { ...command, cashOnDelivery }).options).toMatchObject({
      ...{ cod_amount: '392.70', cod_method: 'CASH' },
    });
    expect(shipmentOf(access, { ...command, cashOnDelivery: money(300_000, 'JPY') }).options).toMatchObject({
      cod_amount: '300000',
    });
    expect(Object.keys(shipmentOf(access, command).options).filter((name) => name.startsWith('cod'))).toEqual(
      [],
    );
  });

  it('have the intended measures and customs data', () => {
    expect(shipmentOf(access, command)).toMatchObject({
      reference: 'par_1',
      parcel: { weight: 17.7, length: 10, width: 4, height: 2.1 },
      options: { incoterm: 'DDP', print_custom_1: 'GC-7Q2MX-4K9TA' },
      customs_info: {
        eel_pfc: 'NOEEI 30.37(a)',
        customs_signer: 'Warehouse',
        customs_items: [{ value: '12.05', currency: 'USD', weight: 14.1, hs_tariff_number: '691200' }],
      },
      tax_identifiers: [
        { entity: 'SENDER', tax_id_type: 'IOSS', tax_id: 'IM2760000001', issuing_country: 'DE' },
      ],
    });
  });
});

describe('our verdict on EasyPost’s signatures equals that of its own SDK', () => {
  const sign = (body: string, key = secret) =>
    `hmac-sha256-hex=${createHmac('sha256', key.normalize('NFKD')).update(body).digest('hex')}`;
  const event = '{"id":"evt_1","description":"tracker.updated","result":{"weight":17.0,"name":"ä"}}';
  const cases = {
    good: { body: event, header: sign(event) },
    'by another secret': { body: event, header: sign(event, 'other') },
    'of another body': { body: `${event} `, header: sign(event) },
    'without its prefix': { body: event, header: sign(event).slice('hmac-sha256-hex='.length) },
    'of another length': { body: event, header: `${sign(event)}00` },
  };

  it.each(Object.entries(cases))('%s', (_name, { body, header }) => {
    const headers = { 'x-hmac-signature': header };
    let theirs = true;
    try {
      sdk.Utils.validateWebhook(Buffer.from(body), headers, secret);
    } catch {
      theirs = false;
    }
    expect(ours.verify(present(), callbackOf(headers, body)).genuine).toBe(theirs);
  });
});
