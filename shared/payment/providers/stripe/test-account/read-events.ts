import * as z from 'zod';
import {
  type AccountCall,
  NotNow,
  type PolledEvent,
  type PolledEvents,
} from '../../../../../infra/test-accounts/test-account.ts';
import { wantedEvents } from '../interpret.ts';
import { getRequest, type StripeAccess } from '../requests.ts';

/**
 * How far Stripe's events were read: the time in Unix seconds from which on they are listed, and the ids at and after
 * that time that were delivered.
 */
export const positionSchema = z.strictObject({ from: z.int(), seen: z.array(z.string()) });

type Position = z.infer<typeof positionSchema>;

/**
 * Stripe lists an event some moments after it happened, and not always in the order of its time. So the last minutes
 * are listed again each time.
 */
const OVERLAP_SECONDS = 300;
const PAGE_SIZE = 100;

const eventSchema = z.looseObject({ id: z.string(), type: z.string(), created: z.int() });
const listSchema = z.object({ data: z.array(eventSchema), has_more: z.boolean() });

type StripeEvent = z.infer<typeof eventSchema>;

/** Reads the events that are new since the position: those that a stage's webhook is registered for. */
export async function readEvents(
  call: AccountCall,
  access: StripeAccess,
  { from, seen }: Position,
): Promise<PolledEvents<Position>> {
  const listed = await listEvents(call, access, from);
  const isSeen = new Set(seen);
  const events = listed.filter(({ id }) => !isSeen.has(id)).map(toPolled);
  const newest = Math.max(from, ...listed.map(({ created }) => created - OVERLAP_SECONDS));
  const kept = listed.filter(({ created }) => created >= newest).map(({ id }) => id);
  return { events, position: { from: newest, seen: kept } };
}

/** All wanted events since that second, the oldest first. Stripe gives the newest first, a hundred at a time. */
async function listEvents(call: AccountCall, access: StripeAccess, from: number): Promise<StripeEvent[]> {
  const found: StripeEvent[] = [];
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), 'created[gte]': String(from) });
    for (const type of wantedEvents) query.append('types[]', type);
    const last = found.at(-1);
    if (last !== undefined) query.set('starting_after', last.id);
    const { json } = await call(getRequest(access, `/v1/events?${query}`));
    const read = listSchema.safeParse(json);
    if (!read.success) throw new NotNow('it answered with no list of events');
    found.push(...read.data.data);
    if (!read.data.has_more || read.data.data.length === 0) return found.reverse();
  }
}

/** Stripe lists an event in the form in which its webhook sends it. */
function toPolled(event: StripeEvent): PolledEvent {
  return { eventId: event.id, word: event.type, body: JSON.stringify(event) };
}
