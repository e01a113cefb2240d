import { relayAgainDeps } from '../../shared/runtime/deps/operations.ts';
import { queueConsumer } from '../../shared/runtime/queue-consumer.ts';
import { relayAgain } from '../../shared/runtime/relay-again.ts';

export const handler = queueConsumer(relayAgainDeps, async (message, deps) => {
  if (message.kind !== 'unrelayed') throw new Error(`a ${message.kind} is no item to publish again`);
  await relayAgain(deps, message.key);
});
