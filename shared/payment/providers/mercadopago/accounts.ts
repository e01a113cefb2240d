import * as z from 'zod';
import { baseUrlSchema, PartnerRefused } from '../../../partners/partner-answer.ts';
import { PartnerNotSetUp } from '../../../partners/plug-in.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { webhookSecretsSchema } from '../../../partners/webhook-signatures/index.ts';

/** An account takes the money of one country. So a merchant has one for each, and each has its own access token. */
const accountSchema = z.strictObject({
  country: z.enum(['BR', 'MX']),
  /** The number of the account: the last part of its access token, and `user_id` of its notifications. */
  userId: z.string().regex(/^\d{1,20}$/, 'digits'),
  accessToken: secretTextSchema,
});

export const settingsSchema = z.strictObject({
  accounts: z
    .array(accountSchema)
    .min(1)
    .refine((all) => new Set(all.map(({ country }) => country)).size === all.length, 'one account a country'),
  /** The secret signatures of the applications of all accounts. */
  webhookSecrets: webhookSecretsSchema,
  baseUrl: baseUrlSchema.default('https://api.mercadopago.com'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Account = z.infer<typeof accountSchema>;

/** The account of a country. Throws {@link PartnerNotSetUp}. */
export function accountIn({ accounts }: Settings, country: string): Account {
  const found = accounts.find((account) => account.country === country);
  if (found === undefined) throw new PartnerNotSetUp(`mercadopago has no account in ${country} here`);
  return found;
}

/** Payments are numbered by account. So our reference of one names the country of its account, as `BR-1234567890`. */
export const referenceOf = ({ country }: Account, id: string | number): string => `${country}-${id}`;

/** The account and the number of a payment with this reference. */
export function readReference(
  settings: Settings,
  reference: string,
): { readonly account: Account; readonly id: string } {
  const [, country = '', id = ''] = /^([A-Z]{2})-(\d+)$/.exec(reference) ?? [];
  if (id === '') throw new PartnerRefused('mercadopago', 404, 'a reference of another provider');
  return { account: accountIn(settings, country), id };
}
