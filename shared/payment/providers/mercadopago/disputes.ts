import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { zero } from '../../../kernel/money.ts';
import { fromMajorUnits } from '../../../partners/major-units.ts';
import { partnerTimeSchema } from '../../../partners/partner-answer.ts';
import type { ProviderDispute } from '../../provider.ts';
import type { MercadoPayment } from './answers.ts';

const idSchema = z.union([z.int(), z.string()]).transform(String);

/** The members of a chargeback that we read. */
export const chargebackSchema = z.object({
  id: idSchema,
  payments: z.array(idSchema).min(1),
  currency: z.string(),
  amount: z.number(),
  reason: z.string().nullish(),
  /** The decision: whether the seller keeps the money. */
  coverage_applied: z.boolean().nullish(),
  documentation_status: z.string(),
  date_documentation_deadline: partnerTimeSchema.nullish(),
});

/** Our status while nothing is decided, by what Mercado Pago has of our documents. */
const undecided: Readonly<Record<string, ProviderDispute['status']>> = {
  pending: 'evidence-due',
  review_pending: 'submitted',
  valid: 'submitted',
  invalid: 'submitted',
  not_supplied: 'submitted',
  not_applicable: 'submitted',
};

/** Translates a chargeback; undefined for a status that we don't know. The money is taken until it is decided. */
export function toChargeback(chargeback: z.infer<typeof chargebackSchema>): ProviderDispute | undefined {
  const { coverage_applied, documentation_status, date_documentation_deadline } = chargeback;
  const open = lookUp(undecided, documentation_status);
  if (open === undefined) return undefined;
  // Older cases have `false` before the decision too. It counts once the documents were judged.
  const isLost =
    coverage_applied === false && open === 'submitted' && documentation_status !== 'review_pending';
  const status = coverage_applied === true ? 'won' : isLost ? 'lost' : open;
  const amount = fromMajorUnits('mercadopago', chargeback.amount, chargeback.currency);
  return {
    ...{
      disputeId: `chargeback-${chargeback.id}`,
      status,
      amount,
      reason: chargeback.reason ?? 'chargeback',
    },
    withdrawn: status === 'won' ? zero(amount.currency) : amount,
    ...(status === 'evidence-due'
      ? defined({ evidenceDueAt: date_documentation_deadline ?? undefined })
      : {}),
  };
}

/** The members of a claim that we read. */
export const claimSchema = z.object({
  id: idSchema,
  resource: z.string(),
  resource_id: idSchema,
  status: z.string(),
  stage: z.string(),
  reason_id: z.string().nullish(),
  resolution: z.object({ benefited: z.array(z.string()) }).nullish(),
});

/** Our status for each stage of an open claim: between buyer and seller, and then before a mediator. */
const stages: Readonly<Record<string, ProviderDispute['status']>> = {
  claim: 'opened',
  recontact: 'opened',
  none: 'opened',
  dispute: 'submitted',
};

/**
 * Translates a claim of a payment; undefined for words that we don't know. The money stays until the claim is closed:
 * who benefits of the resolution has it then.
 */
export function toClaim(
  { id, status, stage, reason_id, resolution }: z.infer<typeof claimSchema>,
  payment: MercadoPayment,
): ProviderDispute | undefined {
  const benefited = resolution?.benefited ?? [];
  const ours = benefited.includes('complainant')
    ? 'lost'
    : benefited.includes('respondent')
      ? 'won'
      : undefined;
  const known = status === 'closed' ? ours : status === 'opened' ? lookUp(stages, stage) : undefined;
  if (known === undefined) return undefined;
  const amount = fromMajorUnits('mercadopago', payment.transaction_amount, payment.currency_id);
  return {
    ...{ disputeId: `claim-${id}`, status: known, amount, reason: reason_id ?? 'claim' },
    withdrawn: known === 'lost' ? amount : zero(amount.currency),
  };
}
