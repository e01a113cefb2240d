import * as z from 'zod';
import { cursorAt, placeIn } from '../../shared/kernel/cursor.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { exchangeRatesSchema, rateKinds } from '../../shared/rates/index.ts';
import { ratesReadDeps } from '../../shared/runtime/deps/rates-read.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

/** A day, or a month. */
const PERIOD = /^\d{4}-\d\d(-\d\d)?$/;

export const contract = defineContract({
  id: 'setup/get-exchange-rates',
  summary: 'Exchange rates as they are stored, the newest first',
  query: z.strictObject({
    kind: z.enum(rateKinds).default('daily'),
    limit: wholeNumberSchema(1, 100).default(10),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description:
        'A page of tables of one kind; `cursor` leads to the next. New quotes lock the first daily one, until it ' +
        'expires. Additional rates are one table for each currency',
      schema: z
        .strictObject({ tables: z.array(exchangeRatesSchema), cursor: z.string().optional() })
        .meta({ id: 'ExchangeRatesPage' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, ratesReadDeps, async ({ query }, { ratesPage }) => {
  const after = query.cursor === undefined ? undefined : placeIn(query.cursor, PERIOD);
  if (query.cursor !== undefined && after === undefined)
    throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const { tables, last } = await ratesPage(query.kind, { limit: query.limit, after });
  return {
    status: 200,
    body: { tables, ...defined({ cursor: last === undefined ? undefined : cursorAt(last) }) },
  };
});
