import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../../../infra/local/assembly/read-assembly.ts';
import { type Functions, runFunctions } from '../../../infra/local/lambda/run-functions.ts';
import { createMeter } from '../../../infra/local/meter/create-meter.ts';
import { functionResource, makeAssembly, newDataDir } from './make-assembly.ts';

const handlers = {
  echo: `export const handler = async (event, context) => {
    console.log('got ' + event.n);
    console.error('and wrote');
    return { n: event.n, name: context.functionName, id: context.awsRequestId.length, left: context.getRemainingTimeInMillis() > 0 };
  };`,
  environment: 'export const handler = async () => process.env;',
  slow: `export const handler = async ({ ms }) => { await new Promise((r) => setTimeout(r, ms)); return 'done'; };`,
  throws: `export const handler = async () => { throw new RangeError('no such thing'); };`,
  rejects: `export const handler = async (event) => {
    if (event.bad) { Promise.reject(new TypeError('left alone')); await new Promise((r) => setTimeout(r, 1000)); }
    return 'fine';
  };`,
  broken: `throw new Error('cannot start');`,
};
const arn = (name: string): string => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

let functions: Functions;
const dataDir = newDataDir();
const counting = createMeter();
const assemblyDir = makeAssembly(
  {
    Echo: functionResource('echo', { MemorySize: 512 }),
    Environment: functionResource('environment', { Environment: { Variables: { TABLE: 'Records' } } }),
    Slow: functionResource('slow', { Timeout: 1, ReservedConcurrentExecutions: 2 }),
    Throws: functionResource('throws'),
    Rejects: functionResource('rejects'),
    Broken: functionResource('broken'),
  },
  handlers,
);

beforeAll(() => {
  process.env.OF_THE_PARENT = 'secret';
  functions = runFunctions({
    assembly: readAssembly({
      assemblyDir,
      region: 'eu-central-1',
      account: '000000000000',
      apiUrl: 'http://here',
    }),
    region: 'eu-central-1',
    dataDir,
    environment: { PARTNER_URL: 'http://partner' },
    meter: counting.meter,
    log: () => undefined,
    endpoints: (workerId) => ({ AWS_ENDPOINT_URL_DYNAMODB: `http://table/${workerId}` }),
  });
});
afterAll(() => functions.stop());

