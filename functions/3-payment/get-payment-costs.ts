import { toInstant } from '../../shared/kernel/time.ts';
import { costsView, costsViewSchema, offersAskedFor, offersQuerySchema } from '../../shared/payment/index.ts';
import { choiceOf, paymentMethodsDeps } from '../../shared/runtime/deps/payment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '3-payment/get-payment-costs',
  summary: 'Payment methods on offer with what the provider is expected to keep, and their licences',
  query: offersQuerySchema,
  answers: {
    200: {
      description: 'The methods as the storefront gets them, with fees and licences',
      schema: costsViewSchema,
    },
  },
  problems: [422],
});

export const handler = http(
  contract,
  paymentMethodsDeps,
  async ({ query }, { catalogue, clock, usableProviders, cashCarriers }) => {
    const [seller, providers] = await Promise.all([catalogue.seller(), usableProviders()]);
    const today = toInstant(clock()).slice(0, 10);
    const offers = offersAskedFor(query, { providers, choice: choiceOf(seller), cashCarriers, today });
    return { status: 200, body: costsView(offers) };
  },
);
