import { setTimeout as wait } from 'node:timers/promises';
import { ApiProblem } from '../client/api-client.ts';

const WAITS_MS = [100, 400, 1_600, 5_000];
/**
 * Statuses of a throttled call, or of a service behind the API that is not available now. The same request may
 * succeed soon.
 */
const PASSING = new Set([429, 500, 502, 503, 504]);

/** Repeats a call that had such a status or no answer, as a careful client does. Throws the last error. */
export async function callAgain<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error) || signal?.aborted) throw error;
      await wait(waitMs);
    }
  }
  return call();
}

function isPassing(error: unknown): boolean {
  if (error instanceof ApiProblem) return PASSING.has(error.status);
  // `fetch` throws a TypeError when the connection broke, and a TimeoutError when there was no answer in time.
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
}

/**
 * The code of the API's problem (the last part of its `type`), or the code of the wrong field if there is one, and
 * the message.
 */
export function problemOf(error: ApiProblem): { readonly code: string; readonly detail: string } {
  const problem = (typeof error.problem === 'object' && error.problem !== null ? error.problem : {}) as {
    readonly type?: unknown;
    readonly title?: unknown;
    readonly detail?: unknown;
    readonly errors?: readonly { readonly code?: unknown; readonly detail?: unknown }[];
  };
  const last = typeof problem.type === 'string' ? problem.type.split(/[/#:]/).at(-1) : undefined;
  const field = Array.isArray(problem.errors) ? problem.errors[0] : undefined;
  const code = [last || `http-${error.status}`, field?.code].filter(
    (part, at, all) => part && all.indexOf(part) === at,
  );
  return {
    code: code.join('/'),
    detail: String(field?.detail ?? problem.detail ?? problem.title ?? `answered ${error.status}`),
  };
}
