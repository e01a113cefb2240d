import * as z from 'zod';
import { currencySchema } from '../../shared/kernel/currency.ts';
import { givenCountrySchema } from '../../shared/kernel/places/given-country.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { paymentMethods } from '../../shared/payment/index.ts';
import { paymentMethodsDeps } from '../../shared/runtime/deps/payment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '1-quote/get-payment-methods',
  summary: 'Payment methods on offer, in order',
  query: z.strictObject({
    country: givenCountrySchema,
    currency: currencySchema,
    /** In minor units. Zero: the one method of an order of which nothing is to be paid. */
    amount: wholeNumberSchema(0, 1_000_000_000),
  }),
  answers: {
    200: {
      description: 'The methods on offer there for that amount',
      schema: z
        .strictObject({
          methods: z.array(
            z
              .strictObject({
                method: z.string().meta({ description: 'The method that an order names', example: 'card' }),
                provider: z
                  .string()
                  .meta({ description: 'The provider that takes the money', example: 'my-provider' }),
              })
              .meta({ id: 'PaymentMethod' }),
          ),
        })
        .meta({ id: 'PaymentMethods' }),
    },
  },
  problems: [422],
});

export const handler = http(
  contract,
  paymentMethodsDeps,
  async ({ query: { country, currency, amount } }, { catalogue, usableProviders }) => {
    const [seller, providers] = await Promise.all([catalogue.seller(), usableProviders()]);
    const choice = seller?.payment;
    const offered = paymentMethods(providers, { country, currency, amountMinor: amount }, choice);
    return { status: 200, body: { methods: offered.map(({ method, provider }) => ({ method, provider })) } };
  },
);
