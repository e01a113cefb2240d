import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { s10CheckDigit } from '../../../infra/sandbox/tracking-number.ts';
import type { EasyPostEvent } from '../../../shared/shipping/carriers/easypost/sandbox/wire.ts';
import { EasyPost, type EasyPostSdk } from './easypost-sdk.ts';
import { bodiesAt, keys, type Receiver, startFast, startReceiver, until } from './sandbox.ts';

let receiver: Receiver;
let partners: Partners;
let easypost: EasyPostSdk;

const path = '/v1/hooks/carrier/easypost';
const shenzhen = {
  name: 'Warehouse',
  street1: '1 Bonded Road',
  city: 'Shenzhen',
  zip: '518000',
  country: 'CN',
};
const berlin = {
  name: 'Ada Muster',
  street1: 'Unter den Linden 1',
  city: 'Berlin',
  zip: '10117',
  country: 'DE',
};
const warsaw = { name: 'Magazyn', street1: 'Prosta 1', city: 'Warszawa', zip: '00-001', country: 'PL' };
const shirt = {
  description: 'Cotton t-shirt',
  quantity: 1,
  value: 12.5,
  currency: 'EUR',
  weight: 7,
  hs_tariff_number: '610910',
  origin_country: 'CN',
};
const abroad = (reference: string) => ({
  reference,
  to_address: berlin,
  from_address: shenzhen,
  parcel: { weight: 7, length: 10, width: 8, height: 2 },
  customs_info: { customs_items: [shirt] },
});

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
  easypost = new EasyPost(keys.easypost.apiKey, { baseUrl: `${partners.urlOf('easypost')}/v2/` });
});

afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

/** The members that the SDK's errors carry. */
async function errorOf(
  promise: Promise<unknown>,
): Promise<{ code: string; statusCode: number; errors: unknown[] }> {
  return promise.then(
    () => {
      throw new Error('Expected an EasyPost error');
    },
    (error) => error as { code: string; statusCode: number; errors: unknown[] },
  );
}

async function buy(reference: string) {
  const shipment = await easypost.Shipment.create(abroad(reference));
  return easypost.Shipment.buy(shipment.id, shipment.lowestRate());
}

function scansOf(trackingCode: string): string[] {
  return bodiesAt<EasyPostEvent>(receiver, path)
    .filter((event) => event.result.tracking_code === trackingCode)
    .map((event) => event.result.status);
}

