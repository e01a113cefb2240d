/** An answer of the API that is no success, with its problem details as they came. */
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
}

/** Calls the public API as any client does. */
export interface ApiClient {
  /** The parsed JSON body; throws {@link ApiProblem} on 4xx and 5xx. */
  call<T>(call: Call): Promise<T>;
}

/** A client of the API at `baseUrl`; `headers` go with every call. */
export function createApiClient(baseUrl: string, headers: Readonly<Record<string, string>> = {}): ApiClient {
  return {
    async call<T>({ method, path, headers: own = {}, body }: Call): Promise<T> {
      const response = await fetch(new URL(path, baseUrl), {
        method,
        headers: {
          ...headers,
          ...own,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(35_000),
      });
      const text = await response.text();
      const parsed: unknown = text === '' ? undefined : JSON.parse(text);
      if (!response.ok) throw new ApiProblem(`${method} ${path}`, response.status, parsed);
      return parsed as T;
    },
  };
}
