import { ApiError, type Schema } from './client.ts';

/** Something that is stored, with the version that a change names in `If-Match`. */
export interface Versioned<Value> {
  readonly value: Value;
  readonly version: string;
}

interface Answered<Value> {
  readonly data?: Value | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** What is stored, with its version. Throws {@link ApiError} for a refusal, and what `fetch` throws if none came. */
export async function versionedOf<Value>(call: Promise<Answered<Value>>): Promise<Versioned<Value>> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined)
    throw new ApiError(response.status, (error ?? {}) as Partial<Schema<'Problem'>>);
  return { value: data, version: response.headers.get('etag') ?? '*' };
}
