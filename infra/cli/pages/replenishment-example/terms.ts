import {
  type Product,
  productSchema,
  replenishmentOf,
  warehouseSchema,
} from '../../../../shared/catalogue/index.ts';
import { money } from '../../../../shared/kernel/money.ts';
import type {
  BulkOption,
  ParcelOption,
} from '../../../../shared/replenishment/network/channel/channel-cost.ts';
import { supplierSchema } from '../../../../shared/replenishment/purchasing/supplier.ts';
import { sampleWarehouses } from '../../sample-shop/network.ts';

/** The article of the data set. */
export const SKU = '22326';
export const SITE = 'pl-poznan';
/** A Monday. The sales of the days before it are known. */
export const DAY = '2026-06-08';
export const NOW = `${DAY}T04:00:00.000Z`;
export const FIRST_DAY = '2026-01-07';

const eur = (amountMinor: number) => money(amountMinor, 'EUR');
const price = (amount: number) => ({ amount, currency: 'EUR' as const });

/** The price of a unit in the shop, without tax. Made up, near the 2.95 GBP of the data set. */
export const SALE_PRICE = eur(345);
/** Nothing is in Poland yet. */
export const IN_STOCK = 0;
/** What the merchant has set. */
export const terms = { reviewDays: 7, orderCost: price(1_000) };
export const settings = replenishmentOf({ replenishment: terms });

/** Where units lie that nobody buys there, in the second plan. */
export const ELSEWHERE = 'cn-shenzhen';
export const IDLE_UNITS = 240;
/** Made-up rates of the way to Poland. */
export const LANE = {
  ...{ fromWarehouseId: ELSEWHERE, warehouseId: SITE, days: 18 },
  ...{ perMove: price(9_000), perKilogram: price(85), handlingPerUnit: price(6) },
};
/** Of the week, to its last day. Nothing of it is spent. */
export const BUDGET = { limit: eur(30_000), spent: eur(0), until: '2026-06-14' };

const productBody = {
  sku: SKU,
  description: 'Round snack boxes, set of 4, woodland',
  hsCode: '392410',
  nationalCodes: { EU: '39241000' },
  originCountry: 'CN',
  unitWeightGrams: 350,
  dimensions: { lengthMm: 160, widthMm: 160, heightMm: 120 },
  prices: [price(345)],
};
export const product: Product = productSchema.parse(productBody);

/** A made-up supplier. */
export const supplier = supplierSchema.parse({
  ...{ supplierId: 'ningbo-boxes', name: 'Ningbo Boxes', originCountries: ['CN'] },
  offers: [
    {
      ...{ sku: SKU, supplierSku: 'NB-4-WOOD', casePack: 24, minimumUnits: 48, leadTimeDays: 21 },
      prices: [
        { fromUnits: 1, unitPrice: price(110) },
        { fromUnits: 480, unitPrice: price(104) },
      ],
    },
  ],
});

const site = sampleWarehouses.find(({ warehouseId }) => warehouseId === SITE);
export const warehouse = warehouseSchema.parse(site);

const source = {
  goods: { ...productBody, originCountry: 'CN' as const },
  ...{ supplierId: supplier.supplierId, shipFrom: 'CN' as const, purchaseCost: eur(104) },
};

/** Each order goes as a parcel from China. Made-up rates. */
export const byParcel: ParcelOption = {
  ...source,
  ...{ optionId: 'parcel from China', kind: 'parcel', channel: 'courier', leadTimeDays: 0 },
  freightPerParcel: eur(890),
};

/** Stock in Poland, by sea and rail. Made-up rates. */
export const inBulk: BulkOption = {
  ...source,
  ...{
    optionId: 'stock in Poland',
    kind: 'bulk',
    leadTimeDays: 21,
    capitalRatePerYear: 0.1,
    taxIsRecovered: true,
  },
  rates: {
    ...{ perMove: eur(15_000), perKilogram: eur(85) },
    ...{ handlingPerUnit: eur(12), storagePerUnitMonth: eur(6) },
  },
  lastMilePerParcel: eur(590),
};

/** The bill of a delivery by these rates: 150.00 EUR and 0.85 EUR a kilogram. */
export const freightOf = (units: number) =>
  price(15_000 + Math.round((units * productBody.unitWeightGrams * 85) / 1_000));

/** Units of the product in a shopper's parcel: the most frequent quantity of its orders. */
export const UNITS_PER_PARCEL = 6;
