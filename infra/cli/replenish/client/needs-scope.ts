import { type ApiClient, ApiProblem } from '../../client/api-client.ts';

/** The member `detail` of a problem, where the answer has one. */
const detailOf = (problem: unknown): string | undefined => {
  const detail: unknown = Object(problem).detail;
  return typeof detail === 'string' ? detail : undefined;
};

/**
 * The same client, whose errors can be shown to the user: one for a token that is wrong or lacks `scope`, and the
 * detail of a problem that the caller does not expect.
 */
export function withScope(client: ApiClient, scope: string): ApiClient {
  return {
    async call<T>(call: Parameters<ApiClient['call']>[0]): Promise<T> {
      try {
        return await client.call<T>(call);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        if (error.status === 401) throw new Error(`the backend does not take the token: it needs ${scope}`);
        if (error.status === 403) throw new Error(`the token may not do this: it needs ${scope}`);
        throw error;
      }
    },
  };
}

/** The code of a refusal, and what it says; undefined for anything else. */
export function refusalOf(
  error: unknown,
): { readonly status: number; readonly code: string; readonly detail: string } | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const type: unknown = Object(error.problem).type;
  return {
    // The type of a problem is an address that ends in its code.
    ...{ status: error.status, code: typeof type === 'string' ? (type.split('/').at(-1) ?? '') : '' },
    detail: detailOf(error.problem) ?? error.message,
  };
}