describe('a function', () => {
  test('receives the event and a context, answers with its payload, and logs in order', async () => {
    const result = await functions.invoke(arn('echo'), { n: 7 });
    expect(result.error).toBeUndefined();
    expect(result.payload).toEqual({ n: 7, name: 'echo', id: 36, left: true });
    expect(readFileSync(join(dataDir, 'logs', 'echo.log'), 'utf8')).toBe('got 7\nand wrote\n');
  });

  test('can also be invoked by its alias', async () => {
    expect((await functions.invoke(`${arn('echo')}:live`, { n: 1 })).payload).toMatchObject({ n: 1 });
  });

  test('has its own environment variables, and none of the parent process', async () => {
    const { payload } = await functions.invoke(arn('environment'), {});
    expect(payload).toMatchObject({
      TABLE: 'Records',
      PARTNER_URL: 'http://partner',
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      TZ: 'UTC',
    });
    const environment = payload as Record<string, string>;
    expect(environment.AWS_ENDPOINT_URL_DYNAMODB).toMatch(/^http:\/\/table\/w[0-9a-f-]{36}$/);
    expect(environment).not.toHaveProperty('OF_THE_PARENT');
    expect(environment).not.toHaveProperty('HOME');
  });

  test('is stopped at its timeout, and the next invocation works', async () => {
    const late = await functions.invoke(arn('slow'), { ms: 5000 });
    expect(late.error?.errorType).toBe('Sandbox.Timedout');
    expect(late.error?.errorMessage).toContain('timed out after 1.00 seconds');
    expect((await functions.invoke(arn('slow'), { ms: 1 })).payload).toBe('done');
  });

  test('is throttled above its reserved concurrency', async () => {
    const results = await Promise.all([1, 2, 3].map(() => functions.invoke(arn('slow'), { ms: 50 })));
    expect(results.map(({ error }) => error?.errorType)).toEqual([
      undefined,
      undefined,
      'TooManyRequestsException',
    ]);
  });

  test('reports what it throws', async () => {
    const { error } = await functions.invoke(arn('throws'), {});
    expect(error).toEqual({ errorType: 'RangeError', errorMessage: 'no such thing' });
  });

  test('fails after an unhandled rejection, and starts afresh', async () => {
    const { error } = await functions.invoke(arn('rejects'), { bad: true });
    expect(error).toEqual({ errorType: 'TypeError', errorMessage: 'left alone' });
    expect((await functions.invoke(arn('rejects'), {})).payload).toBe('fine');
  });

  test('fails each invocation with the reason if it cannot be loaded', async () => {
    const { error } = await functions.invoke(arn('broken'), {});
    expect(error?.errorMessage).toContain('cannot start');
  });

  test('gives an error, not a rejection, if it does not exist', async () => {
    expect((await functions.invoke(arn('nobody'), {})).error?.errorType).toBe('ResourceNotFoundException');
  });

  test('is metered: one request, and its memory times each millisecond begun', async () => {
    await functions.invoke(arn('echo'), { n: 1 });
    const before = counting.counts();
    const { durationMs } = await functions.invoke(arn('echo'), { n: 1 });
    const after = counting.counts();
    expect((after['lambda.requests'] ?? 0) - (before['lambda.requests'] ?? 0)).toBe(1);
    const expected = Math.max(1, Math.ceil(durationMs)) * 512;
    expect((after['lambda.mbMs'] ?? 0) - (before['lambda.mbMs'] ?? 0)).toBe(expected);
    expect((after['logs.bytes'] ?? 0) - (before['logs.bytes'] ?? 0)).toBe('got 1\nand wrote\n'.length + 260);
  });

  test('runs new code after a reload', async () => {
    const folder = newDataDir();
    writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => 'new';`);
    functions.reload(arn('echo'), join(folder, 'index.mjs'));
    expect((await functions.invoke(arn('echo'), {})).payload).toBe('new');
  });
});

describe('functions that share a thread', () => {
  const own = {
    name: `let calls = 0; export const handler = async () => {
      calls += 1; await new Promise((r) => setTimeout(r, 20)); return [process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.MINE, calls];
    };`,
    blocks: 'export const handler = async () => { for (;;); };',
    patient: `export const handler = async () => { await new Promise((r) => setTimeout(r, 200)); return 'done'; };`,
    throwing: `export const handler = async () => { setTimeout(() => { throw new Error('too late'); }); await new Promise((r) => setTimeout(r, 500)); };`,
  };
  const dir = makeAssembly(
    {
      Left: functionResource('left', { Environment: { Variables: { MINE: 'l' } } }),
      Right: functionResource('right', { Environment: { Variables: { MINE: 'r' } } }),
      Blocks: functionResource('blocks', { Timeout: 1 }),
      Patient: functionResource('patient', { Timeout: 10 }),
      Throwing: functionResource('throwing', { Timeout: 2 }),
    },
    { left: own.name, right: own.name, blocks: own.blocks, patient: own.patient, throwing: own.throwing },
  );
  const start = () =>
    runFunctions({
      assembly: readAssembly({
        assemblyDir: dir,
        region: 'eu-central-1',
        account: '000000000000',
        apiUrl: 'http://here',
      }),
      region: 'eu-central-1',
      dataDir: newDataDir(),
      environment: {},
      meter: counting.meter,
      log: () => undefined,
      endpoints: () => ({}),
      threads: 1,
    });

  test('have separate environment variables and module variables, even at the same time', async () => {
    const sharing = start();
    const both = await Promise.all(['left', 'right'].map((name) => sharing.invoke(arn(name), {})));
    expect(both.map(({ payload }) => payload)).toEqual([
      ['left', 'l', 1],
      ['right', 'r', 1],
    ]);
    await sharing.stop();
  });

  test('have the files beside their module for themselves, also those that share their code', async () => {
    const place = newDataDir();
    writeFileSync(join(place, 'count.mjs'), 'let calls = 0; export const count = () => (calls += 1);');
    writeFileSync(join(place, 'late.mjs'), "export { count } from './count.mjs';");
    writeFileSync(
      join(place, 'index.mjs'),
      `import { count } from './count.mjs';
      export const handler = async () => {
        await new Promise((r) => setTimeout(r, 50));
        return [count(), (await import('./late.mjs')).count()];
      };`,
    );
    const sharing = start();
    for (const name of ['left', 'right']) sharing.reload(arn(name), join(place, 'index.mjs'));
    const both = await Promise.all(['left', 'right'].map((name) => sharing.invoke(arn(name), {})));
    expect(both.map(({ payload }) => payload)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await sharing.stop();
  });

  test('continue if one of them has an unhandled error', async () => {
    const sharing = start();
    const [thrown, left] = await Promise.all([
      sharing.invoke(arn('throwing'), {}),
      sharing.invoke(arn('left'), {}),
    ]);
    expect(thrown.error).toEqual({ errorType: 'Error', errorMessage: 'too late' });
    expect(left.payload).toEqual(['left', 'l', 1]);
    // The module still has its state, so its thread continued.
    expect((await sharing.invoke(arn('left'), {})).payload).toEqual(['left', 'l', 2]);
    await sharing.stop();
  });

  test('are repeated if another function ended the thread', async () => {
    const sharing = start();
    await sharing.invoke(arn('patient'), {});
    const [blocked, patient] = await Promise.all([
      sharing.invoke(arn('blocks'), {}),
      sharing.invoke(arn('patient'), {}),
    ]);
    expect(blocked.error?.errorType).toBe('Sandbox.Timedout');
    expect(patient).toMatchObject({ payload: 'done' });
    expect(patient.error).toBeUndefined();
    await sharing.stop();
  });
});

describe('functions that are stopped', () => {
  const loads = `await new Promise((r) => setTimeout(r, 300)); export const handler = async () => 'loaded';`;
  const dir = makeAssembly({ Loads: functionResource('loads', { Timeout: 10 }) }, { loads });

  test('end what waits for a worker, and log and start nothing any more', async () => {
    const lines: string[] = [];
    const stopping = runFunctions({
      assembly: readAssembly({
        assemblyDir: dir,
        region: 'eu-central-1',
        account: '000000000000',
        apiUrl: 'http://here',
      }),
      region: 'eu-central-1',
      dataDir,
      environment: {},
      meter: counting.meter,
      log: ({ message }) => void lines.push(message),
      endpoints: () => ({}),
      threads: 1,
    });
    const waiting = [1, 2].map(() => stopping.invoke(arn('loads'), {}));
    await stopping.stop();
    const results = [...(await Promise.all(waiting)), await stopping.invoke(arn('loads'), {})];
    expect(results.map(({ error }) => error?.errorType)).toEqual(Array(3).fill('Sandbox.Stopped'));
    expect(lines).toEqual([]);
  });
});
