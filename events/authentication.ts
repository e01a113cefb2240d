import * as z from 'zod';

/**
 * The exemptions from strong customer authentication that a payment at a distance can have: Delegated Regulation (EU)
 * 2018/389, articles 13 (trusted beneficiary), 14 (recurring), 16 (low value), 17 (corporate), 18 (low risk).
 */
const exemptionSchema = z.enum(['trusted-beneficiary', 'recurring', 'low-value', 'corporate', 'low-risk']);

/**
 * How the provider says that the shopper was authenticated. `wallet`: a token of the phone, which the shopper unlocked;
 * the token itself is never kept. `eci`: the card scheme's electronic commerce indicator. `attempted`: the card's bank
 * took no part in 3-D Secure, and its scheme recorded the attempt, so that the bank bears a fraud. `out-of-scope`: the
 * payer's bank or the shop's is outside the area, so that the rule does not apply to the payment.
 */
export const authenticationSchema = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('authenticated'),
      by: z.enum(['3-d-secure', 'wallet', 'provider']),
      eci: z
        .string()
        .regex(/^\d{2}$/)
        .optional(),
    }),
    z.strictObject({
      outcome: z.literal('exempted'),
      exemption: exemptionSchema,
      eci: z
        .string()
        .regex(/^\d{2}$/)
        .optional(),
    }),
    z.strictObject({
      outcome: z.literal('attempted'),
      eci: z
        .string()
        .regex(/^\d{2}$/)
        .optional(),
    }),
    z.strictObject({ outcome: z.literal('out-of-scope') }),
    z.strictObject({ outcome: z.literal('not-authenticated') }),
  ])
  .meta({ id: 'Authentication' });

export type Authentication = z.infer<typeof authenticationSchema>;
