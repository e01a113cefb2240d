import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { areYetToCome, exchangeRatesBodySchema, exchangeRatesSchema } from '../../shared/rates/index.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/put-exchange-rates',
  summary: "Store exchange rates: the day's, which new quotes lock, or a month's, which customs values use",
  body: exchangeRatesBodySchema,
  answers: { 200: { description: 'The rates as stored', schema: exchangeRatesSchema } },
});

export const handler = http(contract, catalogueDeps, async ({ body }, { rates, clock }) => {
  if (areYetToCome(body, toInstant(clock()))) {
    const detail = `rates of ${body.date} can't be published yet`;
    throw new ProblemError(invalid([{ pointer: '/date', code: 'in-the-future', detail }]));
  }
  await rates.put(body);
  return { status: 200, body };
});
