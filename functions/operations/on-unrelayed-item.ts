import { captureAgain } from '../../shared/runtime/capture.ts';
import { captureAgainDeps } from '../../shared/runtime/deps/lake.ts';
import { relayAgainDeps } from '../../shared/runtime/deps/operations.ts';
import { once } from '../../shared/runtime/once.ts';
import { queueConsumer } from '../../shared/runtime/queue-consumer.ts';
import { relayAgain } from '../../shared/runtime/relay-again.ts';

// Most items were refused by one of the two.
const lake = once(captureAgainDeps);

export const handler = queueConsumer(relayAgainDeps, async (message, deps) => {
  if (message.kind === 'uncaptured') return captureAgain(lake(), message.item);
  if (message.kind !== 'unrelayed') throw new Error(`a ${message.kind} is no item to publish again`);
  return relayAgain(deps, message.key);
});
