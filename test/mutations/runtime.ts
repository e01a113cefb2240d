import type { Mutant } from './mutant.ts';

const queue = ['test/component/runtime/queue-consumer.test.ts'];
const QUEUE = 'shared/runtime/queue-consumer.ts';

export const runtimeMutants: readonly Mutant[] = [
  {
    id: 'runtime/failed-message-is-done',
    file: QUEUE,
    find: "    log.error('MESSAGE_FAILED', error, { messageId });\n    throw error;",
    put: "    log.error('MESSAGE_FAILED', error, { messageId });",
    tests: queue,
    harm: 'A message that failed is never handled again.',
  },
  {
    id: 'runtime/unknown-order-again',
    file: QUEUE,
    find: 'if (error instanceof UnknownOrder) {',
    put: 'if (false) {',
    tests: queue,
    harm: 'A message without an order comes again until it is parked with an alarm.',
  },
  {
    id: 'runtime/every-error-dropped',
    file: QUEUE,
    find: 'if (error instanceof UnknownOrder) {',
    put: 'if (error instanceof Error) {',
    tests: queue,
    harm: 'Work that failed is dropped.',
  },
  {
    id: 'runtime/failure-not-logged',
    file: QUEUE,
    find: "    log.error('MESSAGE_FAILED', error, { messageId });\n",
    put: '',
    tests: queue,
    harm: 'Nobody can see why a message was parked.',
  },
  {
    id: 'runtime/whole-batch-fails',
    file: QUEUE,
    find: 'const outcomes = await Promise.allSettled(handling);',
    put: 'const outcomes = await Promise.all(handling.map((one) => one.then(() => ({ status: "fulfilled" }))));',
    tests: queue,
    harm: 'One failed message makes the whole batch fail, and the messages that were done are done again.',
  },
  {
    id: 'runtime/late-message-unseen',
    file: QUEUE,
    find: "if (waitedMs > LATE_MS) log.warn('MESSAGE_LATE', { messageId, waitedMs });",
    put: '',
    tests: queue,
    harm: 'Nobody hears that a queue has too few consumers.',
  },
];
