import { exchangeRatesSchema } from '../../shared/quote/index.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { catalogueWorld } from '../../shared/runtime/worlds/catalogue-world.ts';

export const contract = defineContract({
  id: 'catalogue/put-exchange-rates',
  summary: 'Store the exchange rates that new quotes lock',
  body: exchangeRatesSchema,
  answers: { 200: { description: 'The rates as stored', schema: exchangeRatesSchema } },
});

export const handler = http(contract, catalogueWorld, async ({ body }, { rates }) => {
  await rates.put(body);
  return { status: 200, body };
});
