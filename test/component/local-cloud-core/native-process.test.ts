import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ENGINE_METADATA } from '../../../infra/engine-metadata.ts';
import { readAssembly } from '../../../infra/local/assembly/read-assembly.ts';
import { type Functions, runFunctions } from '../../../infra/local/lambda/run-functions.ts';
import { createThreadServices } from '../../../infra/local/lambda/thread-services.ts';
import { createMeter } from '../../../infra/local/meter/create-meter.ts';
import { eventually, functionResource, installed, makeAssembly, newDataDir } from './make-assembly.ts';

/** What a handler says of its process and of the native code there. */
interface Place {
  readonly pid: number;
  readonly holdsEngine: boolean;
  readonly calls: number;
}

// DuckDB is loaded by its path, because the handlers are in a temporary folder.
const place = `let calls = 0;
  const here = () => {
    calls += 1;
    return { pid: process.pid, holdsEngine: process.report.getReport().sharedObjects.some((o) => o.includes('duckdb')), calls };
  };`;
const engine = `import { DuckDBInstance } from ${JSON.stringify(installed('@duckdb/node-api'))}; ${place}`;
const handlers = {
  sums: `${engine} export const handler = async ({ upTo }) => {
    console.log('sums up to ' + upTo);
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll('SELECT sum(range)::INTEGER FROM range(' + upTo + ')');
    return { ...here(), sum: reader.getRows()[0][0], home: process.env.HOME, mine: process.env.MINE };
  };`,
  crashes: `${engine} export const handler = async ({ signal }) => {
    if (signal) { process.kill(process.pid, signal); await new Promise((r) => setTimeout(r, 5000)); }
    return here();
  };`,
  // A long computation of the engine: JavaScript waits, native threads compute.
  computes: `${engine} export const handler = async ({ long }) => {
    if (long) {
      const connection = await (await DuckDBInstance.create()).connect();
      await connection.run('SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 11');
    }
    return here();
  };`,
  asks: `import { callService } from ${JSON.stringify(new URL('../../../infra/local/lambda/thread-http-handler.ts', import.meta.url).href)}; ${place}
    export const handler = async () => {
      const url = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
      const call = { port: Number(url.port), path: url.pathname, target: 'Table.Get', text: '{}' };
      const [, status, text] = await callService(call, { timeoutMs: 3000 });
      return { ...here(), status, text };
    };`,
  plain: `${place} export const handler = async () => here();`,
  exhausts: `export const handler = async () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); };`,
};
const native = (name: string, properties: Record<string, unknown> = {}) => ({
  ...functionResource(name, properties),
  Metadata: { [ENGINE_METADATA]: 'duckdb' },
});
const arn = (name: string): string => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;
const assemblyDir = makeAssembly(
  {
    Sums: native('sums', { Environment: { Variables: { MINE: 's' } }, Timeout: 30 }),
    Crashes: native('crashes', { Timeout: 30 }),
    Computes: native('computes', { Timeout: 2 }),
    Asks: native('asks', { Timeout: 30 }),
    Exhausts: native('exhausts', { Timeout: 60 }),
    Plain: functionResource('plain'),
  },
  handlers,
);

let functions: Functions | undefined;
let dataDir = '';
const counting = createMeter();
afterEach(() => functions?.stop());

