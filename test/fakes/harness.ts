import type { Notice } from '../../shared/kernel/report.ts';
import { createRestrictedGoods } from '../../shared/screening/index.ts';
import type { OrderDetails, Timeline } from '../../shared/timeline/index.ts';
import { address, details } from '../builders/details.ts';
import { countingIds } from '../builders/ids.ts';
import { namesOf, orderId, placedAt } from '../builders/timeline.ts';
import { createFakeBroker } from './broker.ts';
import { createFakeCarrier } from './carrier.ts';
import { createMemoryTimelines } from './memory-timelines.ts';
import { createFakePaymentProvider } from './payment-provider.ts';
import { project } from './project.ts';
import { createFakeWarehouseSystem } from './warehouse-system.ts';

const seller = {
  name: 'Seller GmbH',
  importer: { EU: 'DE123456789012345' },
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
};

/** One order, its partners, and a clock that only the test moves. */
export function createHarness(given?: Timeline) {
  const timelines = createMemoryTimelines(project);
  if (given !== undefined) timelines.seed(given);
  const provider = createFakePaymentProvider();
  const carrier = createFakeCarrier();
  const broker = createFakeBroker();
  const system = createFakeWarehouseSystem();
  const notices: Notice[] = [];
  let now = Date.parse(placedAt) + 60_000;
  let orderDetails: OrderDetails = details();
  const deps = {
    timelines,
    references: timelines,
    clock: () => new Date(now),
    newId: countingIds(100),
    report: (notice: Notice) => notices.push(notice),
    details: { read: async (_orderId: string) => orderDetails },
    restrictedGoods: createRestrictedGoods(
      {
        productsBySku: async () => [],
        network: async () => ({ warehouses: [], carriers: [] }),
        seller: async () => undefined,
      },
      { papers: true },
    ),
    providerByCode: async () => provider,
    refundWindowDays: (): number | undefined => undefined,
    refundStep: () => 1,
    carrierByCode: async () => carrier,
    brokerFor: async () => broker,
    brokerByCode: async () => broker,
    systemByCode: async () => system,
    warehouseById: async () => ({ address: address({ country: 'CN', name: 'Warehouse' }), system: 'wms' }),
    parcelSize: async () => ({
      weightGrams: 400,
      dimensions: { lengthMm: 300, widthMm: 200, heightMm: 60 },
    }),
    registrations: async () => seller,
    exporterAt: async () => ({
      name: 'Seller GmbH',
      line1: 'Kuala Road 1',
      city: 'Shenzhen',
      postalCode: '518000',
      country: 'CN',
    }),
    seller: async () => seller,
  };
  return {
    ...{ deps, timelines, provider, carrier, broker, system, notices },
    cause: { by: 'journey' } as const,
    facts: () => timelines.factsOf(orderId),
    names: () => namesOf(timelines.factsOf(orderId)),
    timeline: (): Timeline => ({ orderId, facts: timelines.factsOf(orderId) }),
    pass: (durationMs: number) => {
      now += durationMs;
    },
    setDetails: (changed: OrderDetails) => {
      orderDetails = changed;
    },
  };
}

export type Harness = ReturnType<typeof createHarness>;
