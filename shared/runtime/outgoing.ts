import type { Fact } from '../../events/all-events.ts';
import { consumersOf } from '../../events/consumers.ts';
import type { FunctionId } from '../../events/triggers.ts';
import type { ConsumerMessage } from '../aws/queue/consumer-queues.ts';
import { type BusEvent, fitting } from '../aws/relay/bus.ts';
import type { Image } from '../aws/relay/image.ts';
import { contentOf } from '../aws/relay/outbox.ts';
import type { Outlet } from '../aws/relay/refusal.ts';
import { writeFact } from './queue-message.ts';

/** What a relay sends: a message to a function's queue, or an event for other systems. */
export type Sent = ConsumerMessage | BusEvent;

/**
 * What is to be sent for an item of the table. A function that waits for several facts of the step gets one message: it
 * finds on the timeline what is to be done. Throws on an item that can't be read.
 */
export function outgoingOf(image: Image, { publishesAllFacts }: { publishesAllFacts: boolean }): Sent[] {
  const { facts, events } = contentOf(image);
  const first = new Map<FunctionId, Fact>();
  for (const fact of facts)
    for (const consumer of consumersOf(fact)) if (!first.has(consumer)) first.set(consumer, fact);
  return [
    ...[...first].map(([consumer, fact]) => ({ consumer, body: writeFact(fact) })),
    ...(publishesAllFacts ? facts.map(fitting) : []),
    ...events,
  ];
}

/** Sends messages to their queues and events to the bus. */
export function createOutlet(queues: Outlet<ConsumerMessage>, bus: Outlet<BusEvent>): Outlet<Sent> {
  return {
    async put(sent) {
      const numbered = sent.map((each, index) => ({ each, index }));
      const messages = numbered.flatMap(({ each, index }) => ('consumer' in each ? [{ each, index }] : []));
      const events = numbered.flatMap(({ each, index }) => ('consumer' in each ? [] : [{ each, index }]));
      return [...(await putAll(messages, queues)), ...(await putAll(events, bus))];
    },
  };
}

interface Numbered<Each> {
  readonly each: Each;
  readonly index: number;
}

/** Sends some of a list, and gives the refusals with their places in the whole list. */
async function putAll<Each>(some: readonly Numbered<Each>[], outlet: Outlet<Each>) {
  if (some.length === 0) return [];
  const refusals = await outlet.put(some.map(({ each }) => each));
  return refusals.map((refusal) => ({ ...refusal, index: some[refusal.index]?.index ?? refusal.index }));
}
