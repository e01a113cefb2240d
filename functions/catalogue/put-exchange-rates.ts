import { ProblemError } from '../../shared/kernel/problem.ts';
import { dayMs, later, toInstant } from '../../shared/kernel/time.ts';
import { exchangeRatesSchema } from '../../shared/quote/index.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { catalogueWorld } from '../../shared/runtime/worlds/catalogue-world.ts';

export const contract = defineContract({
  id: 'catalogue/put-exchange-rates',
  summary: "Store exchange rates: the day's, which new quotes lock, or a month's, which customs values use",
  body: exchangeRatesSchema,
  answers: { 200: { description: 'The rates as stored', schema: exchangeRatesSchema } },
});

export const handler = http(contract, catalogueWorld, async ({ body }, { rates, clock }) => {
  // Daily rates are kept by their day: one that is yet to come would stay the latest until it came.
  if (body.month === undefined && body.date > later(toInstant(clock()), dayMs).slice(0, 10)) {
    const detail = `rates of ${body.date} can't be published yet`;
    throw new ProblemError({
      status: 422,
      code: 'invalid-input',
      title: 'Invalid input',
      detail,
      errors: [{ pointer: '/date', code: 'in-the-future', detail }],
    });
  }
  await rates.put(body);
  return { status: 200, body };
});
