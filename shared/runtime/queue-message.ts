import * as z from 'zod';
import { type Fact, factNames } from '../../events/all-events.ts';
import { type LateWork, lateWorkSchema } from '../../events/work.ts';
import { idSchema } from '../kernel/ids.ts';
import { calendarDateSchema, instantSchema } from '../kernel/time.ts';
import type { RunStep } from '../replenishment/run/ports.ts';
import type { RunId } from '../reports/run/ports.ts';
import { type ReceivedCall, readCall } from './callback-message.ts';

/**
 * A message of one of our queues: a fact, a partner's call, late work, the key of an item to relay or capture again,
 * the name of a report's run, or a step of a run of replenishment.
 */
export type QueueMessage =
  | { readonly kind: 'fact'; readonly fact: NamedFact }
  | { readonly kind: 'callback'; readonly callback: ReceivedCall }
  | { readonly kind: 'work'; readonly work: LateWork }
  | { readonly kind: 'unrelayed'; readonly key: ItemKey }
  | { readonly kind: 'uncaptured'; readonly item: UncapturedItem }
  | { readonly kind: 'report'; readonly id: RunId }
  | { readonly kind: 'run-step'; readonly step: RunStep };

/** A new fact of an order. Its content is on the timeline, which every consumer loads. */
const namedFactSchema = z.strictObject({
  orderId: idSchema('order'),
  id: idSchema('fact'),
  name: z.enum(factNames),
});
type NamedFact = z.infer<typeof namedFactSchema>;

/** The key of an item of the table. */
const itemKeySchema = z.strictObject({ pk: z.string(), sk: z.string() });
export type ItemKey = z.infer<typeof itemKeySchema>;

/** The key of an item that the lake could not take, when it was written, and the number of the change. */
const uncapturedSchema = z.strictObject({
  pk: z.string(),
  sk: z.string(),
  at: instantSchema,
  change: z.string(),
});
export type UncapturedItem = z.infer<typeof uncapturedSchema>;

/** The name of a run that waits to be made. */
const runIdSchema = z.strictObject({ report: z.string(), run: z.string() });

/** A step of a run of replenishment. */
const runStepSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('history'), day: calendarDateSchema }),
  z.strictObject({
    step: z.literal('batch'),
    day: calendarDateSchema,
    folder: z.string(),
    batch: z.int().min(0),
  }),
  z.strictObject({ step: z.literal('placing'), day: calendarDateSchema }),
]);

const messageSchema = z.union([
  z.strictObject({ fact: namedFactSchema }),
  z.strictObject({ work: lateWorkSchema }),
  z.looseObject({ callback: z.unknown() }),
  z.strictObject({ unrelayed: itemKeySchema }),
  z.strictObject({ uncaptured: uncapturedSchema }),
  z.strictObject({ report: runIdSchema }),
  z.strictObject({ run: runStepSchema }),
]);

/** The message that an order has a new fact. */
export const writeFact = ({ orderId, id, name }: Fact): string =>
  JSON.stringify({ fact: { orderId, id, name } });

/** The message that a step is late. */
export const writeWork = (work: LateWork): string => JSON.stringify({ work });

/** The message with the key of an item that could not be relayed. */
export const writeUnrelayed = ({ pk, sk }: ItemKey): string => JSON.stringify({ unrelayed: { pk, sk } });

/** The message with the key of an item of which the lake could not take what it keeps. */
export const writeUncaptured = (item: UncapturedItem): string => JSON.stringify({ uncaptured: item });

/** The message that a report is to be made. */
export const writeRun = ({ report, run }: RunId): string => JSON.stringify({ report: { report, run } });

/** The message that a step of a run of replenishment waits. */
export const writeRunStep = (step: RunStep): string => JSON.stringify({ run: step });

/** Reads what one of our functions sent. Throws on anything else. */
export function readQueueMessage(body: string): QueueMessage {
  const message = messageSchema.parse(JSON.parse(body));
  if ('callback' in message) return { kind: 'callback', callback: readCall(message) };
  if ('uncaptured' in message) return { kind: 'uncaptured', item: message.uncaptured };
  if ('run' in message) return { kind: 'run-step', step: message.run };
  if ('report' in message) return { kind: 'report', id: message.report };
  if ('unrelayed' in message) return { kind: 'unrelayed', key: message.unrelayed };
  return 'fact' in message ? { kind: 'fact', fact: message.fact } : { kind: 'work', work: message.work };
}

/** The order of a message; undefined where the message does not name one. */
export function orderIdOf(message: QueueMessage): string | undefined {
  if (message.kind === 'fact') return message.fact.orderId;
  return message.kind === 'work' ? message.work.orderId : undefined;
}
