import { afterEach, describe, expect, test } from 'vitest';
import type { Core, CoreOptions } from '../../../infra/local/start-core.ts';
import { createEngineClient } from '../../../infra/local/table/engine-client.ts';
import { eventually, makeAssembly, startTestCore } from './make-assembly.ts';
import { item, lambdaArn, reader, recorder, stream, writer } from './stream-app.ts';

let core: Core | undefined;
afterEach(async () => {
  await core?.stop();
  core = undefined;
});

async function start(assemblyDir: string, options: Partial<CoreOptions> = {}): Promise<Core> {
  core = await startTestCore(assemblyDir, options);
  return core;
}

describe('the proxy of the table', () => {
  test('counts read and write units, and removes the count from the answer', async () => {
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

  test('throttles, loses requests and loses answers, and the SDK tries again', async () => {
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

  test('can stop a function just before its request passes', async () => {
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

  test('refuses more write units a second for a partition key than the limit', async () => {
    const running = await start(makeAssembly(stream(), { writer, reader, relay: recorder('') }), {
      partitionLimit: { writeUnitsPerSecond: 3 },
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
