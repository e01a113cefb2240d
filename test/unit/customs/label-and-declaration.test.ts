import { describe, expect, test } from 'vitest';
import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import type { Seller } from '../../../shared/catalogue/index.ts';
import { buildDeclaration as writeForBroker } from '../../../shared/customs/brokers/broker/build-declaration.ts';
import type { WireDeclaration } from '../../../shared/customs/brokers/broker/wire.ts';
import { clearParcels, exporterAt } from '../../../shared/customs/index.ts';
import type { Address } from '../../../shared/kernel/address.ts';
import { importerAddressOf, shipmentOf } from '../../../shared/shipping/carriers/easypost/requests.ts';
import { bookParcels } from '../../../shared/shipping/index.ts';
import { details } from '../../builders/details.ts';
import { captured, placed, untilReleased } from '../../builders/facts.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { inThreeCartons } from '../../builders/several-cartons.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

const warehouse: Address = {
  ...{ name: 'Warehouse 7', line1: '88 Bonded Road 1201', line2: 'Building 4', city: 'Shenzhen' },
  ...{ region: 'Guangdong', postalCode: '518000', country: 'CN' },
};
const seller: Seller = {
  name: 'Seller GmbH',
  address: { line1: 'Hafenstrasse 1', city: 'Hamburg', postalCode: '20457', country: 'DE' },
  importer: { EU: 'DE123456789012345', GB: 'GB123456789000', US: '98-7654321XX' },
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
};
const consignees: Readonly<Record<string, Address>> = {
  DE: {
    ...{ name: 'Ada Muster', company: 'Muster KG', line1: 'Unter den Linden 1', line2: 'Hinterhaus' },
    ...{ city: 'Berlin', postalCode: '10117', country: 'DE' },
  },
  GB: {
    ...{
      name: 'Ada Sample',
      line1: '1 High Street',
      line2: 'Flat 3',
      city: 'Leeds',
      region: 'West Yorkshire',
    },
    ...{ postalCode: 'LS1 1AA', country: 'GB' },
  },
  US: {
    ...{ name: 'Jo Doe', company: 'Acme c/o Front Desk', line1: '350 5th Ave', line2: 'Suite 3300' },
    ...{ city: 'New York', region: 'NY', postalCode: '10001', country: 'US' },
  },
  JP: {
    ...{ name: 'Ada Sample', line1: '1-1 Marunouchi', line2: '7F', city: 'Chiyoda', region: 'Tokyo' },
    ...{ postalCode: '100-0005', country: 'JP' },
  },
};

const mixed = [
  line({ lineId: '1', hsCode: '6302600020' }),
  line({
    ...{ lineId: '2', sku: 'MUG', description: 'Ceramic mug', hsCode: '6912002500', originCountry: 'CN' },
    ...{ quantity: 3, unitWeightGrams: 350, goodsValue: { amount: 2971, currency: 'EUR' } },
  }),
];
const charges = [charge({ lineId: '1' }), charge({ lineId: '2', amount: { amount: 2971, currency: 'EUR' } })];

/** The parcels of the cases: goods, forms and terms differ. */
const cases: readonly [string, PlannedConsignment, 'DDP' | 'DAP'][] = [
  ['DE', consignment(), 'DDP'],
  ['DE', inThreeCartons(), 'DDP'],
  ['DE', consignment({ dataSet: 'EU_H1', scheme: 'import-vat', lines: mixed, charges }), 'DAP'],
  ['GB', consignment({ dataSet: 'GB_H7', scheme: 'supply-vat', regime: 'gb', lines: mixed, charges }), 'DDP'],
  [
    'US',
    consignment({ dataSet: 'US_TYPE_11', scheme: 'import', regime: 'us', lines: mixed, charges }),
    'DDP',
  ],
  [
    'US',
    consignment({ dataSet: 'US_TYPE_11', scheme: 'import', regime: 'us', lines: mixed, charges }),
    'DAP',
  ],
  [
    'US',
    consignment({ dataSet: 'US_TYPE_01', scheme: 'formal-entry', regime: 'us', lines: mixed, charges }),
    'DDP',
  ],
  [
    'JP',
    consignment({ dataSet: 'IMPORT_STANDARD', scheme: 'import', regime: 'jp', lines: mixed, charges }),
    'DAP',
  ],
];

type Shipment = ReturnType<typeof shipmentOf>;

/** What the carrier and the broker are sent for one parcel, in their own words. */
async function papersOf(own: PlannedConsignment, country: string, incoterm: 'DDP' | 'DAP') {
  const cost = { ...landedCost({ consignments: [own], destination: { country } }), incoterm };
  const facts = [...untilReleased(), captured({ amount: cost.totals.total })].map((fact) =>
    fact.name === 'order.placed' ? placed({ landedCost: cost }) : fact,
  );
  const harness = createHarness(timelineOf(facts));
  const shippingAddress = consignees[country];
  if (shippingAddress === undefined) throw new Error(`no consignee in ${country}`);
  harness.setDetails(details({ shippingAddress }));
  const deps = {
    ...harness.deps,
    warehouseById: async () => ({ address: warehouse, system: 'wms' }),
    exporterAt: async () => exporterAt({ address: warehouse }, seller),
    seller: async () => seller,
    registrations: async () => seller,
  };
  await bookParcels(deps, orderId, harness.cause);
  await clearParcels(deps, orderId, harness.cause);
  const access = { apiKey: 'k', baseUrl: 'http://easypost.test' };
  const booked = [...harness.carrier.labels.values()].map(({ command }) => command);
  const importers = booked.map(importerAddressOf);
  const labels = booked.map((command, at) => shipmentOf(access, command, importers[at] && `adr_${at}`));
  const [declared] = [...harness.broker.filed.values()];
  if (declared === undefined) throw new Error(`not declared: ${harness.names().at(-1)}`);
  return {
    labels,
    importers,
    declaration: writeForBroker(declared, {}, '2026-11-24T10:00:00.000Z'),
    numbers: [...harness.carrier.labels.values()].map(({ trackingNumber }) => trackingNumber),
  };
}

