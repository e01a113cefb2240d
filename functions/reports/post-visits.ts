import { visitsDeps } from '../../shared/runtime/deps/visits.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { keepVisit } from '../../shared/runtime/keep-visit.ts';
import { visitRequestSchema } from '../../shared/visits/index.ts';

export const contract = defineContract({
  id: 'reports/post-visits',
  summary: 'Report what a shopper looked at and put into the cart',
  body: visitRequestSchema,
  answers: { 202: { description: 'Kept for the reports; no order and no stock depends on it' } },
  problems: [422, 429, 503],
});

export const handler = http(contract, visitsDeps, async ({ body, caller }, deps) => {
  const { storefrontId = '', network: client } = caller;
  await keepVisit(deps, body, { storefrontId, client });
  return { status: 202 };
});
