import type * as z from 'zod';
import type { Problem } from '../kernel/problem.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { ReportSources } from './report-sources.ts';

/** A report as its own file defines it. */
export interface ReportDefinition<
  Query extends z.ZodObject,
  Answer extends z.ZodType,
  Refusal extends string,
> {
  /** The last part of its address: `GET /v1/admin/reports/{name}`. Kebab-case. */
  readonly name: string;
  /** One line for the contract. */
  readonly summary: string;
  /** What the answer contains, and in which unit. */
  readonly shows: string;
  /** The query parameters; a strict object, so that a parameter that the report does not have is refused. */
  readonly query: Query;
  /** The answer as JSON. It becomes a component of the contract: name it with `meta({ id })`. */
  readonly answer: Answer;
  /** The problem for each reason that `make` refuses with. */
  readonly refusals: Readonly<Record<Refusal, Problem>>;
  /** Computes the report from the sources. An expected refusal is a value, anything else throws. */
  readonly make: (query: z.infer<Query>, sources: ReportSources) => Promise<Result<z.infer<Answer>, Refusal>>;
  /** The same figures as comma-separated values (RFC 4180), for a caller that accepts `text/csv`. */
  readonly csv?: (made: z.infer<Answer>) => string;
}

/** A finished report; `csv` writes the same figures as comma-separated values, if the report offers them. */
interface MadeReport {
  readonly answer: unknown;
  readonly csv?: () => string;
}

/** A report, as the registry holds it. */
export interface Report {
  readonly name: string;
  readonly summary: string;
  readonly shows: string;
  readonly query: z.ZodObject;
  readonly answer: z.ZodType;
  /** Its refusals, besides 422 for a wrong query. */
  readonly refusals: readonly Problem[];
  readonly offersCsv: boolean;
  /** Reads the query. The result makes the report once it is given the sources. */
  readonly prepare: (query: unknown) => Result<PreparedReport, z.core.$ZodError>;
}

type PreparedReport = (sources: ReportSources) => Promise<Result<MadeReport, Problem>>;

/**
 * Makes a report from its definition. It hides the definition's types, so that one registry holds reports of any shape.
 */
export function defineReport<Query extends z.ZodObject, Answer extends z.ZodType, Refusal extends string>(
  definition: ReportDefinition<Query, Answer, Refusal>,
): Report {
  const { name, summary, shows, query, answer, refusals, csv } = definition;
  const prepared =
    (parsed: z.infer<Query>): PreparedReport =>
    async (sources) => {
      const made = await definition.make(parsed, sources);
      if (!made.ok) return refused(refusals[made.error]);
      return ok({ answer: made.value, ...(csv === undefined ? {} : { csv: () => csv(made.value) }) });
    };
  return {
    name,
    summary,
    shows,
    query,
    answer,
    refusals: Object.values<Problem>(refusals),
    offersCsv: csv !== undefined,
    prepare: (given) => {
      const parsed = query.safeParse(given);
      return parsed.success ? ok(prepared(parsed.data)) : refused(parsed.error);
    },
  };
}
