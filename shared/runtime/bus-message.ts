import * as z from 'zod';
import { type Fact, parseFact } from '../../events/all-events.ts';
import { WorkDue, type WorkDueData } from '../../events/work.ts';
import { type ReceivedCall, readCall } from './callback-message.ts';

/** A message of one of our queues: a fact, a partner's call, late work, or the key of an item to relay again. */
export type BusMessage =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'callback'; readonly callback: ReceivedCall }
  | { readonly kind: 'work'; readonly work: WorkDueData }
  | { readonly kind: 'unrelayed'; readonly key: ItemKey };

const unrelayedSchema = z.strictObject({ unrelayed: z.strictObject({ pk: z.string(), sk: z.string() }) });

/** The key of an item of the table. */
export type ItemKey = z.infer<typeof unrelayedSchema>['unrelayed'];

const messageSchema = z.union([
  z.object({ 'detail-type': z.string(), detail: z.unknown() }),
  z.looseObject({ callback: z.unknown() }),
  unrelayedSchema,
]);

/** The message with the key of an item that could not be relayed. */
export const writeUnrelayed = ({ pk, sk }: ItemKey): string => JSON.stringify({ unrelayed: { pk, sk } });

/** Reads an EventBridge event as our rules deliver it, or what one of our functions sent. Throws on anything else. */
export function readBusMessage(body: string): BusMessage {
  const message = messageSchema.parse(JSON.parse(body));
  if ('callback' in message) return { kind: 'callback', callback: readCall(message) };
  if ('unrelayed' in message) return { kind: 'unrelayed', key: message.unrelayed };
  const { 'detail-type': name, detail } = message;
  if (name === WorkDue.name) return { kind: 'work', work: WorkDue.data.parse(detail) };
  return { kind: 'fact', fact: parseFact(detail) };
}

/** The order of a message; undefined where the message does not name one. */
export function orderIdOf(message: BusMessage): string | undefined {
  if (message.kind === 'fact') return message.fact.orderId;
  return message.kind === 'work' ? message.work.orderId : undefined;
}
