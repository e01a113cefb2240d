import * as z from 'zod';
import { type LandedCost, landedCostSchema, promiseSchema, totalsSchema } from '../../events/landed-cost.ts';
import { defined } from '../kernel/defined.ts';
import { idSchema } from '../kernel/ids.ts';
import { moneySchema } from '../kernel/money.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';
import { blockedLineSchema } from '../restrictions/index.ts';
import { quoteChangeSchema } from './change/quote-change.ts';
import type { RefreshedQuote } from './change/refresh-quote.ts';
import { guaranteeCodeOf } from './guarantee-code.ts';
import type { MadeQuote } from './make-quote.ts';
import { optionIdSchema, optionOf, type Quote } from './quote.ts';
import { servicesOf } from './quote-options.ts';

const optionSchema = z
  .strictObject({
    optionId: optionIdSchema,
    /** The objectives by which it is the best, and its service. */
    labels: z.array(z.string()).meta({
      description:
        'The objectives by which it is the best (`cheapest`, `fastest`, `greenest`), and its service. Two options may have the same service: they differ in warehouse, total, promise or carbon',
      example: ['cheapest', 'standard'],
    }),
    service: z.string().meta({
      description:
        '`standard`, or `express+standard` where its parcels go differently. It does not name the option: `optionId` does',
      example: 'standard',
    }),
    totals: totalsSchema,
    promise: promiseSchema,
    /** Grams of CO2 equivalent of transport and cartons; each consignment shows the calculation. */
    carbonGrams: z.int().min(0),
    landedCost: landedCostSchema,
    needsPostalCode: z.literal(true).optional().meta({
      description:
        'The request had no postal code, and the freight depends on it: before an order, ask for a quote with it',
    }),
  })
  .meta({
    id: 'QuoteOption',
    description:
      'One way to fulfil the basket, bookable as quoted: name its optionId in the order. ' +
      'Distinguish options for a shopper by total, promise and labels; the service may be the same in several',
  });

const otherIncotermSchema = z
  .union([
    z.strictObject({ incoterm: z.enum(['DDP', 'DAP']), totals: totalsSchema }),
    z.strictObject({ incoterm: z.enum(['DDP', 'DAP']), refused: z.string() }),
  ])
  .meta({ id: 'OtherIncoterm' });

/** A quote as the storefront sees it. */
const quoteViewShape = z.strictObject({
  quoteId: idSchema('quote'),
  expiresAt: instantSchema,
  /** A code for this guaranteed price, for people: it appears on the order, and support can search by it. */
  guaranteeCode: z.string().meta({ example: 'GC-7Q2MX-4K9TA' }),
  /** The default option, used when an order names none; its landed cost and totals follow. */
  optionId: optionIdSchema,
  landedCost: landedCostSchema,
  totals: totalsSchema,
  options: z.array(optionSchema),
  /** The same plan under the other Incoterm: under DAP the consignee pays at the border, where that is allowed. */
  otherIncoterm: otherIncotermSchema,
  /** Lines that can't be sold there, each with the rule that bars it; the quote is for the others. */
  blockedLines: z.array(blockedLineSchema),
});

export const quoteViewSchema = quoteViewShape.meta({ id: 'Quote' });

/** A refreshed quote: the new quote, and the reasons why it differs from the earlier one. */
export const refreshedQuoteViewSchema = quoteViewShape
  .extend({
    previousQuoteId: idSchema('quote'),
    /** How much the total rose; negative if it fell. */
    difference: moneySchema,
    changes: z.array(quoteChangeSchema),
  })
  .meta({ id: 'RefreshedQuote' });

export function quoteView({
  quote,
  otherIncoterm,
  blocked,
}: Pick<MadeQuote, 'quote' | 'otherIncoterm' | 'blocked'>): z.infer<typeof quoteViewSchema> {
  const { quoteId, expiresAt, options } = quote;
  const { optionId, landedCost } = chosenOf(quote);
  return {
    quoteId,
    expiresAt,
    guaranteeCode: guaranteeCodeOf(quote),
    optionId,
    landedCost,
    totals: landedCost.totals,
    options: options.map((option) => ({
      optionId: option.optionId,
      labels: option.labels,
      service: servicesOf(option.landedCost),
      totals: option.landedCost.totals,
      promise: promiseOfAll(option.landedCost),
      carbonGrams: option.landedCost.consignments.reduce((all, { carbonGrams = 0 }) => all + carbonGrams, 0),
      landedCost: option.landedCost,
      ...defined({ needsPostalCode: option.needsPostalCode }),
    })),
    otherIncoterm,
    blockedLines: [...blocked],
  };
}

export function refreshedQuoteView({
  quote,
  previous,
  changes,
  otherIncoterm,
  blocked,
}: RefreshedQuote): z.infer<typeof refreshedQuoteViewSchema> {
  const { amount, currency } = chosenOf(quote).landedCost.totals.total;
  const before = chosenOf(previous).landedCost.totals.total.amount;
  return {
    ...quoteView({ quote, otherIncoterm, blocked }),
    previousQuoteId: previous.quoteId,
    difference: { amount: amount - before, currency },
    changes: [...changes],
  };
}

function chosenOf(quote: Quote) {
  const chosen = optionOf(quote);
  if (chosen === undefined) throw new Error(`quote ${quote.quoteId} has no option`);
  return chosen;
}

/** The basket has arrived when its last parcel has. */
function promiseOfAll({ consignments }: LandedCost): { earliest: Instant; latest: Instant } {
  const last = (instants: Instant[]) => instants.toSorted().at(-1) ?? '';
  return {
    earliest: last(consignments.map(({ promise }) => promise.earliest)),
    latest: last(consignments.map(({ promise }) => promise.latest)),
  };
}
