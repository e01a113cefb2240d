import * as z from 'zod';
import { currencySchema } from '../../shared/kernel/currency.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { givenCountrySchema } from '../../shared/kernel/places/given-country.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { noCashFor, withCash } from '../../shared/payment/cash/index.ts';
import { offersFor, offersView, offersViewSchema } from '../../shared/payment/index.ts';
import { paymentMethodsDeps } from '../../shared/runtime/deps/payment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '1-quote/get-payment-methods',
  summary: 'Payment methods on offer, in order, and why others are not',
  query: z.strictObject({
    country: givenCountrySchema,
    currency: currencySchema,
    /** In minor units. Zero: the one method of an order of which nothing is to be paid. */
    amount: wholeNumberSchema(0, 1_000_000_000),
    /** Codes of the Harmonised System, with commas between: methods that refuse such goods are not offered. */
    goods: z
      .string()
      .max(700)
      .regex(/^\d{2,6}(,\d{2,6})*$/, 'two to six digits, with commas between')
      .optional()
      .meta({ description: 'HS codes of the goods, with commas between', example: '610910,640399' }),
    /** Of the plan: a carrier collects cash by some services only, and not where it collects duty and tax. */
    lanes: z
      .string()
      .max(700)
      .regex(/^[a-z0-9-]+:[a-z0-9-]+(,[a-z0-9-]+:[a-z0-9-]+)*$/, 'carrier:service, with commas between')
      .optional()
      .meta({
        description: 'Carrier and service of each parcel, as the quote names them, with commas between',
        example: 'my-carrier:standard',
      }),
    incoterm: z.enum(['DDP', 'DAP']).default('DDP').meta({ description: 'As the quote names it' }),
  }),
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
  async (
    { query: { country, currency, amount, goods, lanes = '', incoterm } },
    { catalogue, clock, usableProviders, cashCarriers },
  ) => {
    const [seller, providers] = await Promise.all([catalogue.seller(), usableProviders()]);
    const query = { country, currency, amountMinor: amount, today: toInstant(clock()).slice(0, 10) };
    const consignments = [...lanes.matchAll(/([^:,]+):([^,]+)/g)].map(([, carrier = '', service = '']) => ({
      ...{ carrier, service },
    }));
    const noCash = noCashFor({ incoterm, consignments }, cashCarriers);
    const offers = offersFor(
      withCash(providers, seller?.payment),
      { ...query, ...defined({ goods: goods?.split(','), noCash }) },
      seller?.payment,
    );
    return { status: 200, body: offersView(offers) };
  },
);