describe('shipments that are created with the official SDK', () => {
  it('have the same rates each time for the same route and weight', async () => {
    const rates = async (weight: number) => {
      const shipment = await easypost.Shipment.create({ ...abroad('par_rates'), parcel: { weight } });
      return shipment.rates.map(
        (rate) => `${rate.carrier} ${rate.service} ${rate.rate} ${rate.delivery_days}`,
      );
    };
    const light = await rates(7);
    expect(light).toEqual([
      'YunExpress GlobalDirectLine 4.90 12',
      'ChinaEMS International 9.90 8',
      'DHLExpress ExpressWorldwide 27.90 4',
    ]);
    expect(await rates(7)).toEqual(light);
    expect((await rates(40))[0]).toBe('YunExpress GlobalDirectLine 8.70 12');
  });

  it('need their contents to cross a border, except within the EU', async () => {
    const { customs_info: _customs, ...bare } = abroad('par_bare');
    const refused = await errorOf(easypost.Shipment.create(bare));
    expect(refused).toMatchObject({
      statusCode: 422,
      code: 'SHIPMENT.INVALID_PARAMS',
      errors: [{ field: 'customs_info' }],
    });
    const inside = await easypost.Shipment.create({ ...bare, from_address: warsaw });
    expect(inside.rates).toHaveLength(3);
  });

  it('name an importer of record that was made before, and print it on the label', async () => {
    const importer = await easypost.Address.create({
      ...{ company: 'Seller GmbH', federal_tax_id: '98-7654321XX', country: 'DE' },
    });
    const options = (id: string) => ({ options: { incoterm: 'DDP', importer_address_id: id } });
    const shipment = await easypost.Shipment.create({ ...abroad('par_importer'), ...options(importer.id) });
    const bought = await easypost.Shipment.buy(shipment.id, shipment.lowestRate());
    const label = await fetch(String(bought.postage_label?.label_url)).then((answer) => answer.text());
    expect(label).toContain('(IMPORTER Seller GmbH 98-7654321XX DE)');
    const unknown = easypost.Shipment.create({ ...abroad('par_unknown'), ...options('adr_none') });
    expect(await errorOf(unknown)).toMatchObject({
      statusCode: 422,
      errors: [{ field: 'options.importer_address_id' }],
    });
  });

  it('are bought once, with a printable label and a valid tracking number', async () => {
    const bought = await buy('par_once');
    expect(bought.tracking_code).toMatch(/^LX\d{9}CN$/);
    expect(s10CheckDigit(bought.tracking_code.slice(2, 10))).toBe(bought.tracking_code[10]);
    expect(bought.tracker.status).toBe('pre_transit');
    const label = await fetch(bought.postage_label.label_url);
    expect(label.headers.get('content-type')).toBe('application/pdf');
    const printed = await label.text();
    expect(printed).toContain(bought.tracking_code);
    expect(printed).toContain('Ada Muster');
    const again = await errorOf(easypost.Shipment.buy(bought.id, bought.rates[0]));
    expect(again).toMatchObject({ statusCode: 422, code: 'SHIPMENT.POSTAGE.EXISTS' });
    expect((await easypost.Shipment.retrieve('par_once')).id).toBe(bought.id);
    expect((await easypost.Shipment.all({ page_size: 100 })).shipments.map((one) => one.id)).toContain(
      bought.id,
    );
  });

  it('are refunded while no carrier has scanned them', async () => {
    const bought = await buy('par_void');
    expect((await easypost.Shipment.refund(bought.id)).refund_status).toBe('submitted');
    await until(() => scansOf(bought.tracking_code).includes('cancelled'));
    expect((await easypost.Shipment.retrieve(bought.id)).refund_status).toBe('refunded');
  });

  it('are refused without the API key', async () => {
    const unknownPayment = new EasyPost('EZTKwrong', { baseUrl: `${partners.urlOf('easypost')}/v2/` });
    expect((await errorOf(unknownPayment.Shipment.create(abroad('par_x')))).statusCode).toBe(401);
    expect((await errorOf(easypost.Shipment.retrieve('shp_none'))).statusCode).toBe(404);
  });
});

describe('webhooks of EasyPost', () => {
  it('pass the official check, for which whole-number weights are written with .0', async () => {
    const bought = await buy('par_signed');
    await until(() => scansOf(bought.tracking_code).length > 0);
    const hook = receiver.arrived.find((one) => one.path === path && one.raw.includes(bought.tracking_code));
    const event = easypost.Utils.validateWebhook(
      hook?.raw ?? Buffer.alloc(0),
      hook?.headers ?? {},
      keys.easypost.webhookSecret,
    );
    expect(event).toMatchObject({
      object: 'Event',
      description: 'tracker.created',
      result: { shipment_id: bought.id },
    });
    const changed = Buffer.from(`${hook?.raw.toString('utf8')} `);
    expect(() =>
      easypost.Utils.validateWebhook(changed, hook?.headers ?? {}, keys.easypost.webhookSecret),
    ).toThrow();
  });
});

describe('trackers of EasyPost', () => {
  it('are found by tracking code', async () => {
    const bought = await buy('par_found');
    const { trackers } = await easypost.Tracker.all({ tracking_code: bought.tracking_code });
    expect(trackers.map((tracker) => tracker.id)).toEqual([bought.tracker.id]);
    expect((await easypost.Tracker.retrieve(bought.tracker.id)).tracking_code).toBe(bought.tracking_code);
  });
});
