import type { z } from 'zod';
import type { FunctionId } from '../../events/triggers.ts';
import type { Problem } from '../kernel/problem.ts';

/** One route as callers see it: its request and its answer. OpenAPI is generated from these. */
export interface HttpContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly id: FunctionId;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Whether the Idempotency-Key header is required. */
  readonly idempotent?: true;
  /** Whether the guest's order token is read from the Authorization header. */
  readonly orderToken?: true;
  /**
   * Whether the answer has the version of what is stored as `ETag`. A route that writes then takes `If-Match`, and
   * refuses with 412 what another operator changed meanwhile.
   */
  readonly versioned?: true;
  readonly answers: Readonly<Record<number, ContractAnswer>>;
  /**
   * Whether a token that is limited to one storefront may call it. It then answers with that storefront's data only.
   */
  readonly readByStorefronts?: true;
  /** Statuses of its problems, besides those that every route has. */
  readonly problems?: readonly number[];
}

/** A route's operation for given path parameters, if each has a contract of its own. */
export interface Operation {
  readonly params: Readonly<Record<string, string>>;
  readonly contract: HttpContract;
  /** Its refusals, besides those that any route has. */
  readonly refusals?: readonly Problem[];
}

interface ContractAnswer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Whether `Accept: text/csv` is answered with comma-separated values. */
  readonly csv?: true;
  /** Whether the answer is a PDF, and nothing else. */
  readonly pdf?: true;
  /** Whether `Accept: text/html` is answered with a page. */
  readonly html?: true;
}

export function defineContract<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  contract: HttpContract<Params, Query, Body>,
): HttpContract<Params, Query, Body> {
  return contract;
}