type Lines = Omit<Shipment['to_address'], 'name' | 'company'>;
const placeOnLabel = ({ street1, street2, city, state, zip, country }: Lines) => ({
  ...{ line1: street1, line2: street2, city, region: state, postalCode: zip, country },
});

const consigneeOf = ({ consignee, importer }: WireDeclaration) => consignee ?? importer;

const cents = (decimal: string) => Math.round(Number(decimal) * 100);

/** The goods of all labels by SKU, as the declaration counts them. */
function goodsOnLabels(labels: readonly Shipment[]) {
  const items = labels.flatMap(({ customs_info }) => customs_info?.customs_items ?? []);
  return [...Map.groupBy(items, ({ code }) => code)].map(([sku, own]) => ({
    sku,
    quantity: own.reduce((all, { quantity }) => all + quantity, 0),
    value: own.reduce((all, { value }) => all + cents(value), 0),
    currency: own[0]?.currency,
    hsCode: own[0]?.hs_tariff_number,
    origin: own[0]?.origin_country,
    description: own[0]?.description,
    ounces: own.reduce((all, { weight }) => all + Number(weight), 0),
  }));
}

const GRAMS_PER_OUNCE = 28.349523125;
/** The carrier takes tenths of an ounce. */
const GRAMS_OF_TENTH_OUNCE = GRAMS_PER_OUNCE / 10;

describe.each(cases)('the label and the declaration of a parcel to %s', (country, own, incoterm) => {
  test(`${own.dataSet} ${incoterm} say the same of parties, goods, terms and numbers`, async () => {
    const { labels, declaration, numbers } = await papersOf(own, country, incoterm);
    const consignee = consigneeOf(declaration);
    for (const label of labels) {
      expect([label.to_address.name, label.to_address.company]).toEqual([consignee.name, consignee.company]);
      expect(placeOnLabel(label.to_address)).toEqual(consignee.address);
      expect(placeOnLabel(label.from_address)).toEqual(declaration.exporter.address);
      expect(label.options.incoterm).toBe(declaration.incoterm.code);
      const ioss = label.tax_identifiers?.map(({ tax_id }) => tax_id) ?? [];
      const declaredIoss = (declaration.additionalFiscalReferences ?? []).filter(
        ({ role }) => role === 'FR5',
      );
      expect(ioss).toEqual(declaredIoss.map(({ id }) => id));
    }
    expect(declaration.transportDocument.reference).toBe(numbers[0]);

    const goods = goodsOnLabels(labels);
    expect(goods.map(({ sku }) => sku)).toEqual(
      declaration.items.flatMap(({ productIdentifiers }) => productIdentifiers.map(({ id }) => id)),
    );
    for (const [index, item] of declaration.items.entries()) {
      const value = item.intrinsicValue ?? item.itemPrice;
      expect(goods[index]).toMatchObject({
        ...{ quantity: item.quantity, value: value?.amountMinor, currency: value?.currency },
        ...{ origin: item.countryOfOrigin, description: item.description },
      });
      expect(goods[index]?.hsCode?.startsWith(item.commodityCode)).toBe(true);
      const grams = (goods[index]?.ounces ?? 0) * GRAMS_PER_OUNCE;
      expect(Math.abs(grams - item.netMassGrams)).toBeLessThan(labels.length * GRAMS_OF_TENTH_OUNCE);
    }
    const gross = labels.reduce((all, { parcel }) => all + Number(parcel.weight), 0) * GRAMS_PER_OUNCE;
    const isPacked = own.packages !== undefined;
    if (isPacked)
      expect(Math.abs(gross - declaration.totalGrossMassGrams)).toBeLessThan(
        labels.length * GRAMS_OF_TENTH_OUNCE,
      );
  });

  test(`${own.dataSet} ${incoterm}: who imports is one rule`, async () => {
    const { declaration, labels, importers } = await papersOf(own, country, incoterm);
    const isMerchant = country === 'US' && incoterm === 'DDP';
    for (const [at, label] of labels.entries()) {
      const importer = importers[at];
      // A label names an importer where it is not the consignee, who is on it anyway.
      expect(label.options.importer_address_id).toBe(isMerchant ? `adr_${at}` : undefined);
      const named = importer ?? label.to_address;
      const names = 'name' in named ? [named.name, named.company] : [named.company, undefined];
      expect(names).toEqual([declaration.importer.name, declaration.importer.company]);
      expect(importer?.federal_tax_id).toBe(declaration.importer.id);
      expect(placeOnLabel(named)).toEqual(declaration.importer.address);
    }
    expect(declaration.importer.name).toBe(isMerchant ? 'Seller GmbH' : consignees[country]?.name);
    expect(declaration.importer.id).toBe(isMerchant ? '98-7654321XX' : undefined);
    expect(declaration.importer.address?.country).toBe(isMerchant ? 'DE' : country);
  });
});
