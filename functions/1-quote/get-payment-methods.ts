import { toInstant } from '../../shared/kernel/time.ts';
import {
  offersAskedFor,
  offersQuerySchema,
  offersView,
  offersViewSchema,
} from '../../shared/payment/index.ts';
import { paymentMethodsDeps } from '../../shared/runtime/deps/payment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '1-quote/get-payment-methods',
  summary: 'Payment methods on offer, in order, and why others are not',
  query: offersQuerySchema,
  answers: {
    200: {
      description: 'The methods on offer there for that amount',
      schema: offersViewSchema,
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
    const offers = offersAskedFor(query, { providers, choice: seller?.payment, cashCarriers, today });
    return { status: 200, body: offersView(offers) };
  },
);
