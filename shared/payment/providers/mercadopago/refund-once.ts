import * as z from 'zod';
import { lookUp } from '../../../kernel/look-up.ts';
import { compare } from '../../../kernel/money.ts';
import { minuteMs } from '../../../kernel/time.ts';
import { fromMajorUnits, toMajorUnits } from '../../../partners/major-units.ts';
import { PartnerRefused, partnerTimeSchema, readAnswer } from '../../../partners/partner-answer.ts';
import type { BoundPaymentProvider, ProviderRefund } from '../../provider.ts';
import { type Account, readReference } from './accounts.ts';
import { ask, askFor, type Context, refusedWith } from './call.ts';

type RefundCommand = Parameters<BoundPaymentProvider['refund']>[1];

const refundSchema = z.object({
  id: z.union([z.int(), z.string()]).transform(String),
  amount: z.number(),
  status: z.string(),
  date_created: partnerTimeSchema,
});
type MercadoRefund = z.infer<typeof refundSchema>;

/** Our status for each status of a refund. `in_process`: a refund of Pix that waits for the banks. */
const refundStatus: Readonly<Record<string, ProviderRefund['status']>> = {
  approved: 'paid',
  authorized: 'pending',
  in_process: 'pending',
  rejected: 'failed',
  cancelled: 'failed',
};

/**
 * The codes of final refusals: the payment is in no state to be refunded (2063), too old (2024, 15016), its refund of a
 * part unsupported (3024), or the amount above what is left (4040).
 */
const refusals = ['2063', '2024', '15016', '3024', '4040'];

/** The clocks of both sides may differ. */
const CLOCKS_MS = minuteMs;

/**
 * Refunds only once, even if the call is repeated after Mercado Pago has forgotten its key. A refund there repeats no
 * id of ours. So the payment's refunds are read first: the earliest of this amount that is none of the others, and was
 * made after ours was asked for, is ours. The order of the list is documented nowhere; a later one may be that of a
 * refund which was asked for later, and is not known yet.
 */
export async function refundOnce(context: Context, command: RefundCommand): Promise<ProviderRefund> {
  const { account, id } = readReference(context.settings, command.providerPaymentId);
  const path = `/v1/payments/${id}/refunds`;
  const listed = await askFor(context, account, { method: 'GET', path, schema: z.array(refundSchema) });
  const inOrder = listed.toSorted((a, b) => Date.parse(a.date_created) - Date.parse(b.date_created));
  const earlier =
    inOrder.find((refund) => isOurs(refund, command)) ?? inOrder.find(isOursThatFailed(command));
  if (earlier !== undefined) return toRefund(earlier, command);
  return createRefund(context, account, { path, command });
}

async function createRefund(
  context: Context,
  account: Account,
  { path, command }: { readonly path: string; readonly command: RefundCommand },
): Promise<ProviderRefund> {
  const answer = await ask(context, account, {
    ...{ method: 'POST', path, body: { amount: toMajorUnits(command.amount) } },
    idempotencyKey: `refund:${command.refundId}`,
  });
  if (answer.done) return toRefund(readAnswer('mercadopago', answer.response, refundSchema), command);
  const failureCode = answer.codes.find((code) => refusals.includes(code));
  if (failureCode === undefined) throw refusedWith(answer);
  const { refundId, amount, providerPaymentId: providerReference } = command;
  return { refundId, providerReference, status: 'failed', amount, failureCode };
}

function isOurs(
  { id, amount, status, date_created }: MercadoRefund,
  command: Pick<RefundCommand, 'amount' | 'askedAt' | 'otherReferences'>,
): boolean {
  if (lookUp(refundStatus, status) === 'failed' || command.otherReferences.includes(id)) return false;
  const isSame =
    compare(fromMajorUnits('mercadopago', amount, command.amount.currency), command.amount) === 0;
  return isSame && Date.parse(date_created) >= Date.parse(command.askedAt) - CLOCKS_MS;
}

/**
 * A refund of ours that the payer's bank refused later: asking for it again would make another one, once the key is
 * forgotten. Both times are compared without a margin, so that a refund that was asked for after a failed one is made.
 */
const isOursThatFailed =
  ({ amount: asked, askedAt, otherReferences }: RefundCommand) =>
  ({ id, amount, status, date_created }: MercadoRefund): boolean =>
    lookUp(refundStatus, status) === 'failed' &&
    !otherReferences.includes(id) &&
    compare(fromMajorUnits('mercadopago', amount, asked.currency), asked) === 0 &&
    Date.parse(date_created) >= Date.parse(askedAt);

/** A refund's currency is that of its payment. */
function toRefund(refund: MercadoRefund, { refundId, amount }: RefundCommand): ProviderRefund {
  const status = lookUp(refundStatus, refund.status);
  if (status === undefined)
    throw new PartnerRefused('mercadopago', 200, `unknown refund status ${refund.status}`);
  return {
    ...{ refundId, providerReference: refund.id, status },
    amount: fromMajorUnits('mercadopago', refund.amount, amount.currency),
    ...(status === 'failed' && { failureCode: refund.status }),
  };
}
