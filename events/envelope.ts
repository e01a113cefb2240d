import * as z from 'zod';
import { idSchema } from '../shared/kernel/ids.ts';
import { instantSchema } from '../shared/kernel/time.ts';

const printSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** The cause of a fact: never a person's name or address. */
export const causeSchema = z
  .strictObject({
    by: z.enum(['shopper', 'merchant', 'operator', 'partner', 'clock', 'journey']),
    /** The fact, callback or request that led to this one. */
    reference: z.string().max(200).optional(),
    /** An operator's request: fingerprints of its idempotency key, and of what it asks for. */
    request: z.strictObject({ key: printSchema, print: printSchema }).optional(),
  })
  .meta({ id: 'Cause', description: 'The person or the system that caused the fact' });

export type Cause = z.infer<typeof causeSchema>;

/** The fields that every fact of an order has besides its own data. */
export const envelopeSchema = z.strictObject({
  id: idSchema('fact'),
  orderId: idSchema('order'),
  /** 1 for `order.placed`, then without a gap: the order in which the facts were decided. */
  sequence: z.int().min(1),
  /** When it happened, UTC. */
  occurredAt: instantSchema,
  /** When we wrote it down, UTC. */
  recordedAt: instantSchema,
  cause: causeSchema,
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** A past fact: its wire name, version, and the schema of its data. */
export interface FactDefinition<Name extends string, Data extends z.ZodType> {
  readonly name: Name;
  readonly version: number;
  readonly data: Data;
  readonly description: string;
}

export function defineFact<const Name extends string, Data extends z.ZodType>(
  definition: FactDefinition<Name, Data>,
): FactDefinition<Name, Data> {
  return definition;
}
