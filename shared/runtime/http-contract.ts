import type { z } from 'zod';
import type { FunctionId } from '../../events/triggers.ts';
import type { Problem } from '../kernel/problem.ts';

/** One route as callers see it: what is sent, what comes back. OpenAPI is generated from these. */
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
  readonly answers: Readonly<Record<number, ContractAnswer>>;
  /** Statuses of problems that it answers besides those that every route does. */
  readonly problems?: readonly number[];
}

/** What a route does for given values of its path's parameters, where each has a contract of its own. */
export interface Operation {
  readonly params: Readonly<Record<string, string>>;
  readonly contract: HttpContract;
  /** What it refuses with, besides what any route does. */
  readonly refusals?: readonly Problem[];
}

export interface ContractAnswer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Whether `Accept: text/csv` is answered by comma-separated values. */
  readonly csv?: true;
}

export function defineContract<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  contract: HttpContract<Params, Query, Body>,
): HttpContract<Params, Query, Body> {
  return contract;
}
