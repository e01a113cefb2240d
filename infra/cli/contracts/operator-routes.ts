import type { FunctionId } from '../../../events/triggers.ts';
import { sampleWarehouses } from '../sample-shop/network.ts';
import { samplePartners } from '../sample-shop/sample-partners.ts';
import { sampleRates, sampleSeller } from '../sample-shop/sample-seller.ts';
import type { RouteDoc } from './route-doc.ts';
import { tariffImport } from './tariff-example.ts';

const { payment, carrier, customs, warehouse: warehouseSystem } = samplePartners;
const orderId = 'ord_01KAXB3J5K0000000000000000';

const parcelId = 'par_01KAXB3J5K0000000000000000';

const { warehouseId = '', ...warehouse } = sampleWarehouses.find(({ kind }) => kind === 'regional') ?? {};

const morning = { from: '08:00', to: '12:00', kind: 'timed', capacity: 20, cutOffHours: 24 };

/** Routes with which operators and merchants set up the shop and run it. */
export const operatorRoutes: Partial<Record<FunctionId, RouteDoc>> = {
  '2-order/get-orders': { values: { status: 'attention' } },
  '2-order/get-order-for-operator': { values: { orderId } },
  '2-order/post-acknowledgement': {
    description:
      'For reasons that do not stop the order, and for every reason of an order that has ended. A reason that stops the ' +
      'order is ended by `release`.',
    values: { orderId },
    bodies: {
      label: {
        summary: 'The carrier has credited the label that it did not void',
        body: {
          reason: 'label-not-voided',
          parcelId,
          carrierShipmentId: 'shp_7b1d09b1fa7e4a6f8d7f0f3c2f6f5a10',
        },
      },
    },
  },
  '2-order/post-parcel-closing': {
    description:
      'Lost or returned: the parcel has left and was not delivered. Stopped: it has not left, no warehouse works on it, ' +
      'and another parcel of the order has left. Once every parcel is delivered or closed, the order has ended.',
    values: { orderId },
    bodies: {
      lost: { summary: 'Lost: give the whole price back', body: { parcelId, outcome: 'lost' } },
      returned: {
        summary: 'Returned: one unit can be sold again, one is broken',
        body: {
          parcelId,
          outcome: 'returned',
          restock: [{ sku: 'TSHIRT-COTTON-NAVY', sellable: 1, writtenOff: 1 }],
          refund: { amount: 3_980, currency: 'EUR' },
        },
      },
      stopped: {
        summary: 'Stopped: the shopper got the money before',
        body: { parcelId, outcome: 'stopped', refund: 'none' },
      },
    },
  },
  'privacy/post-erasure': {
    description:
      'Goes: the customer, the addresses, the postal code, towns of scans, links to labels, and the calls of partners about ' +
      'the order. Stays: amounts, goods, dates, country and region, the ledger and the entries of tax returns. An order ' +
      'that has not ended, or that a person has to look at, is `waiting`, and is erased as soon as it needs its data no ' +
      'more.',
    bodies: {
      ofPerson: {
        summary: 'Show the orders of a person, and erase nothing',
        body: { email: 'ada@example.com', dryRun: true },
      },
      ofOrders: {
        summary: 'Erase the personal data of orders',
        body: { orderIds: ['ord_01KAXB3J5K0000000000000000'] },
      },
    },
  },
  'privacy/get-erasure': { values: { erasureId: 'era_01KAXB3J5K0000000000000000' } },
  '4-screening/post-decision': {
    description:
      '`release`, `hold` and `refuse` take an empty body. `refund` gives back the amount. Without an amount it gives back ' +
      'the rest. With `lines` it gives back units: their price with duty, tax and fees, and with `shipping` their share of ' +
      'the shipping. The tax return is lower by exactly their tax, at its own rate; duty goes back to the shopper, and you ' +
      'still owe it to customs. `by` says how a person gives it back where the provider does not, such as after its window; the order is ' +
      'under attention until that person confirms it with `refundId` and `reference`. While parcels are still to be sent, all refunds together leave half of their price. After a parcel has ' +
      'left, `refuse` stops the others; close each of them then. A repeat with the same key and body gets the answer of ' +
      'the first; the key with another decision or body is refused.',
    values: { orderId, decision: 'refund' },
    bodies: {
      part: { summary: 'Give 10.00 euro back', body: { amount: { amount: 1_000, currency: 'EUR' } } },
      all: { summary: 'Give the rest back', body: {} },
      units: {
        summary: 'Give back one unit, with its duty and tax, and without shipping',
        body: { lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 1 }] },
      },
      byTransfer: {
        summary: 'A person gives 1.00 euro back by bank transfer',
        body: { amount: { amount: 100, currency: 'EUR' }, by: 'bank-transfer' },
      },
      confirmed: {
        summary: 'The transfer was made',
        body: { refundId: 'ref_01KAXB3J5K0000000000000000', reference: 'SEPA-2026-0117' },
      },
    },
  },
  '5-shipping/post-carrier-invoices': {
    bodies: {
      dryRun: {
        summary: 'A dry run with one line',
        body: {
          dryRun: true,
          lines: [
            {
              carrier,
              invoiceNumber: 'INV-2026-0117',
              trackingNumber: 'EZ1000000001',
              amount: { amount: 650, currency: 'EUR' },
              billedWeightGrams: 500,
            },
          ],
        },
      },
      stored: {
        summary: 'A line far above the rate card: disputed',
        body: {
          lines: [
            {
              carrier,
              invoiceNumber: 'INV-2026-0118',
              trackingNumber: 'EZ1000000001',
              amount: { amount: 99_900, currency: 'EUR' },
            },
          ],
        },
      },
    },
  },
  '5-shipping/post-freight-settlement': {
    values: { orderId },
    bodies: {
      credited: {
        summary: 'The carrier credited the excess',
        body: {
          parcelId,
          carrier,
          invoiceNumber: 'INV-2026-0118',
          outcome: 'credited',
        },
      },
    },
  },
  '3-payment/hook-payment': { values: { code: payment } },
  '6-customs/hook-customs': { values: { code: customs } },
  '7-warehouse/hook-warehouse': { values: { code: warehouseSystem } },
  '8-delivery/hook-carrier': { values: { code: carrier } },
  'setup/put-warehouse': {
    values: { warehouseId },
    bodies: { poznan: { summary: 'The warehouse of the sample shop near Poznań', body: warehouse } },
  },
  'setup/get-warehouse': { values: { warehouseId } },
  'setup/put-carrier-health': {
    values: { code: carrier },
    bodies: {
      down: {
        summary: 'The express service is down',
        body: { status: 'down', services: ['express'], reason: 'Strike at the hub' },
      },
      up: {
        summary: 'All services of the carrier are up',
        body: { status: 'up', reason: 'The strike is over' },
      },
    },
  },
  'setup/get-carrier-health': { values: { code: carrier } },
  'setup/put-seller': {
    bodies: { sample: { summary: 'The seller of the sample shop', body: sampleSeller } },
  },
  'setup/put-exchange-rates': {
    bodies: { sample: { summary: 'The rates of the sample shop', body: sampleRates } },
  },
  'setup/put-storefront': {
    values: { storefrontId: 'second-shop' },
    bodies: { shop: { summary: 'Another storefront', body: { name: 'Second shop' } } },
  },
  'setup/put-slots': {
    values: { zoneId: 'de-hamburg' },
    bodies: {
      hamburg: {
        summary: 'Mornings in Hamburg, from Monday to Saturday',
        body: {
          carrier,
          countries: ['DE'],
          postalCodePrefixes: ['20'],
          timeZone: 'Europe/Berlin',
          templates: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, ...morning })),
        },
      },
    },
  },
  'setup/get-rules': { values: { destination: 'DE' } },
  'setup/post-tariffs-import': {
    bodies: { dryRun: { summary: 'A dry run with two lines of 2030', body: tariffImport } },
  },
  'setup/post-rules-import': {
    bodies: {
      dryRun: {
        summary: 'A dry run with a rate of Australian GST from 2030',
        body: {
          dryRun: true,
          file: {
            title: 'Rates of 2030',
            rows: [
              {
                id: 'au-gst-2030',
                regime: 'au',
                kind: 'tax-rate',
                code: 'gst',
                rate: '11',
                validFrom: '2030-01-01',
                when: { regions: ['ACT'] },
                law: 'An example, not a law of Australia',
                provenance: 'unverified',
                confidence: 'low',
              },
            ],
          },
        },
      },
    },
  },
};
