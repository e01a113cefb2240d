import { setTimeout as wait } from 'node:timers/promises';

/** An answer of the API with an error status, and the problem details in it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly problem: unknown;

  constructor(call: string, status: number, problem: unknown) {
    super(`${call} answered ${status}: ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `bytes`: the answer is a file, given as it is. */
  readonly answer?: 'bytes';
}

/** A client that calls the public API. */
export interface ApiClient {
  /** Gives the parsed JSON body, or bytes where these are asked for. Throws {@link ApiProblem} on 4xx and 5xx. */
  call<T>(call: Call): Promise<T>;
}

/** How often a call is tried when there is no answer, or an answer with 5xx. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 100;

/**
 * A client of the API at `baseUrl`, which may have a path. It sends `headers` with every call. It repeats a call
 * without an answer, because every write of the API is safe to repeat under its key.
 */
export function createApiClient(baseUrl: string, headers: Readonly<Record<string, string>> = {}): ApiClient {
  return {
    async call<T>(call: Call): Promise<T> {
      for (let tries = 1; ; tries += 1) {
        try {
          return await callOnce<T>(baseUrl, headers, call);
        } catch (error) {
          const isRefusal = error instanceof ApiProblem && error.status < 500;
          if (isRefusal || tries === MAX_TRIES) throw error;
          await wait(FIRST_PAUSE_MS * 2 ** (tries - 1));
        }
      }
    },
  };
}

async function callOnce<T>(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  { method, path, headers: own = {}, body, answer }: Call,
): Promise<T> {
  const response = await fetch(baseUrl.replace(/\/+$/, '') + path, {
    method,
    headers: { ...headers, ...own, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(35_000),
  });
  if (response.ok && answer === 'bytes') return new Uint8Array(await response.arrayBuffer()) as T;
  const text = await response.text();
  const parsed = parse(text);
  if (response.ok && parsed === NO_JSON)
    throw new Error(
      `${baseUrl} is not the address of an Entrepot API: ${method} ${path} did not answer in JSON`,
    );
  if (!response.ok)
    throw new ApiProblem(
      `${method} ${path}`,
      response.status,
      parsed === NO_JSON ? text.slice(0, 200) : parsed,
    );
  return parsed as T;
}

const NO_JSON = Symbol('no JSON');

/** The JSON of a body; undefined for an empty one. A page of a proxy or of another server is no JSON. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}
