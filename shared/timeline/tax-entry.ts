import * as z from 'zod';
import { countrySchema } from '../kernel/country.ts';
import { currencySchema } from '../kernel/currency.ts';
import { instantSchema } from '../kernel/time.ts';

/** The schemes whose returns are built from entries: imports up to EUR 150, and sales between member states. */
export const taxSchemes = ['ioss', 'oss'] as const;
export type TaxScheme = (typeof taxSchemes)[number];

const amountSchema = z.strictObject({ amountMinor: z.int(), currency: currencySchema });

const taxedAmountSchema = z.strictObject({
  /** The member state of consumption, which the tax is owed to. */
  memberState: countrySchema,
  /** The place of dispatch. */
  dispatchedFrom: countrySchema,
  /** Percentage as a decimal string: `"19"`. */
  rate: z.string(),
  /** In the currency of the order; negative where a sale is reversed. */
  taxable: amountSchema,
  tax: amountSchema,
});

/** The taxable amount and the tax of one member state, place of dispatch and rate. */
export type TaxedAmount = z.infer<typeof taxedAmountSchema>;

export const taxEntrySchema = z.strictObject({
  scheme: z.enum(taxSchemes),
  orderId: z.string(),
  /** The fact that caused the entry. Together with the scheme it identifies the entry. */
  factSequence: z.int(),
  /** A sale whose payment was accepted, or a later change of its tax. */
  kind: z.enum(['sale', 'correction']),
  /** When the fact was recorded: the entry belongs to the period of this instant. UTC. */
  enteredAt: instantSchema,
  /** When the tax of the sale became chargeable: a correction concerns the period of this instant. UTC. */
  chargeableAt: instantSchema,
  amounts: z.array(taxedAmountSchema).min(1),
});

/** What one fact of an order adds to the return of a scheme, or subtracts from it. */
export type TaxEntry = z.infer<typeof taxEntrySchema>;
