import * as z from 'zod';
import { contentId } from '../../../../../infra/test-accounts/content-id.ts';
import {
  type AccountCall,
  NotNow,
  type PolledEvent,
  type PolledEvents,
} from '../../../../../infra/test-accounts/test-account.ts';
import { type EasyPostAccess, getRequest } from '../requests.ts';

/**
 * How far EasyPost's trackers were read: those created since then are ours, and each is known by what it said when it
 * was last delivered.
 */
export const positionSchema = z.strictObject({
  since: z.iso.datetime(),
  seen: z.record(z.string(), z.string()),
});

type Position = z.infer<typeof positionSchema>;

const PAGE_SIZE = 100;

const trackerSchema = z.looseObject({
  id: z.string(),
  shipment_id: z.string().nullish(),
  status: z.string(),
  updated_at: z.string(),
  tracking_details: z.array(z.looseObject({ status: z.string() })),
});
const listSchema = z.object({ trackers: z.array(trackerSchema), has_more: z.boolean() });

type PolledTracker = z.infer<typeof trackerSchema>;

/**
 * Reads the trackers that changed since the position. EasyPost lists events without their contents, so that the
 * trackers are listed in their place, and each change becomes the event `tracker.updated`.
 */
export async function readTrackers(
  call: AccountCall,
  access: EasyPostAccess,
  { since, seen }: Position,
): Promise<PolledEvents<Position>> {
  const trackers = (await listTrackers(call, access, since)).filter(isMoved);
  const named = trackers.map((tracker) => ({ tracker, eventId: nameChange(tracker) }));
  const events = named.filter(({ tracker, eventId }) => seen[tracker.id] !== eventId).map(toPolled);
  const nowSeen = Object.fromEntries(named.map(({ tracker, eventId }) => [tracker.id, eventId]));
  return { events, position: { since, seen: nowSeen } };
}

/** Whether it says more than that a label was printed, and is that of a shipment. */
function isMoved({ shipment_id, status, tracking_details }: PolledTracker): boolean {
  const isOnPaper = (word: string) => word === 'pre_transit' || word === 'unknown';
  const said = [status, ...tracking_details.map((detail) => detail.status)];
  return shipment_id != null && !said.every(isOnPaper);
}

/** All trackers that were created since then, the least recently changed first. */
async function listTrackers(
  call: AccountCall,
  access: EasyPostAccess,
  since: string,
): Promise<PolledTracker[]> {
  const found: PolledTracker[] = [];
  for (;;) {
    const query = new URLSearchParams({ page_size: String(PAGE_SIZE), start_datetime: since });
    const last = found.at(-1);
    if (last !== undefined) query.set('before_id', last.id);
    const { json } = await call(getRequest(access, `/v2/trackers?${query}`));
    const read = listSchema.safeParse(json);
    if (!read.success) throw new NotNow('it answered with no list of trackers');
    found.push(...read.data.trackers);
    if (!read.data.has_more || read.data.trackers.length === 0)
      return found.sort((a, b) => (a.updated_at < b.updated_at ? -1 : 1));
  }
}

/** An id for a change, from what the tracker says: EasyPost's own id of the event is not in the list. */
function nameChange({ id, status, tracking_details }: PolledTracker): string {
  return contentId('evt_polled_', [id, status, tracking_details]);
}

interface Change {
  readonly tracker: PolledTracker;
  readonly eventId: string;
}

/** The event in the form in which EasyPost's webhook sends it. */
function toPolled({ tracker, eventId }: Change): PolledEvent {
  const event = {
    id: eventId,
    object: 'Event',
    mode: 'test',
    description: 'tracker.updated',
    result: tracker,
    created_at: tracker.updated_at,
    updated_at: tracker.updated_at,
  };
  return { eventId, word: `tracker ${tracker.status}`, body: JSON.stringify(event) };
}
