/**
 * The code of a thread that runs functions. Each loaded function has a module of its own, an environment of its own and
 * a log of its own, and runs one invocation at a time. Several functions of one thread take turns while they wait.
 *
 * The thread starts from the text of this file, with the types stripped once for all threads. So this file can import
 * nothing but Node's own modules.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, openSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parentPort } from 'node:worker_threads';

/** The input with which a function is loaded. */
export interface WorkerInput {
  readonly handlerUrl: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly logFile: string;
}

/** `[requestId, event as JSON, epoch ms at which the invocation must have ended]` */
export type WorkerCall = readonly [requestId: string, eventJson: string, deadlineMs: number];

/** What a thread is asked to do. `workerId` names the loaded function. */
export type ThreadRequest =
  | readonly [kind: 'load', workerId: string, input: WorkerInput, environment: Record<string, string>]
  | readonly [kind: 'call', workerId: string, call: WorkerCall]
  | readonly [kind: 'drop', workerId: string];

/** What a thread reports. `failed` ends the loaded function: it could not be loaded, or it left an error alone. */
export type ThreadReport =
  | readonly [kind: 'ready', workerId: string]
  | readonly [
      kind: 'answer',
      workerId: string,
      ok: boolean,
      payloadJson: string,
      durationMs: number,
      loggedBytes: number,
    ]
  | readonly [kind: 'failed', workerId: string, errorType: string, errorMessage: string];

type Handler = (event: unknown, context: object) => unknown;

interface Loaded {
  readonly id: string;
  readonly input: WorkerInput;
  readonly environment: Record<string, string>;
  readonly logDescriptor: number;
  handler?: Handler;
  /** The bytes that the present invocation has logged. */
  loggedBytes: number;
}

const loaded = new Map<string, Loaded>();
const current = new AsyncLocalStorage<Loaded>();

// The query of a function's module makes it this copy's own. So it is that of the files beside the module, too. What
// all functions share in the build for this machine lies in another folder.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const { parentURL = '' } = context;
    const query =
      parentURL.startsWith('file:') && specifier.startsWith('./') ? new URL(parentURL).search : '';
    return query === '' ? resolved : { ...resolved, url: `${resolved.url}${query}` };
  },
});

// What runs outside every function, such as a timer of Node's own, sees an empty environment.
const environmentNow = (): Record<string, string> => current.getStore()?.environment ?? {};
process.env = new Proxy<Record<string, string>>(
  {},
  {
    get: (_target, name) => (typeof name === 'string' ? environmentNow()[name] : undefined),
    has: (_target, name) => Object.hasOwn(environmentNow(), name),
    ownKeys: () => Object.keys(environmentNow()),
    getOwnPropertyDescriptor: (_target, name) => Object.getOwnPropertyDescriptor(environmentNow(), name),
    set: (_target, name, value) => Reflect.set(environmentNow(), name, String(value)),
    deleteProperty: (_target, name) => Reflect.deleteProperty(environmentNow(), name),
  },
);

// Log lines are written synchronously and in order. So a stopped thread loses no line, and the parent copies none.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const writer = current.getStore();
    if (writer !== undefined) {
      const { logDescriptor } = writer;
      writer.loggedBytes +=
        typeof chunk === 'string' ? writeSync(logDescriptor, chunk) : writeSync(logDescriptor, chunk);
    }
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
}

// An error that a function leaves alone ends this function only. Without a function it ends the thread.
for (const kind of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(kind, (error: unknown) => {
    const guilty = current.getStore();
    if (guilty === undefined) throw error;
    fail(guilty, error);
  });
}

parentPort?.on('message', (request: ThreadRequest) => {
  const [kind, id] = request;
  if (kind === 'load') void load({ id, input: request[2], environment: request[3] });
  else if (kind === 'call') call(id, request[2]);
  else drop(id);
});

async function load(given: Pick<Loaded, 'id' | 'input' | 'environment'>): Promise<void> {
  const { id, input } = given;
  const entry: Loaded = { ...given, logDescriptor: openSync(input.logFile, 'a'), loggedBytes: 0 };
  loaded.set(id, entry);
  await current.run(entry, async () => {
    try {
      // The query makes the module this function's own: another copy of the function shares no variable with it.
      const bundle: Record<string, unknown> = await import(`${input.handlerUrl}?${id}`);
      entry.handler = handlerIn(bundle, input.exportName);
      report(['ready', id]);
    } catch (error) {
      fail(entry, error);
    }
  });
}

function handlerIn(bundle: Record<string, unknown>, name: string): Handler {
  const found = bundle[name] ?? (bundle.default as Record<string, unknown> | undefined)?.[name];
  if (typeof found !== 'function') throw new TypeError(`${name} is undefined or not exported`);
  return found as Handler;
}

function call(id: string, given: WorkerCall): void {
  const entry = loaded.get(id);
  if (entry !== undefined) void current.run(entry, () => answer(entry, given));
}

async function answer(entry: Loaded, [requestId, eventJson, deadlineMs]: WorkerCall): Promise<void> {
  entry.loggedBytes = 0;
  const started = performance.now();
  let ok = true;
  let payload: unknown;
  try {
    payload = await entry.handler?.(JSON.parse(eventJson), contextOf(entry, requestId, deadlineMs));
  } catch (error) {
    ok = false;
    payload = describe(error);
    console.error(JSON.stringify({ level: 'ERROR', requestId, ...describe(error) }));
  }
  const durationMs = performance.now() - started;
  let json: string;
  try {
    json = JSON.stringify(payload) ?? 'null';
  } catch (error) {
    ok = false;
    json = JSON.stringify({ ...describe(error), errorType: 'Runtime.MarshalError' });
  }
  if (loaded.has(entry.id)) report(['answer', entry.id, ok, json, durationMs, entry.loggedBytes]);
}

function fail(entry: Loaded, error: unknown): void {
  if (!loaded.has(entry.id)) return;
  drop(entry.id);
  const { errorType, errorMessage } = describe(error);
  report(['failed', entry.id, error instanceof Error ? errorType : 'Runtime.UnhandledError', errorMessage]);
}

function drop(id: string): void {
  const entry = loaded.get(id);
  if (entry === undefined) return;
  loaded.delete(id);
  closeSync(entry.logDescriptor);
}

function report(message: ThreadReport): void {
  parentPort?.postMessage(message);
}

function contextOf({ input, environment }: Loaded, awsRequestId: string, deadlineMs: number): object {
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: input.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: input.functionArn,
    memoryLimitInMB: String(input.memoryMb),
    logGroupName: `/aws/lambda/${input.functionName}`,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
