import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { warehouseScoreSchema } from '../../events/allocation.ts';
import { landedCostSchema, skuSchema } from '../../events/landed-cost.ts';
import { carrierServiceSchema } from '../freight/index.ts';
import { currencySchema } from '../kernel/currency.ts';
import { idSchema } from '../kernel/ids.ts';
import { givenPlaceSchema } from '../kernel/places/given-place.ts';
import { instantSchema, minuteMs } from '../kernel/time.ts';

/** How long a quote can be ordered. */
export const QUOTE_LIFETIME_MS = 30 * minuteMs;

/** The most lines of one order: its transaction reserves each at its warehouse and takes a hundred items. */
export const MAX_LINES = 80;

/** The most plans that one quote offers, each bookable as quoted. */
export const MAX_OPTIONS = 4;

export const optionIdSchema = z
  .string()
  .regex(/^opt-[1-9]$/, 'opt- and a digit')
  .meta({ description: 'An option of one quote', example: 'opt-2' });

/** One way to fulfil the basket, with its whole cost: an order that names it gets this price. */
const quoteOptionSchema = z
  .strictObject({
    optionId: optionIdSchema,
    /** The objectives by which it is the best, `cheapest`, `fastest`, `greenest`, and its service. */
    labels: z.array(z.string().min(1).max(40)).max(10),
    landedCost: landedCostSchema,
    /** The request had no postal code, and the freight depends on it: an address with one needs another quote. */
    needsPostalCode: z.literal(true).optional(),
  })
  .meta({ id: 'StoredQuoteOption' });

export type QuoteOption = z.infer<typeof quoteOptionSchema>;

export const quoteRequestSchema = z
  .strictObject({
    destination: givenPlaceSchema,
    currency: currencySchema,
    lines: z
      .array(z.strictObject({ sku: skuSchema, quantity: z.int().min(1).max(10_000) }))
      .min(1)
      .max(MAX_LINES),
    incoterm: z.enum(['DDP', 'DAP']).default('DDP'),
    /** Only plans by this service; if absent, the cheapest of all. */
    service: carrierServiceSchema.optional(),
    paymentMethod: z.string().max(40).optional(),
    /** A slot of `GET /v1/delivery-slots`: only plans that can be delivered in it, including its surcharge. */
    deliverySlot: z.strictObject({ slotId: z.string().min(1).max(80) }).optional(),
  })
  .meta({ id: 'QuoteRequest' });

export type QuoteRequest = z.infer<typeof quoteRequestSchema>;

export const quoteSchema = z
  .strictObject({
    quoteId: idSchema('quote'),
    storefrontId: z.string(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    /** The original request, so that it can be priced again. */
    request: quoteRequestSchema,
    /** The offered plans; the first is the default for an order that names none. */
    options: z.array(quoteOptionSchema).min(1).max(MAX_OPTIONS),
    /** The result of each warehouse alone; absent if there were too many. */
    scores: z.array(warehouseScoreSchema).optional(),
    /** The most units of a SKU that a client may hold unpaid, where there are more of them than a basket may have. */
    unpaidMost: z.record(skuSchema, z.int().min(1)).optional(),
    /** Changes whenever the merchant's registrations or price settings change. */
    sellerVersion: z.string(),
    /** The earlier quote that this one refreshes. */
    previousQuoteId: idSchema('quote').optional(),
    /** HMAC-SHA256 over the JSON of everything above, in the order in which it is stored. */
    signature: z.string(),
  })
  .meta({ id: 'SignedQuote' });

export type Quote = z.infer<typeof quoteSchema>;
export type UnsignedQuote = Omit<Quote, 'signature'>;

/** The option with that id, or the default option without one; undefined if the quote has no such option. */
export function optionOf<Option extends { readonly optionId: string }>(
  { options }: { readonly options: readonly Option[] },
  optionId?: string,
): Option | undefined {
  return optionId === undefined ? options[0] : options.find((option) => option.optionId === optionId);
}

function signatureOf(quote: UnsignedQuote, key: string): string {
  return createHmac('sha256', key).update(JSON.stringify(quote)).digest('base64url');
}

export function signQuote(quote: UnsignedQuote, key: string): Quote {
  return { ...quote, signature: signatureOf(quote, key) };
}

/** Whether the quote is unchanged since it was signed: it was stored and read as it is. */
export function verifyQuote({ signature, ...quote }: Quote, key: string): boolean {
  const expected = Buffer.from(signatureOf(quote, key));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
