import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import type { Core, CoreOptions } from '../../../infra/local/start-core.ts';
import { eventually, makeAssembly, startTestCore } from './make-assembly.ts';
import { item, lambdaArn, reader, recorder, seenBy, stream, writer } from './stream-app.ts';

let core: Core | undefined;
afterEach(async () => {
  await core?.stop();
  core = undefined;
});

async function start(assemblyDir: string, options: Partial<CoreOptions> = {}): Promise<Core> {
  core = await startTestCore(assemblyDir, options);
  return core;
}

describe('a table whose stream feeds a function', () => {
  test('delivers the records that pass the filter soon and in order', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }));
    const items = [item('a', 'FACT#1'), item('a', 'STATE'), item('a', 'FACT#2')];
    const written = await running.parts.invoke(lambdaArn('writer'), { items, transact: true });
    expect(written.error).toBeUndefined();
    await eventually(() => running.isQuiescent());
    expect((await seenBy(running, 'relay')).flat()).toEqual(['a/FACT#1', 'a/FACT#2']);
  });

  test('delivers again from the first failed record, and keeps the order', async () => {
    const failSecond = `if (seen.length < 3) return { batchItemFailures: [{ itemIdentifier: event.Records.at(-1).dynamodb.SequenceNumber }] };`;
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder(failSecond) }));
    await running.parts.invoke(lambdaArn('writer'), {
      items: [item('a', 'FACT#1'), item('a', 'FACT#2')],
      transact: true,
    });
    await eventually(() => running.isQuiescent());
    expect(await seenBy(running, 'relay')).toEqual([['a/FACT#1', 'a/FACT#2'], ['a/FACT#2'], ['a/FACT#2']]);
  });

  test('gives up a record after its retries, reports it to the failure queue, and continues', async () => {
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

  test('with a parallelization factor gets different items in different batches, in any order', async () => {
    const mapping = { ParallelizationFactor: 10 };
    const running = await start(makeAssembly(stream(mapping), { writer, reader, relay: recorder('') }));
    const items = Array.from({ length: 8 }, (_, index) => item('a', `FACT#${index}`));
    await running.parts.invoke(lambdaArn('writer'), { items, transact: true });
    await eventually(() => running.isQuiescent());
    const batches = await seenBy(running, 'relay');
    expect(batches.flat().toSorted()).toEqual(items.map(({ sk }) => `a/${sk.S}`));
    // One partition key, but eight items: they are not handed over as one batch.
    expect(batches.length).toBeGreaterThan(1);
  });
});

describe('the stream records in the engine’s file', () => {
  test('are deleted up to the last one that was read, which is kept', async () => {
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
