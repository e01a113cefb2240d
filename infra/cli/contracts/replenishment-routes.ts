import type { FunctionId } from '../../../events/triggers.ts';
import type { RouteDoc } from './route-doc.ts';

const supplierId = 'ningbo-ceramics';
const replenishmentOrderId = 'rpl_01KAXB3J5K0000000000000000';
const sku = 'MUG-CERAMIC-350';
const yuan = (amount: number) => ({ amount, currency: 'CNY' });

const supplier = {
  name: 'Ningbo Ceramics',
  originCountries: ['CN'],
  offers: [
    {
      sku,
      supplierSku: 'NC-350',
      prices: [
        { fromUnits: 1, unitPrice: yuan(1_450) },
        { fromUnits: 1_000, unitPrice: yuan(1_320) },
      ],
      casePack: 24,
      minimumUnits: 48,
      leadTimeDays: 35,
    },
  ],
  certificates: [{ kind: 'food-contact', reference: 'FC-2026-118', validUntil: '2099-12-31' }],
  requiredCertificates: ['food-contact'],
  shareLimitPercent: 70,
};

const order = {
  kind: 'purchase',
  supplierId,
  warehouseId: 'pl-poznan',
  lines: [{ sku, units: 480, needBy: '2027-02-01' }],
};

const decisions = {
  acknowledge: {
    summary: 'The supplier took the order and names a later arrival',
    body: { supplierReference: 'SO-88121', expectedAt: '2027-01-20T08:00:00.000Z' },
  },
};

