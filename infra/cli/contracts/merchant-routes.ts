import type { FunctionId } from '../../../events/triggers.ts';
import type { RouteDoc } from './route-doc.ts';

const towel = {
  description: 'Linen tea towel',
  hsCode: '630291',
  nationalCodes: { EU: '63029100', GB: '63029100' },
  originCountry: 'CN',
  unitWeightGrams: 120,
  dimensions: { lengthMm: 300, widthMm: 200, heightMm: 15 },
  prices: [{ amount: 1_250, currency: 'EUR' }],
};

const mugCost = {
  sku: 'MUG-CERAMIC-350',
  validFrom: '2026-01-01',
  purchase: { amount: 1_450, currency: 'CNY' },
  firstLeg: { amount: 32, currency: 'EUR' },
};

const place = { sku: 'MUG-CERAMIC-350', warehouseId: 'pl-poznan' };

/** Routes for the catalogue and for stock. */
export const merchantRoutes: Partial<Record<FunctionId, RouteDoc>> = {
  'catalogue/put-product': {
    values: { sku: 'TEA-TOWEL-LINEN' },
    bodies: { towel: { summary: 'A linen tea towel', body: towel } },
  },
  'catalogue/post-products-import': {
    bodies: {
      dryRun: {
        summary: 'A dry run with one product',
        body: { dryRun: true, products: [{ sku: 'TEA-TOWEL-LINEN', ...towel }] },
      },
      stored: {
        summary: 'Two products, stored together or not at all',
        body: {
          products: [
            { sku: 'TEA-TOWEL-LINEN', ...towel },
            { sku: 'TEA-TOWEL-COTTON', ...towel, description: 'Cotton tea towel' },
          ],
        },
      },
    },
  },
  'catalogue/get-products': { values: { hsCode: '61', limit: '2' } },
  'catalogue/get-product': { values: { sku: 'TSHIRT-COTTON-NAVY' } },
  'catalogue/get-products-check': {
    description:
      'Each product is priced as one order with duty paid, by the rules, editions of tariffs, exchange rates and ' +
      'registrations that a quote uses. Restrictions, stock and lanes are not asked: `GET /v1/products/sellable` has them.',
    values: { country: 'DE', from: 'CN', limit: '2' },
  },
  'catalogue/post-costs-import': {
    description:
      'A purchase cost holds from its day on, until the next one of its product. A cost that is stored again, with the ' +
      'same product and day, or the same storefront, market, channel and day, replaces the one before. Costs change no ' +
      'price. Reports read them.',
    bodies: {
      dryRun: {
        summary: 'A dry run with the cost of a product',
        body: { dryRun: true, purchase: [mugCost] },
      },
      stored: {
        summary: 'The cost of a product, and a day of marketing',
        body: {
          purchase: [mugCost],
          marketing: [
            {
              storefrontId: 'sample-shop',
              market: 'DE',
              channel: 'search',
              day: '2026-01-15',
              amount: { amount: 4_250, currency: 'EUR' },
            },
          ],
        },
      },
    },
  },
  'stock/post-stock-movement': {
    description: 'A repeat with the same Idempotency-Key moves no stock again.',
    bodies: {
      receive: { summary: 'Twenty units have arrived', body: { kind: 'receive', ...place, quantity: 20 } },
      adjust: {
        summary: 'The count found two fewer',
        body: { kind: 'adjust', ...place, quantity: -2, reason: 'Annual count' },
      },
      quarantine: {
        summary: 'Three units are put aside',
        body: { kind: 'quarantine', ...place, quantity: 3 },
      },
      dispatchTransfer: {
        summary: 'Five units leave for the other warehouse',
        body: {
          kind: 'dispatch-transfer',
          ...place,
          toWarehouseId: 'cn-shenzhen',
          transferId: 'TR-2026-0117',
          quantity: 5,
          expectedAt: '2027-01-20T08:00:00.000Z',
        },
      },
      receiveTransfer: {
        summary: 'Four units arrive and one is lost',
        body: {
          kind: 'receive-transfer',
          sku: place.sku,
          warehouseId: 'cn-shenzhen',
          transferId: 'TR-2026-0117',
          quantity: 4,
          writeOff: { quantity: 1, reason: 'Broken on the way' },
        },
      },
    },
  },
  'stock/get-stock': { values: { sku: place.sku } },
  'stock/put-stock-buckets': {
    values: { sku: place.sku },
    bodies: {
      four: {
        summary: 'Four buckets, ahead of a sale',
        body: { warehouseId: place.warehouseId, buckets: 4 },
      },
    },
  },
};
