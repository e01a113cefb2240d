import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Fact } from '../../../events/all-events.ts';
import { FactTooLarge, type FactTooLargeData } from '../../../events/fact-too-large.ts';
import { REQUEST_LIMITS } from '../clients.ts';

export interface BusEvent {
  readonly name: string;
  /** JSON text of the event's detail. */
  readonly detail: string;
}

/** The most entries, and the most bytes, of one PutEvents call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 240 * 1024;
/** What an entry takes beside its detail: bus, source, time; its name is short. */
const ENTRY_BYTES = 300;

/**
 * The event of a fact. A fact that is larger than a call may be is named by a smaller event, so that it can't stop those
 * behind it.
 */
export function fitting(fact: Fact): BusEvent {
  const { name, orderId, sequence } = fact;
  const detail = JSON.stringify(fact);
  const bytes = Buffer.byteLength(detail);
  if (bytes <= MAX_BYTES - ENTRY_BYTES) return { name, detail };
  const named: FactTooLargeData = { orderId, sequence, name, bytes };
  return { name: FactTooLarge.name, detail: JSON.stringify(named) };
}

/** Puts events on the bus and reports those that the bus refused. Batches by count and size. */
export function createBus(
  busName: string,
  client = new EventBridgeClient({ maxAttempts: 4, requestHandler: REQUEST_LIMITS }),
) {
  return {
    /** Indexes of the events that the bus refused, in order; empty when it accepted all. */
    async put(events: readonly BusEvent[]): Promise<number[]> {
      const failed: number[] = [];
      for (const batch of batches(events)) {
        const entries: PutEventsRequestEntry[] = batch.map(({ event }) => ({
          EventBusName: busName,
          Source: 'entrepot',
          DetailType: event.name,
          Detail: event.detail,
        }));
        const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
        for (const [place, entry] of Entries.entries()) {
          const sent = batch[place];
          if (entry.ErrorCode !== undefined && sent !== undefined) failed.push(sent.index);
        }
      }
      return failed;
    },
  };
}

export type Bus = ReturnType<typeof createBus>;

function batches(events: readonly BusEvent[]): { event: BusEvent; index: number }[][] {
  const all: { event: BusEvent; index: number }[][] = [];
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    const size = Buffer.byteLength(event.detail) + ENTRY_BYTES;
    const current = all.at(-1);
    if (current === undefined || current.length === MAX_ENTRIES || bytes + size > MAX_BYTES) {
      all.push([{ event, index }]);
      bytes = size;
    } else {
      current.push({ event, index });
      bytes += size;
    }
  }
  return all;
}
