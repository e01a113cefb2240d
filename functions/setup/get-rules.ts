import * as z from 'zod';
import { regimeFor } from '../../shared/duties/index.ts';
import { holdsOn, needsReview } from '../../shared/duties/rule-book.ts';
import { ruleSchema } from '../../shared/duties/rules/schema.ts';
import { givenCountrySchema } from '../../shared/kernel/places/given-country.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema, toInstant } from '../../shared/kernel/time.ts';
import { calendarDateIn } from '../../shared/kernel/zoned-time.ts';
import { rulesDeps } from '../../shared/runtime/deps/duties.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/get-rules',
  summary: 'The trade rules of a destination on a date, and which of them a person has to confirm',
  query: z.strictObject({
    destination: givenCountrySchema,
    /** If absent, today in the destination. */
    date: calendarDateSchema.optional(),
  }),
  answers: {
    200: {
      description: 'Every rule in force, with its law and its provenance',
      schema: z
        .strictObject({
          version: z.string(),
          regime: z.string(),
          date: calendarDateSchema,
          rules: z.array(
            z.strictObject({ needsReview: z.boolean(), rule: ruleSchema }).meta({ id: 'RuleInForce' }),
          ),
        })
        .meta({ id: 'RulesInForce' }),
    },
  },
  problems: [404],
});

export const handler = http(contract, rulesDeps, async ({ query }, { books, clock }) => {
  const { destination } = query;
  const regime = regimeFor(destination);
  if (regime === undefined) throw new ProblemError(notFound('regime'));
  const date = query.date ?? calendarDateIn(regime.timeZone, toInstant(clock()));
  const { version, rowsOf } = await books.current();
  const rules = rowsOf(regime.code)
    .filter((row) => holdsOn(row, date))
    .filter((row) => row.destinations === undefined || row.destinations.includes(destination))
    .map((rule) => ({ needsReview: needsReview(rule), rule }));
  return { status: 200, body: { version, regime: regime.code, date, rules } };
});
