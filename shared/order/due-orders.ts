import * as z from 'zod';
import { type Instant, instantSchema } from '../kernel/time.ts';
import type { OrderHead } from '../timeline/index.ts';

/** An order and its place in the index, as it was read from there. */
export interface DueOrder {
  readonly orderId: string;
  readonly dueAt: Instant;
}

const attemptSchema = z.strictObject({
  /** The number of the fact since which the deadline counts: after another fact the repeats count anew. */
  since: z.int(),
  /** How often the step was repeated. */
  count: z.int().min(1),
  /** When to repeat it again. */
  nextAt: instantSchema,
});

/** The repeats for one late deadline. */
export type Attempt = z.infer<typeof attemptSchema>;

/** The repeats for an order, by the key of the deadline. */
export const attemptsSchema = z.record(z.string(), attemptSchema);

/** The index of orders that are due for a look, with the repeats of their late deadlines. */
export interface DueOrders {
  /** Orders whose place has come, at most `max` of each shard of the index. */
  due(now: Instant, max: number): Promise<DueOrder[]>;
  attempts(orderId: string): Promise<Readonly<Record<string, Attempt>>>;
  /** Moves an order in the index, if its place is still the one that was read. */
  postpone(
    order: DueOrder,
    to: { readonly dueAt: Instant; readonly attempts: Readonly<Record<string, Attempt>> },
  ): Promise<void>;
  /**
   * Removes an order that waits for nothing, if its place is still the one that was read, and puts it on the list of
   * its head. It is on another one where the last step was cut off.
   */
  forget(order: DueOrder, head: Pick<OrderHead, 'list' | 'placedAt'>, now: Instant): Promise<void>;
}
