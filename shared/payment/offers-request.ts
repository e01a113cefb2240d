import * as z from 'zod';
import { currencySchema } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { type CalendarDate, calendarDateSchema } from '../kernel/time.ts';
import { wholeNumberSchema } from '../kernel/whole-number.ts';
import { withCash } from './cash/cash-offer.ts';
import { type CashCarriers, noCashFor } from './cash/no-cash.ts';
import { type Offer, type OfferingProvider, offersFor, type PaymentChoice } from './offers.ts';

/** What a shop or an operator says of a payment, to learn which methods are on offer. */
export const offersQuerySchema = z.strictObject({
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
  sentFrom: calendarDateSchema.optional().meta({
    description: 'Presale: the day in UTC on which the last of the goods may leave, as the quote has it',
    example: '2027-01-15',
  }),
  incoterm: z.enum(['DDP', 'DAP']).default('DDP').meta({ description: 'As the quote names it' }),
});

interface Shop {
  readonly providers: readonly OfferingProvider[];
  readonly choice: PaymentChoice | undefined;
  readonly cashCarriers: CashCarriers;
  /** The day in UTC. */
  readonly today: CalendarDate;
}

/** The offers for what was asked, of these providers and of carriers that collect cash. */
export function offersAskedFor(
  { country, currency, amount, goods, lanes = '', sentFrom, incoterm }: z.infer<typeof offersQuerySchema>,
  { providers, choice, cashCarriers, today }: Shop,
): Offer[] {
  const consignments = [...lanes.matchAll(/([^:,]+):([^,]+)/g)].map(([, carrier = '', service = '']) => ({
    ...{ carrier, service },
  }));
  const noCash = noCashFor({ incoterm, consignments }, cashCarriers);
  return offersFor(
    withCash(providers, choice),
    {
      ...{ country, currency, amountMinor: amount, today },
      ...defined({ goods: goods?.split(','), noCash, sentFrom }),
    },
    choice,
  );
}
