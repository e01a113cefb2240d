import { sellerSchema } from '../../shared/catalogue/index.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { versionOf } from '../../shared/kernel/version.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/get-seller',
  summary: "The merchant's registrations and settings as they are stored",
  versioned: true,
  answers: { 200: { description: 'The registrations', schema: sellerSchema } },
  problems: [404],
});

export const handler = http(contract, catalogueDeps, async (_request, { catalogue }) => {
  const seller = await catalogue.sellerNow();
  if (seller === undefined) throw new ProblemError(notFound('seller yet'));
  return { status: 200, body: seller, headers: { etag: versionOf(seller) } };
});
