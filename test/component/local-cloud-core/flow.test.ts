import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import type { Core, CoreOptions } from '../../../infra/local/start-core.ts';
import { createEngineClient } from '../../../infra/local/table/engine-client.ts';
import {
  eventually,
  functionResource,
  installed,
  makeAssembly,
  startTestCore,
  type TestResource,
  tableResource,
} from './make-assembly.ts';

const dynamodb = installed('@aws-sdk/client-dynamodb');
/** Handler sources that report what they got by appending to the log, which the tests read as payloads. */
const writer = `import sdk from '${dynamodb}';
const client = new sdk.DynamoDBClient({});
export const handler = async ({ items, transact }) => {
  if (transact) {
    const TransactItems = items.map((Item) => ({ Put: { TableName: 'Records', Item } }));
    return await client.send(new sdk.TransactWriteItemsCommand({ TransactItems }));
  }
  const answers = [];
  for (const Item of items) answers.push(await client.send(new sdk.PutItemCommand({ TableName: 'Records', Item })));
  return answers;
};`;
const reader = `import sdk from '${dynamodb}';
const client = new sdk.DynamoDBClient({});
export const handler = async ({ pk, sk }) =>
  (await client.send(new sdk.GetItemCommand({ TableName: 'Records', Key: { pk: { S: pk }, sk: { S: sk } } }))) ;`;
/** Remembers what each invocation carried; asked with { tell: true } it tells. */
const recorder = (act: string): string => `const seen = [];
export const handler = async (event) => {
  if (event.tell) return seen;
  const bodies = event.Records.map((r) => r.body ?? r.dynamodb.Keys.pk.S + '/' + r.dynamodb.Keys.sk.S);
  seen.push(bodies);
  ${act}
};`;
const item = (pk: string, sk: string, bytes = 0) => ({
  pk: { S: pk },
  sk: { S: sk },
  x: { S: 'x'.repeat(bytes) },
});
const lambdaArn = (name: string): string => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
const queueArn = (name: string): string => `arn:aws:sqs:eu-central-1:000000000000:${name}`;

let core: Core | undefined;
afterEach(async () => {
  await core?.stop();
  core = undefined;
});

async function start(assemblyDir: string, options: Partial<CoreOptions> = {}): Promise<Core> {
  core = await startTestCore(assemblyDir, options);
  return core;
}

async function seenBy(running: Core, name: string): Promise<string[][]> {
  return (await running.parts.invoke(lambdaArn(name), { tell: true })).payload as string[][];
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
  test('keeps what the function reports as failed and moves it to the dead-letter queue in the end', async () => {
    const fail = `return { batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) };`;
    const running = await start(makeAssembly(queues(), { consumer: recorder(fail) }), {
      redeliverAfterMs: 20,
    });
    for (const body of ['one', 'bad', 'two']) await running.parts.sendToQueue(queueArn('work'), body);
    await eventually(() => running.deadLetters().length === 1);
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

  test('is filtered and counted: a request per send, receive and delete', async () => {
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

  test('delivers again what injected faults double, delay and drop', async () => {
    const running = await start(
      makeAssembly(queues({}, { VisibilityTimeout: 1 }), { consumer: recorder('') }),
      {
        faultRates: { duplicate: 0.3, delay: 0.3, reorder: 0.3, drop: 0.1 },
        redeliverAfterMs: 10,
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

function stream(mapping: Record<string, unknown> = {}): Record<string, TestResource> {
  return {
    Table: tableResource,
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    Writer: functionResource('writer'),
    Reader: functionResource('reader'),
    Relay: functionResource('relay', { ReservedConcurrentExecutions: 1 }),
    Follow: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
        FunctionName: { 'Fn::GetAtt': ['Relay', 'Arn'] },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: {
          Filters: [
            {
              Pattern: JSON.stringify({
                eventName: ['INSERT'],
                dynamodb: { Keys: { sk: { S: [{ prefix: 'FACT#' }] } } },
              }),
            },
          ],
        },
        ...mapping,
      },
    },
  };
}

describe('a table whose stream feeds a function', () => {
  test('hands over the records that the filter wants, in order, soon', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }));
    const items = [item('a', 'FACT#1'), item('a', 'STATE'), item('a', 'FACT#2')];
    const written = await running.parts.invoke(lambdaArn('writer'), { items, transact: true });
    expect(written.error).toBeUndefined();
    await eventually(() => running.isQuiescent());
    expect((await seenBy(running, 'relay')).flat()).toEqual(['a/FACT#1', 'a/FACT#2']);
  });

  test('is tried again from the first record that failed, and keeps the order', async () => {
    const failSecond = `if (seen.length < 3) return { batchItemFailures: [{ itemIdentifier: event.Records.at(-1).dynamodb.SequenceNumber }] };`;
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder(failSecond) }));
    await running.parts.invoke(lambdaArn('writer'), {
      items: [item('a', 'FACT#1'), item('a', 'FACT#2')],
      transact: true,
    });
    await eventually(() => running.isQuiescent());
    expect(await seenBy(running, 'relay')).toEqual([['a/FACT#1', 'a/FACT#2'], ['a/FACT#2'], ['a/FACT#2']]);
  });

  test('gives a record up after its retries, tells the failure queue and goes on', async () => {
    const poison = `if (bodies.some((b) => b.startsWith('poison'))) throw new Error('poison');`;
    const mapping = {
      MaximumRetryAttempts: 1,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
    };
    const running = await start(makeAssembly(stream(mapping), { writer, reader, relay: recorder(poison) }));
    const items = [item('a', 'FACT#1'), item('poison', 'FACT#2'), item('c', 'FACT#3')];
    await running.parts.invoke(lambdaArn('writer'), { items, transact: true });
    await eventually(() => running.isQuiescent());
    const [letter] = running.deadLetters();
    expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    const seen = await seenBy(running, 'relay');
    expect(seen).toContainEqual(['a/FACT#1']);
    expect(seen.at(-1)).toEqual(['c/FACT#3']);
  });
});

