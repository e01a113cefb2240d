import type { components, paths } from 'contract';
import createClient, { type Client, type Middleware } from 'openapi-fetch';

/** A shape of the contract, by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
/** The API of the backend, with the types of its contract. */
export type Api = Client<paths>;
/** A refusal: RFC 9457 from our functions, or the short message of API Gateway. */
type Refused = Partial<Schema<'Problem'>> & { readonly message?: string };

/** An answer that is no success. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Refused;

  constructor(status: number, problem: Refused) {
    super(problem.detail ?? problem.message ?? `the backend answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The API with the operator's token. `ended` is called where the token is not accepted any more. */
export function createApi(accessToken: string, ended: () => void): Api {
  const api = createClient<paths>({ baseUrl: location.origin });
  const authorise: Middleware = {
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${accessToken}`);
      return request;
    },
    onResponse({ response }) {
      if (response.status === 401) ended();
    },
  };
  api.use(authorise);
  return api;
}

interface Answered<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was asked for. Throws {@link ApiError} for a refusal; a lost connection throws what `fetch` throws. */
export async function dataOf<Data>(call: Promise<Answered<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined || data === null)
    throw new ApiError(response.status, (error ?? {}) as Refused);
  return data;
}
