import * as z from 'zod';

const count = z.int().min(1).max(1_000_000);

/**
 * What may wait unpaid at a time. The publishable key of a storefront is public, so that these are
 * all that keeps a stranger from holding the goods of the whole shop. A client is a network address; a shopper is an
 * e-mail address, or an address of delivery at one client. `defaultCallerLimits` has the defaults.
 */
export const callerLimitsSchema = z
  .strictObject({
    /** The most units of one SKU in a basket. */
    unitsOfOneSku: count.optional(),
    unpaidOrdersOfStorefront: count.optional(),
    /**
     * Where a server of the shop orders for all of its shoppers, it is one client. Set more than 100 there: then
     * clients are not distinguished.
     */
    unpaidOrdersOfClient: count.optional(),
    /** The most units in all unpaid orders of a client; its only unpaid order may have more. */
    unpaidUnitsOfClient: count.optional(),
    /**
     * The part of a SKU that one client holds unpaid, in percent of what can be sold when its quote is made. It may
     * always hold as many units as a basket may have (`unitsOfOneSku`).
     */
    unpaidShareOfSku: z.int().min(1).max(100).optional(),
    /**
     * The part of a SKU that all unpaid orders of one storefront hold, in percent of what can be sold when a quote is
     * made; at least as many units as a basket may have. Absent: there is no such limit.
     */
    unpaidShareOfSkuOfStorefront: z.int().min(1).max(100).optional(),
    unpaidOrdersOfShopper: count.optional(),
    /** Orders of which nothing is to be paid, in a day: no payment ends their count. */
    freeOrdersOfStorefront: count.optional(),
    /** More than 100: clients are not distinguished. */
    freeOrdersOfClient: count.optional(),
    freeOrdersOfShopper: count.optional(),
    /** The most units in one order of which nothing is to be paid. */
    freeUnitsOfOrder: count.optional(),
    /**
     * Orders of cash on delivery that are open, or of which a parcel was refused in the last 90 days, by e-mail address
     * and by telephone number.
     */
    cashOrdersOfShopper: count.optional(),
    heldSlotsOfStorefront: count.optional(),
    heldSlotsOfClient: count.optional(),
    /**
     * How long an order holds its stock, in minutes, before the shopper has begun to pay. Then it is held as long as
     * the method takes.
     */
    firstReservationMinutes: z
      .int()
      .min(1)
      .max(24 * 60)
      .optional(),
  })
  .meta({ id: 'CallerLimits' });

type GivenLimits = z.infer<typeof callerLimitsSchema>;
/** A limit without a default holds only where the seller sets it. */
type WithoutDefault = 'unpaidShareOfSkuOfStorefront';

export type CallerLimits = { readonly [Name in Exclude<keyof GivenLimits, WithoutDefault>]-?: number } & {
  readonly [Name in WithoutDefault]?: number;
};

/** They suit a shop with some orders a minute whose shoppers call from their own browsers. */
const defaultCallerLimits: CallerLimits = {
  unitsOfOneSku: 20,
  unpaidOrdersOfStorefront: 1_000,
  // Thousands of phones share an address of a mobile carrier, but few of them are between order and payment at once.
  unpaidOrdersOfClient: 50,
  unpaidUnitsOfClient: 100,
  unpaidShareOfSku: 10,
  unpaidOrdersOfShopper: 5,
  freeOrdersOfStorefront: 100,
  freeOrdersOfClient: 5,
  freeOrdersOfShopper: 1,
  freeUnitsOfOrder: 5,
  cashOrdersOfShopper: 3,
  heldSlotsOfStorefront: 500,
  heldSlotsOfClient: 5,
  firstReservationMinutes: 10,
};

/** The seller's limits, with the defaults for those that are not set. */
export const callerLimitsOf = (
  seller: { readonly callerLimits?: GivenLimits | undefined } | undefined,
): CallerLimits => ({
  ...defaultCallerLimits,
  ...Object.fromEntries(
    Object.entries(seller?.callerLimits ?? {}).filter(([, limit]) => limit !== undefined),
  ),
});
