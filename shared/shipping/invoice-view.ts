import * as z from 'zod';
import { invoiceNumberSchema } from '../../events/freight.ts';
import { defined } from '../kernel/defined.ts';
import { idSchema } from '../kernel/ids.ts';
import { moneySchema } from '../kernel/money.ts';
import type { ImportedLine } from './import-invoices.ts';

/** A line of a carrier's invoice as a request sends it. */
export const invoiceLineSchema = z
  .strictObject({
    /** The code of the partner that booked the parcel. */
    carrier: z.string().trim().min(1).max(40),
    invoiceNumber: invoiceNumberSchema,
    trackingNumber: z.string().trim().min(1).max(80),
    /** The charge for the carton with that number, before tax, in the currency of the rate card. */
    amount: moneySchema.extend({ amount: z.int().min(0).max(100_000_000) }),
    billedWeightGrams: z.int().min(0).max(1_000_000).optional(),
  })
  .meta({ id: 'CarrierInvoiceLine' });

/** The result of a line, by its place in the request. */
export const importedLineSchema = z
  .strictObject({
    line: z.int(),
    status: z.enum(['matched', 'disputed', 'unmatched']),
    orderId: idSchema('order').optional(),
    parcelId: idSchema('parcel').optional(),
    carded: moneySchema.optional(),
    /** How far this line takes the parcel's cost above its rate card. */
    excess: moneySchema.optional(),
    /** The line was imported before; nothing was written. */
    repeated: z.boolean().optional(),
    /** Why an unmatched line can't be compared with a card. */
    reason: z.enum(['unknown-parcel', 'other-carrier', 'other-currency', 'no-card']).optional(),
  })
  .meta({ id: 'ImportedInvoiceLine' });

export function importedLineView(imported: ImportedLine, line: number): z.infer<typeof importedLineSchema> {
  if (imported.status === 'unmatched') return { line, status: 'unmatched', reason: imported.reason };
  const { status, orderId, invoiced, isRepeat } = imported;
  const { parcelId, carded, excess } = invoiced;
  return {
    line,
    status,
    orderId,
    parcelId,
    carded,
    ...defined({ excess }),
    ...(isRepeat ? { repeated: true } : {}),
  };
}
