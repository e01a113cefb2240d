import { plannersOf } from '../../../../events/consumers.ts';
import type { RunQueue, RunStep } from '../../../replenishment/run/ports.ts';
import type { ConsumerMessage } from '../../queue/consumer-queues.ts';
import type { Outlet } from '../../relay/refusal.ts';

/** Sends the steps of runs to the functions that do them. `bodyOf` writes their message. */
export function createReplenishmentQueue(
  queues: Outlet<ConsumerMessage>,
  bodyOf: (step: RunStep) => string,
): RunQueue {
  return {
    async send(steps) {
      const messages = steps.flatMap((step) =>
        plannersOf(step.step).map((consumer) => ({ step, consumer, body: bodyOf(step) })),
      );
      const refusals = await queues.put(messages.map(({ consumer, body }) => ({ consumer, body })));
      return refusals.flatMap(({ index }) => messages[index]?.step ?? []);
    },
  };
}
