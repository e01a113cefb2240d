import { describe, expect, test } from 'vitest';
import type { Wait } from '../../../shared/aws/queue/message-visibility.ts';
import { MAX_CALL_BYTES, writeCall } from '../../../shared/runtime/callback-message.ts';
import { orderStep } from '../../../shared/runtime/order-step.ts';
import { queueConsumer } from '../../../shared/runtime/queue-consumer.ts';
import {
  orderIdOf,
  type QueueMessage,
  readQueueMessage,
  writeFact,
  writeUnrelayed,
  writeWork,
} from '../../../shared/runtime/queue-message.ts';
import { NotYet, UnknownOrder } from '../../../shared/timeline/index.ts';
import { placed } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { context, queueEvent, queueRecord } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

const lines = gatherLog();
const codes = () => lines().map(({ code }) => code);

const [fact] = timelineOf([placed()]).facts;
if (fact === undefined) throw new Error('a timeline has facts');
const factBody = writeFact(fact);
const workBody = (n: number) => writeWork({ orderId: idOf('order', n), step: 'capture', attempt: 1 });
/** The message of the fact, with something in it that is different. */
const factWith = (over: object) =>
  JSON.stringify({ fact: { ...(JSON.parse(factBody) as { fact: object }).fact, ...over } });
const call = {
  ...({ kind: 'payment', code: 'stripe', callbackId: 'evt_1', deliveryId: 'request-1' } as const),
  ...{ receivedAt: '2026-11-23T10:00:00.000Z', rawBody: Buffer.from('{"id":"evt_1"}') },
};
const callbackBody = writeCall(call);
const key = { pk: 'ORDER#ord_1', sk: 'FACT#000001' };

/** Runs the function on the messages. Gives the messages that are delivered again, and the handled ones. */
async function run(
  bodies: readonly string[],
  handle: (message: QueueMessage) => Promise<void> = async () => undefined,
) {
  const handled: QueueMessage[] = [];
  const handler = queueConsumer(
    () => undefined,
    async (message) => {
      await handle(message);
      handled.push(message);
    },
  );
  const records = bodies.map((body, index) => queueRecord(`m-${index + 1}`, body));
  const { batchItemFailures } = await handler(queueEvent(...records), context);
  return { handled, again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe('a message of a queue', () => {
  test('is read as a fact, a callback or late work', async () => {
    const { handled, again } = await run([factBody, workBody(2), callbackBody, writeUnrelayed(key)]);
    expect(again).toEqual([]);
    const byKind = Object.fromEntries(handled.map((message) => [message.kind, message]));
    expect(byKind).toEqual({
      fact: { kind: 'fact', fact: { orderId, id: fact.id, name: 'order.placed' } },
      work: { kind: 'work', work: { orderId: idOf('order', 2), step: 'capture', attempt: 1 } },
      callback: { kind: 'callback', callback: call },
      unrelayed: { kind: 'unrelayed', key },
    });
    expect(handled.map(orderIdOf).toSorted()).toEqual([orderId, idOf('order', 2), undefined, undefined]);
  });

  test.each([
    ['text that is not JSON', 'hello'],
    ['JSON that is not an event', '{"hello":1}'],
    ['a fact that is not in the list of facts', factWith({ name: 'order.vanished' })],
    ['a fact with a part missing', factWith({ orderId: undefined })],
    [
      'a call of a kind that nobody knows',
      JSON.stringify({ callback: { ...JSON.parse(callbackBody).callback, kind: 'bank' } }),
    ],
    [
      'a call that is larger, unpacked, than any that we take',
      writeCall({ ...call, rawBody: Buffer.alloc(MAX_CALL_BYTES + 1) }),
    ],
    ['a key with a part missing', JSON.stringify({ unrelayed: { pk: 'ORDER#ord_1' } })],
    ['work on an unknown step', JSON.stringify({ work: { orderId, step: 'dance', attempt: 1 } })],
  ])('is refused when it is %s', (_what, body) => {
    expect(() => readQueueMessage(body)).toThrow();
  });
});

describe('in a batch', () => {
  test('only the unreadable message is delivered again', async () => {
    const { handled, again } = await run([workBody(1), '{"poison":', workBody(3)]);
    expect(again).toEqual(['m-2']);
    expect(handled.map(orderIdOf).toSorted()).toEqual([idOf('order', 1), idOf('order', 3)]);
    expect(lines().filter(({ code }) => code === 'MESSAGE_FAILED')).toMatchObject([{ messageId: 'm-2' }]);
  });

  test('only the messages whose handling failed are delivered again', async () => {
    const { again } = await run([workBody(1), workBody(2), workBody(3)], async (message) => {
      if (orderIdOf(message) !== idOf('order', 2)) throw new NotYet('the reference is not written yet');
    });
    expect(again.toSorted()).toEqual(['m-1', 'm-3']);
  });

  test('all messages are delivered again if all failed, and the invocation itself succeeds', async () => {
    const { again } = await run([workBody(1), 'poison', workBody(3)], async () => {
      throw new Error('the table does not answer');
    });
    expect(again.toSorted()).toEqual(['m-1', 'm-2', 'm-3']);
  });

  test('a message for an unknown order is dropped, and that is logged', async () => {
    const { again } = await run([workBody(1), workBody(2)], async (message) => {
      if (orderIdOf(message) === idOf('order', 1)) throw new UnknownOrder(`no order ${idOf('order', 1)}`);
    });
    expect(again).toEqual([]);
    expect(lines().filter(({ code }) => code === 'MESSAGE_DROPPED')).toMatchObject([{ messageId: 'm-1' }]);
  });

  test('a second batch does not remember the failures of the first', async () => {
    let isBroken = true;
    const handler = queueConsumer(
      () => undefined,
      async () => {
        if (isBroken) throw new Error('once');
      },
    );
    const first = await handler(queueEvent(queueRecord('a', workBody(1))), context);
    isBroken = false;
    const second = await handler(queueEvent(queueRecord('b', workBody(1))), context);
    expect([first.batchItemFailures.length, second.batchItemFailures.length]).toEqual([1, 0]);
  });

  test('all messages fail if the dependencies cannot be created, and none is lost', async () => {
    const handler = queueConsumer(
      () => {
        throw new Error('a setting is missing');
      },
      async () => undefined,
    );
    const { batchItemFailures } = await handler(queueEvent(queueRecord('a', workBody(1))), context);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'a' }]);
  });
});

