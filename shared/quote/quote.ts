import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { landedCostSchema, skuSchema } from '../../events/landed-cost.ts';
import { countrySchema } from '../kernel/country.ts';
import { currencySchema } from '../kernel/currency.ts';
import { canonicalJson } from '../kernel/hash.ts';
import { idSchema } from '../kernel/ids.ts';
import { instantSchema, minuteMs } from '../kernel/time.ts';

/** How long a quote may be ordered on. */
export const QUOTE_LIFETIME_MS = 30 * minuteMs;

/** The most lines that fit one order: its transaction reserves each at its warehouse and takes a hundred items. */
export const MOST_LINES = 80;

export const quoteSchema = z
  .strictObject({
    quoteId: idSchema('quote'),
    storefrontId: z.string(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    /** The plan that an order on this quote holds us to. */
    landedCost: landedCostSchema,
    /** HMAC-SHA256 over everything above, so that an altered quote is known as one. */
    signature: z.string(),
  })
  .meta({ id: 'SignedQuote' });

export type Quote = z.infer<typeof quoteSchema>;
export type UnsignedQuote = Omit<Quote, 'signature'>;

export const quoteRequestSchema = z
  .strictObject({
    destination: z.strictObject({
      country: countrySchema,
      region: z.string().trim().min(1).max(40).optional(),
      postalCode: z.string().trim().min(2).max(16).optional(),
    }),
    currency: currencySchema,
    lines: z
      .array(z.strictObject({ sku: skuSchema, quantity: z.int().min(1).max(10_000) }))
      .min(1)
      .max(MOST_LINES),
    incoterm: z.enum(['DDP', 'DAP']).default('DDP'),
    /** Only plans by this service; the cheapest of all when left out. */
    service: z.enum(['economy', 'standard', 'express']).optional(),
    paymentMethod: z.string().max(40).optional(),
  })
  .meta({ id: 'QuoteRequest' });

export type QuoteRequest = z.infer<typeof quoteRequestSchema>;

function signatureOf(quote: UnsignedQuote, key: string): string {
  return createHmac('sha256', key).update(canonicalJson(quote)).digest('base64url');
}

export function signQuote(quote: UnsignedQuote, key: string): Quote {
  return { ...quote, signature: signatureOf(quote, key) };
}

/** Whether the quote is as it was signed. */
export function verifyQuote({ signature, ...quote }: Quote, key: string): boolean {
  const expected = Buffer.from(signatureOf(quote, key));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
