import type { FunctionId } from '../../../events/triggers.ts';
import type { RunId, RunQueue } from '../../reports/run/ports.ts';
import type { ConsumerMessage } from '../queue/consumer-queues.ts';
import type { Outlet } from '../relay/refusal.ts';

/** Sends the names of runs to the functions that make reports. `bodyOf` writes their message. */
export function createRunQueue(
  queues: Outlet<ConsumerMessage>,
  makers: readonly FunctionId[],
  bodyOf: (id: RunId) => string,
): RunQueue {
  return {
    async send(runs) {
      const messages = runs.flatMap((id) => makers.map((consumer) => ({ id, consumer, body: bodyOf(id) })));
      const refusals = await queues.put(messages.map(({ consumer, body }) => ({ consumer, body })));
      return refusals.flatMap(({ index }) => messages[index]?.id ?? []);
    },
  };
}
