import * as z from 'zod';
import { countrySchema } from '../kernel/country.ts';
import { currencySchema } from '../kernel/currency.ts';
import { instantSchema } from '../kernel/time.ts';

/** The schemes whose returns are made of entries: imports up to EUR 150, and sales between member states. */
export const taxSchemes = ['ioss', 'oss'] as const;
export type TaxScheme = (typeof taxSchemes)[number];

const amountSchema = z.strictObject({ amountMinor: z.int(), currency: currencySchema });

const taxedAmountSchema = z.strictObject({
  /** The member state of consumption, to which the tax is owed. */
  memberState: countrySchema,
  /** From where the goods leave. */
  dispatchedFrom: countrySchema,
  /** Percentage as a decimal string: `"19"`. */
  rate: z.string(),
  /** In the currency that the order was charged in; negative where a sale is taken back. */
  taxable: amountSchema,
  tax: amountSchema,
});

/** The taxable amount and the tax of one member state, place of dispatch and rate. */
export type TaxedAmount = z.infer<typeof taxedAmountSchema>;

export const taxEntrySchema = z.strictObject({
  scheme: z.enum(taxSchemes),
  orderId: z.string(),
  /** The fact that brought it about: with the scheme it names the entry, of which there is one. */
  factSequence: z.int(),
  /** A sale whose payment was accepted, or what became of its tax since. */
  kind: z.enum(['sale', 'correction']),
  /** When the fact was written down: the entry belongs to the period that this is in. UTC. */
  enteredAt: instantSchema,
  /** When the tax of the sale became chargeable: the period that a correction is of. UTC. */
  chargeableAt: instantSchema,
  amounts: z.array(taxedAmountSchema).min(1),
});

/** What one fact of an order adds to the return of a scheme, or takes back. */
export type TaxEntry = z.infer<typeof taxEntrySchema>;
