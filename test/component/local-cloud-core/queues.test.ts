import { afterEach, describe, expect, test } from 'vitest';
import type { Core, CoreOptions } from '../../../infra/local/start-core.ts';
import {
  eventually,
  functionResource,
  makeAssembly,
  startTestCore,
  type TestResource,
} from './make-assembly.ts';
import { queueArn, recorder, seenBy } from './stream-app.ts';

let core: Core | undefined;
afterEach(async () => {
  await core?.stop();
  core = undefined;
});

async function start(assemblyDir: string, options: Partial<CoreOptions> = {}): Promise<Core> {
  core = await startTestCore(assemblyDir, options);
  return core;
}

function queues(
  mapping: Record<string, unknown> = {},
  queue: Record<string, unknown> = {},
): Record<string, TestResource> {
  return {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'work',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        ...queue,
      },
    },
    Consumer: functionResource('consumer', { ReservedConcurrentExecutions: 1 }),
    Feed: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
        FunctionName: { Ref: 'Consumer' },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BatchSize: 10,
        ...mapping,
      },
    },
  };
}

describe('a queue that feeds a function', () => {
  test('keeps messages that the function reports as failed, and finally moves them to the dead-letter queue', async () => {
    const fail = `return { batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) };`;
    const assembly = makeAssembly(queues({}, { VisibilityTimeout: 3 }), { consumer: recorder(fail) });
    const running = await start(assembly);
    for (const body of ['one', 'bad', 'two']) await running.parts.sendToQueue(queueArn('work'), body);
    await eventually(() => running.deadLetters().length === 1, 30_000);
    expect(running.deadLetters()).toEqual([{ queue: 'dead', body: 'bad' }]);
    const seen = (await seenBy(running, 'consumer')).flat();
    expect(seen.filter((body) => body === 'bad')).toHaveLength(3);
    expect(seen.filter((body) => body !== 'bad').sort()).toEqual(['one', 'two']);
    await eventually(() => running.isQuiescent());
  });

  test('hides failed messages for the visibility timeout of the queue', async () => {
    const throwOnce = `if (seen.length === 1) throw new Error('first');`;
    const assembly = makeAssembly(queues({}, { VisibilityTimeout: 1 }), { consumer: recorder(throwOnce) });
    const running = await start(assembly);
    const before = Date.now();
    await running.parts.sendToQueue(queueArn('work'), 'again');
    await eventually(() => running.queueDepths().work?.inFlight === 1);
    expect(running.isQuiescent()).toBe(false);
    await eventually(() => running.isQuiescent());
    expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
    expect(await seenBy(running, 'consumer')).toEqual([['again'], ['again']]);
  });

  test('filters messages, and is metered: one request for each send, receive and delete', async () => {
    const filter = {
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { kind: ['wanted'] } }) }] },
    };
    const running = await start(makeAssembly(queues(filter), { consumer: recorder('') }));
    await running.parts.sendToQueue(queueArn('work'), JSON.stringify({ kind: 'wanted' }));
    await eventually(() => running.isQuiescent());
    expect(running.counts()['sqs.requests']).toBe(3);
    await running.parts.sendToQueue(queueArn('work'), JSON.stringify({ kind: 'other' }));
    await eventually(() => running.isQuiescent());
    expect(await seenBy(running, 'consumer')).toEqual([['{"kind":"wanted"}']]);
  });

  test('delivers messages again if injected faults duplicate, delay or drop them', async () => {
    const running = await start(
      makeAssembly(queues({}, { VisibilityTimeout: 1 }), { consumer: recorder('') }),
      {
        faultRates: { duplicate: 0.3, delay: 0.3, reorder: 0.3, drop: 0.1 },
        redeliverCrashedAfterMs: 10,
        seed: 7,
      },
    );
    const bodies = Array.from({ length: 40 }, (_, index) => `m${index}`);
    for (const body of bodies) await running.parts.sendToQueue(queueArn('work'), body);
    await eventually(() => running.isQuiescent());
    const seen = (await seenBy(running, 'consumer')).flat();
    expect(seen.length).toBeGreaterThan(40);
    const arrived = new Set([...seen, ...running.deadLetters().map(({ body }) => body)]);
    expect(arrived).toEqual(new Set(bodies));
    expect(seen.slice(0, 40)).not.toEqual(bodies);
  });
});