describe('the stream records in the file of the engine', () => {
  test('are trimmed up to where they have been read, the last one kept', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }));
    const items = Array.from({ length: 5 }, (_, index) => item('a', `FACT#${index}`));
    await running.parts.invoke(lambdaArn('writer'), { items });
    const file = new DatabaseSync(join(running.parts.dataDir, 'table.db'), { readOnly: true });
    const count = file.prepare(
      'SELECT COUNT(*) AS records, MAX(sequence_number) AS last FROM _stream_records',
    );
    await eventually(() => count.get()?.records === 1);
    expect(count.get()?.last).toBe('5');
    file.close();
    await running.parts.invoke(lambdaArn('writer'), { items: [item('a', 'FACT#5')] });
    await eventually(() => running.isQuiescent());
    expect((await seenBy(running, 'relay')).flat()).toHaveLength(6);
  });
});

describe('the way to the table', () => {
  test('counts read and write units and hides the count from the caller', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }));
    const { payload } = await running.parts.invoke(lambdaArn('writer'), { items: [item('a', 'b', 1500)] });
    expect((payload as object[])[0]).not.toHaveProperty('ConsumedCapacity');
    expect(running.counts()['dynamodb.writeUnits']).toBe(2);
    await running.parts.invoke(lambdaArn('writer'), {
      items: [item('a', 'c', 1500), item('a', 'd')],
      transact: true,
    });
    expect(running.counts()['dynamodb.writeUnits']).toBe(2 + 4 + 2);
    const got = await running.parts.invoke(lambdaArn('reader'), { pk: 'a', sk: 'b' });
    expect(got.payload).toMatchObject({ Item: { pk: { S: 'a' } } });
    expect(got.payload).not.toHaveProperty('ConsumedCapacity');
    expect(running.counts()['dynamodb.readUnits']).toBe(0.5);
  });

  test('throttles, loses requests and loses answers, which the SDK retries', async () => {
    const faultRates = { throttle: 0.2, timeout: 0.2 };
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }), {
      faultRates,
      seed: 3,
    });
    const items = Array.from({ length: 8 }, (_, index) => item('a', `FACT#${index}`));
    const { error } = await running.parts.invoke(lambdaArn('writer'), { items });
    expect(error).toBeUndefined();
    await eventually(() => running.isQuiescent());
    expect(running.counts()['dynamodb.writeUnits']).toBeGreaterThan(8);
  });

  test('can kill a function just before its request passes', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }), {
      faultRates: { kill: 1 },
    });
    const { error } = await running.parts.invoke(lambdaArn('writer'), { items: [item('a', 'b')] });
    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'the function was killed between two calls',
    });
    const url = new URL(running.tableUrl);
    const engine = createEngineClient(url.hostname, Number(url.port), 'eu-central-1');
    expect(await engine.call('DynamoDB_20120810.Scan', { TableName: 'Records' })).toMatchObject({ Count: 0 });
    engine.close();
  });

  test('refuses more write units a second per partition key than the limit', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }), {
      partitionWriteUnitsPerSecond: 3,
    });
    const write = (pk: string) =>
      running.parts.invoke(lambdaArn('writer'), { items: [item(pk, '1'), item(pk, '2')], transact: true });
    const { error } = await write('hot');
    expect(error?.errorType).toBe('TransactionCanceledException');
    const single = await running.parts.invoke(lambdaArn('writer'), {
      items: [item('a', '1'), item('b', '1')],
    });
    expect(single.error).toBeUndefined();
  });
});
