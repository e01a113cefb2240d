import type { InvokeResult, Log } from '../cloud-parts.ts';
import type { FunctionSettings } from './function-settings.ts';

/** The result of an invocation that ran or waited when the local cloud stopped, or came later. */
export const STOPPED = {
  payload: null,
  error: { errorType: 'Sandbox.Stopped', errorMessage: 'the local cloud stopped' },
  durationMs: 0,
} satisfies InvokeResult;

/** The result of an invocation beyond the reserved concurrency. */
export const THROTTLED: InvokeResult = {
  payload: null,
  error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
  durationMs: 0,
};

/** The result of the invocation that waited for a worker whose code cannot be loaded. */
export function loadingFailed(error: unknown, { name }: FunctionSettings, log: Log): InvokeResult {
  const errorMessage = (error as Error).message;
  log({ level: 'error', source: name, message: `cannot be loaded: ${errorMessage}` });
  return { payload: null, error: { errorType: 'Runtime.InitError', errorMessage }, durationMs: 0 };
}