function start(options: { nativeIdleMs?: number; isolated?: boolean } = {}): Functions {
  dataDir = newDataDir();
  const services = createThreadServices();
  services.add('http://127.0.0.1:4711', async ({ path, target }) => ({
    status: 200,
    text: JSON.stringify({ path, target }),
  }));
  functions = runFunctions({
    assembly: readAssembly({
      assemblyDir,
      region: 'eu-central-1',
      account: '000000000000',
      apiUrl: 'http://here',
    }),
    region: 'eu-central-1',
    dataDir,
    environment: {},
    meter: counting.meter,
    log: () => undefined,
    endpoints: () => ({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:4711/worker/' }),
    services,
    ...options,
  });
  return functions;
}
const placeOf = async (name: string, event: object = {}): Promise<Place> => {
  const result = await functions?.invoke(arn(name), event);
  expect(result?.error).toBeUndefined();
  return result?.payload as Place;
};

/** Whether a process has ended. One that nobody waited for is a zombie, and counts as ended. */
function hasEnded(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync('/proc')) {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  }
  return !existsSync(file) || / Z /.test(readFileSync(file, 'utf8'));
}

describe('a function with native code', () => {
  test('runs in another process, which alone holds the engine', async () => {
    start();
    expect(await placeOf('plain')).toMatchObject({ pid: process.pid });
    const sums = await placeOf('sums', { upTo: 10 });
    expect(sums).toMatchObject({ sum: 45, holdsEngine: true, mine: 's' });
    expect(sums).not.toHaveProperty('home');
    expect(sums.pid).not.toBe(process.pid);
    // The functions with native code share the process, and this one has none of it.
    expect(await placeOf('crashes')).toMatchObject({ pid: sums.pid });
    // Whether the main process holds the engine is seen in test/end-to-end/start.test.ts: other tests share this one.
    expect(await placeOf('plain')).toMatchObject({ pid: process.pid });
    expect(readFileSync(join(dataDir, 'logs', 'sums.log'), 'utf8')).toBe('sums up to 10\n');
  });

  test('calls the services of this process', async () => {
    start();
    expect(await placeOf('asks')).toMatchObject({
      status: 200,
      text: '{"path":"/worker/","target":"Table.Get"}',
    });
  });

  test('fails with its process, and the next invocation has a new one', async () => {
    start();
    const first = await placeOf('crashes');
    const crashed = await functions?.invoke(arn('crashes'), { signal: 'SIGSEGV' });
    expect(crashed?.error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'the process of the function ended by SIGSEGV',
    });
    const next = await placeOf('crashes');
    expect(next).toMatchObject({ calls: 1, holdsEngine: true });
    expect(next.pid).not.toBe(first.pid);
  });

  test('is stopped at its timeout in the middle of native code, and the next invocation works', async () => {
    start();
    const { pid } = await placeOf('computes');
    const late = await functions?.invoke(arn('computes'), { long: true });
    expect(late?.error?.errorType).toBe('Sandbox.Timedout');
    await eventually(() => hasEnded(pid));
    expect((await placeOf('computes')).pid).not.toBe(pid);
  });

  test('has a limit for the objects of JavaScript', async () => {
    start({ isolated: true });
    const { error } = (await functions?.invoke(arn('exhausts'), {})) ?? {};
    expect(error?.errorType).toBe('Runtime.OutOfMemory');
  });

  test('has a process for each copy where crashes are injected', async () => {
    start({ isolated: true });
    const [sums, crashes] = [await placeOf('sums', { upTo: 3 }), await placeOf('crashes')];
    expect(new Set([sums.pid, crashes.pid, process.pid]).size).toBe(3);
  });
});

describe('the process of native code', () => {
  test('starts with the first invocation, ends after it was idle, and starts again', async () => {
    start({ nativeIdleMs: 300 });
    const first = await placeOf('sums', { upTo: 4 });
    await eventually(() => hasEnded(first.pid));
    const second = await placeOf('sums', { upTo: 4 });
    expect(second).toMatchObject({ sum: 6, calls: 1 });
    expect(second.pid).not.toBe(first.pid);
  });

  test('stays while it computes, however long that is', async () => {
    start({ nativeIdleMs: 300 });
    const { pid } = await placeOf('computes');
    // The invocation lasts until its timeout of two seconds. An earlier end would be another error.
    const late = await functions?.invoke(arn('computes'), { long: true });
    expect(late?.error?.errorType).toBe('Sandbox.Timedout');
    await eventually(() => hasEnded(pid));
  });

  test('has ended when the functions have stopped, also in the middle of its work', async () => {
    start();
    const { pid } = await placeOf('computes');
    const interrupted = functions?.invoke(arn('computes'), { long: true });
    await functions?.stop();
    expect(hasEnded(pid)).toBe(true);
    expect((await interrupted)?.error?.errorType).toBe('Sandbox.Stopped');
  });
});