describe('a failed message', () => {
  const failing = async () => {
    throw new Error('the partner does not answer');
  };
  const policy = { maxReceives: 12, firstSeconds: 2 };
  const record = (id: string, receives: number) => {
    const made = queueRecord(id, workBody(1));
    return { ...made, attributes: { ...made.attributes, ApproximateReceiveCount: String(receives) } };
  };

  test('is delayed by the number of its receives, and a handled message is not delayed', async () => {
    const asked: Wait[] = [];
    const handler = queueConsumer(
      () => undefined,
      async (message) => {
        if (orderIdOf(message) === idOf('order', 1)) await failing();
      },
      {
        policy,
        postpone: async (waits) => {
          asked.push(...waits);
          return [];
        },
      },
    );
    const handled = queueRecord('fine', workBody(2));
    await handler(queueEvent(record('a', 1), handled, record('b', 5), record('c', 12)), context);
    expect(asked.map(({ receiptHandle }) => receiptHandle)).toEqual(['handle-a', 'handle-b', 'handle-c']);
    const [first = 0, second = 0, last] = asked.map(({ seconds }) => seconds);
    expect(first).toBe(2);
    // 32 seconds, shortened by a fifth at most.
    expect(second).toBeGreaterThanOrEqual(26);
    expect(second).toBeLessThanOrEqual(32);
    expect(last).toBe(0);
  });

  test.each([
    ['refuses', async () => ['MessageNotInflight'], 'RETRY_WAIT_REFUSED'],
    ['does not answer', failing, 'RETRY_WAIT_NOT_SET'],
  ])('comes back all the same when the queue %s', async (_what, postpone, code) => {
    const handler = queueConsumer(() => undefined, failing, { policy, postpone });
    const { batchItemFailures } = await handler(queueEvent(record('a', 1)), context);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'a' }]);
    expect(codes()).toContain(code);
  });
});

test.each([
  [300_000, false],
  [300_001, true],
])('a message that waited %i ms for its first delivery is reported: %s', async (waitedMs, isReported) => {
  const record = queueRecord('a', workBody(1));
  const first = Number(record.attributes.SentTimestamp) + waitedMs;
  const attributes = { ...record.attributes, ApproximateFirstReceiveTimestamp: String(first) };
  const handler = queueConsumer(
    () => undefined,
    async () => undefined,
  );
  await handler(queueEvent({ ...record, attributes }), context);
  expect(codes().includes('MESSAGE_LATE')).toBe(isReported);
});

describe('a step', () => {
  const acted: unknown[] = [];
  const { deps } = createHarness();
  const handler = orderStep(() => deps, {
    step: 'capture',
    act: async (harness, of, cause) => void acted.push([harness, of, cause]),
  });

  test('is started by a fact or by late work, and knows which of them', async () => {
    const records = [queueRecord('1', factBody), queueRecord('2', workBody(2))];
    await handler(queueEvent(...records), context);
    expect(acted).toEqual([
      [deps, orderId, { by: 'journey', reference: fact.id }],
      [deps, idOf('order', 2), { by: 'clock', reference: 'capture' }],
    ]);
  });

  test('cannot be started by a callback: the message goes to the parking queue in the end', async () => {
    const { batchItemFailures } = await handler(queueEvent(queueRecord('3', callbackBody)), context);
    expect(batchItemFailures).toEqual([{ itemIdentifier: '3' }]);
    expect(codes()).toContain('MESSAGE_FAILED');
  });
});
