import * as z from 'zod';
import { skuSchema } from '../../../events/landed-cost.ts';
import { supplierIdSchema } from '../../../events/replenishment.ts';
import { positiveMoneySchema } from '../../kernel/money.ts';
import { givenCountrySchema } from '../../kernel/places/given-country.ts';
import { calendarDateSchema } from '../../kernel/time.ts';
import { baseUrlSchema } from '../../partners/partner-answer.ts';

const MAX_OFFERS = 300;
const MAX_UNITS = 1_000_000;
const units = z.int().min(1).max(MAX_UNITS);

/** The price of one unit from a quantity on. */
const priceBreakSchema = z.strictObject({
  /** The smallest quantity of an order line that has the price. */
  fromUnits: units,
  unitPrice: positiveMoneySchema,
});

/** What a supplier asks for a SKU. */
const offerSchema = z
  .strictObject({
    sku: skuSchema,
    /** The supplier's own number of the article, as printed on the order. */
    supplierSku: z.string().trim().min(1).max(60).optional(),
    /** Prices without recoverable tax, by quantity. All are in one currency, and rise from the first quantity. */
    prices: z.array(priceBreakSchema).min(1).max(10),
    /** Units in a carton: an order is a multiple of it. */
    casePack: units.default(1),
    /** The smallest order of the SKU, in units. */
    minimumUnits: units.default(1),
    /** Days from the order to the arrival at the warehouse, freight included; calendar days. */
    leadTimeDays: z.int().min(0).max(365),
    /**
     * Days after their arrival for which its units can be sold: no order is more than what sells before. Without limit
     * if absent.
     */
    sellableDays: z.int().min(1).max(3_650).optional(),
  })
  .superRefine(({ prices }, { addIssue }) => {
    for (const [index, price] of prices.entries()) {
      const before = prices[index - 1];
      const wrong = (field: string, message: string) =>
        addIssue({ code: 'custom', path: ['prices', index, field], message });
      if (before !== undefined && price.fromUnits <= before.fromUnits)
        wrong('fromUnits', 'more than the quantity before');
      if (price.unitPrice.currency !== prices[0]?.unitPrice.currency)
        wrong('unitPrice', 'the currency of the first price');
    }
  })
  .meta({ id: 'SupplierOffer' });

const certificateSchema = z.strictObject({
  kind: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'small letters, digits and dashes'),
  reference: z.string().trim().min(1).max(80),
  /** The last day on which it is valid, UTC. */
  validUntil: calendarDateSchema,
});

/** How orders reach the supplier. */
const sendingSchema = z
  .discriminatedUnion('way', [
    z.strictObject({ way: z.literal('file') }),
    z.strictObject({ way: z.literal('http'), url: baseUrlSchema }),
  ])
  .meta({
    id: 'SendingWay',
    description:
      '`file`: UBL 2.1 in the bucket, for a person or another program to send. `http`: a signed POST of the same document',
  });

const supplierFields = z.strictObject({
  /** The company's name, as printed on orders. */
  name: z.string().trim().min(1).max(120),
  /** Where its goods are made or leave. */
  originCountries: z.array(givenCountrySchema).min(1).max(20),
  offers: z.array(offerSchema).max(MAX_OFFERS),
  certificates: z.array(certificateSchema).max(50).default([]),
  /** Kinds of certificates without which nothing is ordered from it. */
  requiredCertificates: z.array(certificateSchema.shape.kind).max(20).default([]),
  /** The most that it may have of the units of a SKU that are bought in a year, in whole percent. */
  shareLimitPercent: z.int().min(1).max(100).default(100),
  /** The most that one delivery to a warehouse can carry: the orders of a run are cut to it. Absent: without limit. */
  container: z
    .strictObject({
      kilograms: z.int().min(1).max(10_000_000).optional(),
      litres: z.int().min(1).max(10_000_000).optional(),
    })
    .meta({ id: 'ContainerLimit' })
    .optional(),
  /** `down`: nothing new is ordered from it at present. `retired`: never again; orders that name it stay readable. */
  status: z.enum(['up', 'down', 'retired']).default('up'),
  sending: sendingSchema.default({ way: 'file' }),
});

const noRepeats = (
  { offers }: { readonly offers: readonly { readonly sku: string }[] },
  { addIssue }: z.core.$RefinementCtx,
): void => {
  const firsts = new Map<string, number>();
  for (const [index, { sku }] of offers.entries()) {
    const first = firsts.get(sku);
    if (first === undefined) firsts.set(sku, index);
    else
      addIssue({
        code: 'custom',
        path: ['offers', index, 'sku'],
        message: `offer ${first} is of the same product`,
      });
  }
};

/** A supplier as an operator stores it. */
export const supplierBodySchema = supplierFields.superRefine(noRepeats).meta({ id: 'SupplierToStore' });

/** A supplier with its number. */
export const supplierSchema = supplierFields
  .extend({ supplierId: supplierIdSchema })
  .meta({ id: 'Supplier' });

/** A supplier of an import, with its number. */
export const supplierToImportSchema = supplierFields
  .extend({ supplierId: supplierIdSchema })
  .superRefine(noRepeats)
  .meta({ id: 'SupplierToImport' });

export type Supplier = z.infer<typeof supplierSchema>;
export type SupplierOffer = Supplier['offers'][number];

/** The offer of a supplier for a SKU; undefined where it does not sell it. */
export const offerOf = ({ offers }: Supplier, sku: string): SupplierOffer | undefined =>
  offers.find((offer) => offer.sku === sku);

/** The price of one unit of an order line of that many units. Below the first break, the first price holds. */
export function unitPriceOf(
  { prices }: SupplierOffer,
  quantity: number,
): z.infer<typeof positiveMoneySchema> {
  const [first] = prices;
  const reached = prices.filter(({ fromUnits }) => fromUnits <= quantity).at(-1) ?? first;
  if (reached === undefined) throw new Error('an offer has a price');
  return reached.unitPrice;
}

/** The smallest quantity that can be ordered and covers the need: the minimum, and whole cartons. */
export function orderableUnits(
  { casePack, minimumUnits }: Pick<SupplierOffer, 'casePack' | 'minimumUnits'>,
  need: number,
): number {
  return Math.ceil(Math.max(need, minimumUnits) / casePack) * casePack;
}

/** The required kinds of certificates that are missing, or no longer valid on the day; UTC. */
export const missingCertificates = (
  { certificates, requiredCertificates }: Supplier,
  day: string,
): readonly string[] =>
  requiredCertificates.filter(
    (kind) => !certificates.some((each) => each.kind === kind && each.validUntil >= day),
  );
