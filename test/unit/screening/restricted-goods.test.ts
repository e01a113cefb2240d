import { describe, expect, test } from 'vitest';
import type { Product, Warehouse } from '../../../shared/catalogue/index.ts';
import { createRestrictedGoods } from '../../../shared/screening/index.ts';
import { address } from '../../builders/details.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { lane, warehouse } from '../../builders/network.ts';

const now = '2026-11-23T10:00:00.000Z';
const powerBank = {
  sku: 'POWER-BANK',
  hsCode: '850760',
  originCountry: 'CN',
  compliance: {
    dangerousGoods: { unNumber: 'UN3480', batteryMilliwattHours: 37_000, stateOfChargeLimited: true },
    documents: [{ type: 'un383-test-summary', reference: 'TS-1' }],
  },
} as unknown as Product;

const sent = consignment({ lines: [line({ sku: 'POWER-BANK', hsCode: '850760' })] });
const order = (country: string) => ({
  landedCost: landedCost({ destination: { country }, consignments: [sent] }),
  shippingAddress: address({ country, postalCode: '999077' }),
  now,
});

function harness(mode: Warehouse['lanes'][number]['mode'] | 'none', papers = true) {
  const from = warehouse({ warehouseId: sent.warehouseId });
  const lanes = [
    lane({
      carrier: sent.carrier,
      service: mode === 'none' ? 'express' : 'standard',
      mode: mode === 'none' ? 'road' : mode,
      countries: ['HK', 'DE'],
    }),
  ];
  return createRestrictedGoods(
    {
      productsBySku: async () => [powerBank],
      network: async () => ({
        warehouses: [{ ...from, services: ['lithium-batteries'], lanes }],
        carriers: [],
      }),
      seller: async () => undefined,
    },
    { papers },
  );
}
const ruleIds = async (ask: ReturnType<typeof harness>, country = 'HK') =>
  (await ask(order(country))).map(({ ruleId }) => ruleId);

describe('the goods of an order in screening', () => {
  test('are checked on the lane of their carrier and service', async () => {
    expect(await ruleIds(harness('road'))).toEqual([]);
    expect(await ruleIds(harness('air'))).toEqual(['un3480-air']);
  });

  test('are assumed to fly across a customs border if their lane no longer exists', async () => {
    expect(await ruleIds(harness('none'))).toEqual(['un3480-air']);
  });

  test('are checked for documents if that is required', async () => {
    expect(await ruleIds(harness('road', false), 'DE')).toEqual([]);
    expect(await ruleIds(harness('road', true), 'DE')).toEqual(
      expect.arrayContaining(['eu-gpsr', 'epr-de-packaging']),
    );
  });
});
