import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Fact } from '../../../events/all-events.ts';
import { FactTooLarge, type FactTooLargeData } from '../../../events/fact-too-large.ts';
import { REQUEST_LIMITS } from '../request-limits.ts';
import type { Outlet, Refusal } from './refusal.ts';

export interface BusEvent {
  readonly name: string;
  /** JSON text of the event's detail. */
  readonly detail: string;
}

/** The most entries, and the most bytes, of one PutEvents call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 240 * 1024;
/** The size of an entry besides its detail: bus, source, time, and a short name. */
const ENTRY_BYTES = 300;

/**
 * The event of a fact. A fact that is larger than a call may be is named by a smaller event, so that it can't stop
 * those behind it.
 */
export function fitting(fact: Fact): BusEvent {
  const { name, orderId, sequence } = fact;
  const detail = JSON.stringify(fact);
  const bytes = Buffer.byteLength(detail);
  if (bytes <= MAX_BYTES - ENTRY_BYTES) return { name, detail };
  const named: FactTooLargeData = { orderId, sequence, name, bytes };
  return { name: FactTooLarge.name, detail: JSON.stringify(named) };
}

/** Error codes of single entries that say nothing about the entry. Every other code is about its content. */
const PASSING_CODES: readonly string[] = [
  'ThrottlingException',
  'InternalException',
  'InternalFailure',
  'ServiceUnavailable',
];

/** The bus for other systems. Sends events in batches by count and size; refusals are in the order of the events. */
export function createBus(
  busName: string,
  client = new EventBridgeClient({ maxAttempts: 4, requestHandler: REQUEST_LIMITS }),
): Outlet<BusEvent> {
  async function putBatch(batch: readonly Indexed[]): Promise<Refusal[]> {
    const entries: PutEventsRequestEntry[] = batch.map(({ event }) => ({
      EventBusName: busName,
      Source: 'entrepot',
      DetailType: event.name,
      Detail: event.detail,
    }));
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    return batch.flatMap(({ index }, place) => {
      const reason = Entries[place]?.ErrorCode;
      return reason === undefined ? [] : [{ index, reason, isFinal: !PASSING_CODES.includes(reason) }];
    });
  }

  // The service refuses the whole call because of one large entry, so each entry is sent separately.
  async function putOrDivide(batch: readonly Indexed[]): Promise<Outcome> {
    try {
      return { refusals: await putBatch(batch), isDown: false };
    } catch (error) {
      const isFinal = isAboutContent(error);
      if (!isFinal || batch.length === 1)
        return { refusals: refuseAll(batch, nameOf(error), isFinal), isDown: !isFinal };
      return putInTurn(batch.map((entry) => [entry]));
    }
  }

  // While the bus does not work, each further call would only wait.
  async function putInTurn(all: readonly (readonly Indexed[])[]): Promise<Outcome> {
    const refusals: Refusal[] = [];
    let isDown = false;
    for (const batch of all) {
      const outcome: Outcome = isDown
        ? { refusals: refuseAll(batch, 'not tried', false), isDown }
        : await putOrDivide(batch);
      refusals.push(...outcome.refusals);
      isDown = outcome.isDown;
    }
    return { refusals, isDown };
  }

  return {
    async put(events) {
      return (await putInTurn(batches(events))).refusals;
    },
  };
}

interface Outcome {
  readonly refusals: Refusal[];
  /** Whether the bus did not answer, or answered that it does not work. */
  readonly isDown: boolean;
}

interface Indexed {
  readonly event: BusEvent;
  readonly index: number;
}

const refuseAll = (batch: readonly Indexed[], reason: string, isFinal: boolean): Refusal[] =>
  batch.map(({ index }) => ({ index, reason, isFinal }));

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/** Whether a call was refused because of its content: it is too large or malformed. */
function isAboutContent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return error.name === 'ValidationException' || $metadata?.httpStatusCode === 413;
}

function batches(events: readonly BusEvent[]): Indexed[][] {
  const all: Indexed[][] = [];
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
