import { sellerSchema } from '../../shared/catalogue/index.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/put-seller',
  summary: "Store the merchant's registrations",
  body: sellerSchema,
  answers: { 200: { description: 'The registrations as stored', schema: sellerSchema } },
});

export const handler = http(contract, catalogueDeps, async ({ body }, { catalogue }) => {
  await catalogue.putSeller(body);
  return { status: 200, body };
});
