import type { RouteId } from './handlers-on-engine.ts';

/** As in `full-requests.ts`, which has these requests too. */
interface FullRequest {
  readonly route: RouteId;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly isRefused?: true;
}

const sku = 'MAT-YOGA';
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const params = { replenishmentOrderId: 'rpl_01KAXB3J5K0000000000000000' };
/** No such order or supplier exists: the requests have every field, and change nothing. */
const isRefused = true;

const supplier = {
  ...{ name: 'Sample supplier', originCountries: ['CN'], shareLimitPercent: 70, status: 'up' },
  container: { kilograms: 12_000, litres: 60_000 },
  offers: [
    {
      ...{ sku, supplierSku: 'S-1', casePack: 12, minimumUnits: 24, leadTimeDays: 30, sellableDays: 400 },
      prices: [
        { fromUnits: 1, unitPrice: eur(420) },
        { fromUnits: 100, unitPrice: eur(390) },
      ],
    },
  ],
  certificates: [{ kind: 'bsci', reference: 'B-1', validUntil: '2099-12-31' }],
  requiredCertificates: ['bsci'],
};

const lines = [{ sku, units: 24, needBy: '2099-01-01', inAdditionTo: [params.replenishmentOrderId] }];

/** Requests of the routes of replenishment, for `fullRequests`. */
export const replenishmentRequests: readonly FullRequest[] = [
  ...[{ way: 'file' }, { way: 'http', url: 'https://supplier.example/orders' }].map(
    (sending): FullRequest => ({
      route: 'replenishment/put-supplier',
      params: { supplierId: 'fuzz-supplier' },
      body: { ...supplier, sending },
    }),
  ),
  {
    route: 'replenishment/post-suppliers-import',
    body: {
      ...{ dryRun: true, retired: ['fuzz-gone'] },
      suppliers: [
        { supplierId: 'fuzz-imported', ...supplier, sending: { way: 'file' } },
        { supplierId: 'fuzz-called', ...supplier, sending: { way: 'http', url: 'https://fuzz.example/' } },
      ],
    },
  },
  {
    route: 'replenishment/post-ports-import',
    body: {
      ...{ dryRun: true, closed: ['PLGDY'] },
      ports: [{ port: 'PLGDN', delayDays: 5, until: '2099-01-01T00:00:00.000Z' }],
    },
  },
  {
    ...{ route: 'replenishment/post-slotting', params: { warehouseId: 'pl-poznan' } },
    body: {
      ...{ dryRun: true },
      layout: {
        zones: [{ zone: 'A', name: 'Racks', distanceMetres: 10, capacityLitres: 1_000 }],
        ...{ carryLitres: 100, paysBackDays: 7, movesPerDay: 5 },
      },
    },
  },
  {
    ...{ route: 'replenishment/post-slotting', params: { warehouseId: 'pl-poznan' }, isRefused },
    body: { dryRun: true, placed: [{ sku, zone: 'A' }] },
  },
  { route: 'replenishment/get-slotting', params: { warehouseId: 'pl-poznan' }, isRefused },
  { route: 'replenishment/get-purchasing-settings' },
  { route: 'replenishment/get-supplier', params: { supplierId: 'fuzz-supplier' } },
  { route: 'replenishment/get-suppliers', query: { limit: '10' } },
  {
    route: 'replenishment/put-purchasing-settings',
    body: { approvalLimit: eur(100_000), approvesTransfers: true },
  },
  {
    ...{ route: 'replenishment/post-replenishment-order', isRefused },
    body: { kind: 'purchase', supplierId: 'nobody', warehouseId: 'pl-poznan', lines },
  },
  {
    ...{ route: 'replenishment/post-replenishment-order', isRefused },
    body: {
      ...{ kind: 'transfer', fromWarehouseId: 'nowhere', warehouseId: 'pl-poznan', lines },
      expectedAt: '2099-01-01T00:00:00.000Z',
    },
  },
  { route: 'replenishment/get-supply-risks' },
  ...[
    [{ firstDay: '2099-11-25', lastDay: '2099-11-30' }, { factor: 2.5 }],
    [{ feast: 'black-friday', year: 2027, daysBefore: 2, daysAfter: 3 }, { unitsADay: 12 }],
  ].map(
    ([days, uplift]): FullRequest => ({
      route: 'replenishment/post-signals-import',
      body: {
        dryRun: true,
        signals: [
          {
            ...{ signalId: 'fuzz-signal', kind: 'campaign', markets: ['DE'], skus: [sku], days, uplift },
            ...{ categories: ['6912'], stockDaysBefore: 7 },
          },
        ],
        retired: ['fuzz-gone'],
      },
    }),
  ),
  { route: 'replenishment/get-signals', query: { limit: '10' } },
  { route: 'replenishment/post-run', body: { day: '2026-11-20' }, isRefused },
  { route: 'replenishment/get-runs', query: { limit: '10' } },
  { route: 'replenishment/get-run', params: { day: '2026-11-20' }, isRefused },
  {
    ...{ route: 'replenishment/get-run-skus', params: { day: '2026-11-20' }, isRefused },
    query: { found: 'not-planned', limit: '10' },
  },
  { route: 'replenishment/get-proposals', query: { limit: '10' } },
  { route: 'replenishment/get-sku', params: { sku }, query: { market: 'DE' }, isRefused },
  {
    route: 'replenishment/put-port',
    params: { port: 'PLGDN' },
    body: { delayDays: 5, until: '2099-01-01T00:00:00.000Z' },
  },
  { route: 'replenishment/get-replenishment-orders', query: { status: 'open', limit: '10' } },
  { route: 'replenishment/get-replenishment-order', params, isRefused },
  { route: 'replenishment/post-approval', params, isRefused },
  {
    ...{ route: 'replenishment/post-order-decision', isRefused },
    params: { ...params, decision: 'acknowledge' },
    body: { supplierReference: 'SO-1', expectedAt: '2099-01-01T00:00:00.000Z', reason: 'price' },
  },
  {
    ...{ route: 'replenishment/post-notice', params, isRefused },
    body: {
      ...{ noticeId: 'ASN-1', lines: [{ sku, units: 24 }], expectedAt: '2099-01-01T00:00:00.000Z' },
      leg: { mode: 'sea', fromCountry: 'CN', portOfArrival: 'PLGDN', transportReference: 'MSKU1' },
      ...{ freight: eur(1_000), spreadBy: 'value' },
    },
  },
  {
    ...{ route: 'replenishment/post-receipt', params, isRefused },
    body: { noticeId: 'ASN-1', lines: [{ sku, received: 20, short: 2, damaged: 2, rejected: 1 }] },
  },
];
