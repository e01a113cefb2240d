import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { defineFact } from './envelope.ts';

const parcelId = idSchema('parcel');

/** What a line of a carrier's invoice is known by, together with its parcel. */
export const invoiceNumberSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/, 'letters, digits, dot, dash, slash, underscore; at most 60')
  .meta({ example: 'INV-2026-1187' });

export const FreightInvoiced = defineFact({
  name: 'freight.invoiced',
  version: 1,
  description:
    "A carrier's invoice has a line for the parcel, held against what its rate card says: told once a line.",
  data: z.strictObject({
    parcelId,
    carrier: z.string(),
    invoiceNumber: invoiceNumberSchema,
    /** The carton that is charged for, of a parcel that has several. */
    trackingNumber: z.string().optional(),
    amount: moneySchema,
    /** What the rate card said of all cartons when the parcel was quoted; nothing for labels that were given back. */
    carded: moneySchema,
    /** How much more than the card the parcel has cost by this line; absent where it is matched. */
    excess: moneySchema.optional(),
    status: z.enum(['matched', 'disputed']),
    /** What the carrier weighed or measured; the quoted weight is with the consignment. */
    billedWeightGrams: z.int().min(0).optional(),
  }),
});

export const FreightDisputeSettled = defineFact({
  name: 'freight.dispute_settled',
  version: 1,
  description: 'What an invoice had above the rate card is credited by the carrier, or accepted.',
  data: z.strictObject({
    parcelId,
    carrier: z.string(),
    invoiceNumber: invoiceNumberSchema,
    /** As the line has it. */
    trackingNumber: z.string().optional(),
    outcome: z.enum(['credited', 'accepted']),
  }),
});

export const freightFacts = [FreightInvoiced, FreightDisputeSettled] as const;
