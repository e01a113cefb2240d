import * as z from 'zod';
import { partnerTimeSchema } from '../../../partners/partner-answer.ts';

const shortLineSchema = z.object({
  sku: z.string(),
  ordered: z.int().min(1),
  picked: z.int().min(0),
});

/** A dispatch order in the system's format. Weights are in grams. */
export const viewSchema = z.object({
  dispatchId: z.string(),
  status: z.string(),
  weightGrams: z.int().min(1).nullish(),
  shortLines: z.array(shortLineSchema).nullish(),
  /** When each status was reached, oldest first. */
  history: z.array(z.object({ status: z.string(), occurredAt: partnerTimeSchema })),
});

export type WireView = z.infer<typeof viewSchema>;

export const cancellationSchema = z.object({
  dispatchId: z.string(),
  outcome: z.enum(['cancelled', 'too_late']),
});

export const callbackSchema = z.object({ type: z.string(), data: z.unknown() });

export const workSchema = z.object({
  dispatchId: z.string(),
  occurredAt: partnerTimeSchema,
  weightGrams: z.int().min(1).nullish(),
  shortLines: z.array(shortLineSchema).nullish(),
});

export type WireWork = z.infer<typeof workSchema>;
