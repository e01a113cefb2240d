import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { defineFact } from './envelope.ts';

const parcelId = idSchema('parcel');

/** Identifies a line of a carrier's invoice, together with its parcel. */
export const invoiceNumberSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/, 'letters, digits, dot, dash, slash, underscore; at most 60')
  .meta({ example: 'INV-2026-1187' });

const FreightInvoiced = defineFact({
  name: 'freight.invoiced',
  version: 1,
  description:
    "A carrier's invoice has a line for the parcel, compared with its rate card: recorded once per line.",
  data: z.strictObject({
    parcelId,
    carrier: z.string(),
    invoiceNumber: invoiceNumberSchema,
    /** The charged carton, if the parcel has several. */
    trackingNumber: z.string().optional(),
    amount: moneySchema,
    /** The rate card's freight for all cartons when the parcel was quoted; zero for voided labels. */
    carded: moneySchema,
    /** How far this line takes the parcel's cost above the card; absent if it is matched. */
    excess: moneySchema.optional(),
    status: z.enum(['matched', 'disputed']),
    /** The weight that the carrier measured; the quoted weight is with the consignment. */
    billedWeightGrams: z.int().min(0).optional(),
  }),
});

const FreightDisputeSettled = defineFact({
  name: 'freight.dispute_settled',
  version: 1,
  description: 'The amount of an invoice above the rate card was credited by the carrier, or accepted.',
  data: z.strictObject({
    parcelId,
    carrier: z.string(),
    invoiceNumber: invoiceNumberSchema,
    /** As in the line. */
    trackingNumber: z.string().optional(),
    outcome: z.enum(['credited', 'accepted']),
  }),
});

export const freightFacts = [FreightInvoiced, FreightDisputeSettled] as const;
