/**
 * The code of a function's worker thread. It loads the bundle, then answers invocations in turn.
 *
 * The thread starts from the text of this file, with the types stripped once for all workers. So this file can import
 * nothing but Node's own modules.
 */
import { openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** The input with which a worker starts. */
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

/** `[requestId, whether it succeeded, payload or error as JSON, duration in ms, number of bytes that it logged]` */
export type WorkerAnswer = readonly [
  requestId: string,
  ok: boolean,
  payloadJson: string,
  durationMs: number,
  loggedBytes: number,
];

const input = workerData as WorkerInput;
let loggedBytes = 0;

// Log lines are written synchronously and in order. So a stopped worker loses no line, and the parent copies none.
const logDescriptor = openSync(input.logFile, 'a');
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    loggedBytes +=
      typeof chunk === 'string' ? writeSync(logDescriptor, chunk) : writeSync(logDescriptor, chunk);
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
}

const bundle: Record<string, unknown> = await import(input.handlerUrl);
const found =
  bundle[input.exportName] ?? (bundle.default as Record<string, unknown> | undefined)?.[input.exportName];
if (typeof found !== 'function') {
  throw new TypeError(`${input.exportName} is undefined or not exported`);
}
const handler = found as (event: unknown, context: unknown) => unknown;

parentPort?.on('message', async ([requestId, eventJson, deadlineMs]: WorkerCall) => {
  loggedBytes = 0;
  const started = performance.now();
  let ok = true;
  let payload: unknown;
  try {
    payload = await handler(JSON.parse(eventJson), contextOf(requestId, deadlineMs));
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
  parentPort?.postMessage([requestId, ok, json, durationMs, loggedBytes] satisfies WorkerAnswer);
});

parentPort?.postMessage('ready');

function contextOf(awsRequestId: string, deadlineMs: number): object {
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: input.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: input.functionArn,
    memoryLimitInMB: String(input.memoryMb),
    logGroupName: `/aws/lambda/${input.functionName}`,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
