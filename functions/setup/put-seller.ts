import { sellerBodySchema, sellerSchema } from '../../shared/catalogue/index.ts';
import { brokers } from '../../shared/customs/brokers/index.ts';
import { otherVersion, ProblemError } from '../../shared/kernel/problem.ts';
import { cashOffer } from '../../shared/payment/cash/index.ts';
import { providerOffers } from '../../shared/payment/providers/offers.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const bodySchema = sellerBodySchema({
  brokers: brokers.map(({ code }) => code),
  paymentProviders: [...providerOffers, cashOffer].map(({ code, methods }) => ({
    code,
    methods: methods.map(({ method }) => method),
  })),
});

export const contract = defineContract({
  id: 'setup/put-seller',
  summary: "Store the merchant's registrations",
  body: bodySchema,
  versioned: true,
  answers: { 200: { description: 'The registrations as stored', schema: sellerSchema } },
  problems: [412],
});

export const handler = http(contract, catalogueDeps, async ({ body, ifMatch }, { catalogue }) => {
  const etag = await catalogue.putSeller(body, ifMatch);
  if (etag === undefined) throw new ProblemError(otherVersion);
  return { status: 200, body, headers: { etag } };
});