/** Routes of suppliers, of purchase orders and transfer orders, and of what comes in. */
export const replenishmentRoutes: Partial<Record<FunctionId, RouteDoc>> = {
  'replenishment/put-supplier': {
    description:
      'Replaces the supplier. Orders that were placed before keep their prices. `signingSecret` is the secret by which the ' +
      'supplier checks the signature of orders that are sent by HTTP.',
    values: { supplierId },
    bodies: { ceramics: { summary: 'A supplier of mugs', body: supplier } },
  },
  'replenishment/get-supplier': { values: { supplierId } },
  'replenishment/post-suppliers-import': {
    description:
      'Each supplier is replaced as a whole. A retired one gets no order any more; orders that name it stay readable. The ' +
      'secrets by which suppliers check signatures are in the answers of `PUT …/suppliers/{supplierId}` alone.',
    bodies: {
      suppliers: { summary: 'A supplier of mugs', body: { suppliers: [{ supplierId, ...supplier }] } },
      retire: {
        summary: 'A supplier from which nothing is ordered any more',
        body: { retired: ['old-kiln'] },
      },
    },
  },
  'replenishment/post-run': {
    description:
      'Reads the sales of the days before from the lake, forecasts each product at each warehouse, and proposes orders to ' +
      'suppliers. A day has one run: a repeat gives the run that is there.',
    bodies: { today: { summary: 'The run of today', body: {} } },
  },
  'replenishment/get-run': { values: { day: '2026-11-29' } },
  'replenishment/get-run-skus': {
    description:
      '`not-planned` has the code of the reason in `why`, `to-stop` has the open orders that bring more, and `cut` says ' +
      'which limits took how much. The files of a run are kept for 90 days.',
    values: { day: '2026-11-29', found: 'not-planned' },
  },
  'replenishment/get-sku': { values: { sku } },
  'replenishment/put-purchasing-settings': {
    bodies: {
      limit: {
        summary: 'Up to 2,000.00 euro nobody is asked',
        body: { approvalLimit: { amount: 200_000, currency: 'EUR' } },
      },
    },
  },
  'replenishment/post-replenishment-order': {
    description:
      'A line whose need an open order covers is refused, with the ids of these orders. Name them in `inAdditionTo` to ' +
      'order more. An order within the limit of the settings is approved at once.',
    bodies: {
      purchase: { summary: 'Mugs from a supplier', body: order },
      transfer: {
        summary: 'T-shirts from another warehouse',
        body: {
          ...{ kind: 'transfer', fromWarehouseId: 'cn-shenzhen', warehouseId: 'pl-poznan' },
          ...{ expectedAt: '2099-01-20T08:00:00.000Z', lines: [{ sku: 'TSHIRT-COTTON-NAVY', units: 24 }] },
        },
      },
    },
  },
  'replenishment/put-port': {
    values: { port: 'PLGDN' },
    bodies: {
      strike: {
        summary: 'A strike delays ships by five days',
        body: { delayDays: 5, until: '2027-02-01T00:00:00.000Z' },
      },
    },
  },
  'replenishment/post-slotting': {
    description:
      'Moves are proposed by the daily run. Storing where a product lies ends the move that led there. A warehouse has ' +
      'its zones before products are placed in them.',
    values: { warehouseId: 'pl-poznan' },
    bodies: {
      zones: {
        summary: 'Two zones',
        body: {
          layout: {
            zones: [
              { zone: 'A', name: 'Flow racks', distanceMetres: 12, capacityLitres: 40_000 },
              { zone: 'B', name: 'Pallet racks', distanceMetres: 60, capacityLitres: 900_000 },
            ],
          },
        },
      },
      placed: { summary: 'Where mugs lie', body: { placed: [{ sku, zone: 'B' }] } },
    },
  },
  'replenishment/get-slotting': { values: { warehouseId: 'pl-poznan' } },
  'replenishment/post-ports-import': {
    bodies: {
      ports: {
        summary: 'Goods wait at two ports',
        body: {
          ports: [
            { port: 'PLGDN', delayDays: 5, until: '2099-02-01T00:00:00.000Z' },
            { port: 'NLRTM', delayDays: 2, until: '2099-01-10T00:00:00.000Z' },
          ],
        },
      },
      close: { summary: 'Goods wait no more', body: { closed: ['PLGDN'] } },
    },
  },
  'replenishment/post-signals-import': {
    description:
      'A signal changes the forecasts of its own days, markets and SKUs, from the next run on, and no others. Storing a code ' +
      'again replaces its signal. The days of a feast are resolved as they are stored.',
    bodies: {
      signals: {
        summary: 'A campaign around Black Friday, and a public holiday',
        body: {
          signals: [
            {
              ...{ signalId: 'black-friday-2027-de', kind: 'campaign', markets: ['DE', 'AT'], skus: [sku] },
              days: { feast: 'black-friday', year: 2027, daysBefore: 2, daysAfter: 3 },
              ...{ uplift: { factor: 2.5 }, stockDaysBefore: 7 },
            },
            {
              ...{ signalId: 'unity-day-2027', kind: 'holiday', markets: ['DE'] },
              ...{ days: { firstDay: '2027-10-03', lastDay: '2027-10-03' }, uplift: { factor: 0.6 } },
            },
          ],
        },
      },
      retire: { summary: 'A signal that does not hold any more', body: { retired: ['unity-day-2027'] } },
    },
  },
  'replenishment/get-replenishment-order': { values: { replenishmentOrderId } },
  'replenishment/post-approval': { values: { replenishmentOrderId } },
  'replenishment/post-order-decision': {
    description:
      '`acknowledge` takes the number and the arrival that the supplier gave. `cancel` takes a reason; an order is ' +
      'cancelled before anything of it is on its way. `close` gives up the units that have not come.',
    values: { replenishmentOrderId, decision: 'acknowledge' },
    bodies: decisions,
  },
  'replenishment/post-notice': {
    description:
      'A delivery of a transfer order takes its units out of the other warehouse. `bulkEntry` of the answer has the figures ' +
      'that the entry of the whole delivery needs.',
    values: { replenishmentOrderId },
    bodies: {
      sea: {
        summary: 'A container from Ningbo to Gdańsk',
        body: {
          noticeId: 'ASN-2026-0117',
          lines: [{ sku, units: 480 }],
          leg: { mode: 'sea', fromCountry: 'CN', portOfArrival: 'PLGDN', transportReference: 'MSKU1234565' },
          expectedAt: '2027-01-20T08:00:00.000Z',
          freight: { amount: 61_300, currency: 'EUR' },
          spreadBy: 'weight',
        },
      },
    },
  },
  'replenishment/post-receipt': {
    description:
      'Of each line, received + short + damaged is what the notice says. Good units are in stock with the answer. The bill ' +
      'of freight is spread over them and becomes a part of what a unit costs.',
    values: { replenishmentOrderId },
    bodies: {
      counted: {
        summary: 'Two are missing and one is broken',
        body: { noticeId: 'ASN-2026-0117', lines: [{ sku, received: 477, short: 2, damaged: 1 }] },
      },
    },
  },
};
