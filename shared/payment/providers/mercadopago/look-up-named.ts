import type * as z from 'zod';
import { readAnswer } from '../../../partners/partner-answer.ts';
import type { LookedUp } from '../../provider.ts';
import { type Account, referenceOf } from './accounts.ts';
import { isKnownStatus, type MercadoPayment, ownerOf, paymentSchema, toPayment } from './answers.ts';
import { ask, type Context, refusedWith } from './call.ts';
import { chargebackSchema, claimSchema, toChargeback, toClaim } from './disputes.ts';

/**
 * Asks for the object that a notification named. Refunds are not read here: Mercado Pago repeats none of our ids of
 * them, and an open one is asked for again.
 */
export async function lookUpNamed(context: Context, reference: string): Promise<readonly LookedUp[]> {
  const [kind = '', userId = '', id = ''] = reference.split('/');
  const account = context.settings.accounts.find((one) => one.userId === userId);
  if (account === undefined) return [{ kind: 'unrecognised', word: `${kind} of another account` }];
  const read = readers[kind];
  const found = await read?.(context, account, encodeURIComponent(id));
  return [found ?? { kind: 'unrecognised', word: `${kind}: not found, or of an unknown status` }];
}

type Reader = (context: Context, account: Account, id: string) => Promise<LookedUp | undefined>;

const readers: Readonly<Record<string, Reader>> = {
  payments: async (context, account, id) => {
    const payment = await readPayment(context, account, id);
    if (payment === undefined || !isKnownStatus(payment.status)) return undefined;
    const owner = ownerOf(payment);
    if (owner === undefined) return { kind: 'unrecognised', word: 'payments: not ours' };
    return { kind: 'payment', ...owner, payment: toPayment(payment, account) };
  },
  chargebacks: async (context, account, id) => {
    const chargeback = await readAt(context, account, `/v1/chargebacks/${id}`, chargebackSchema);
    const dispute = chargeback && toChargeback(chargeback);
    const [paymentId = ''] = chargeback?.payments ?? [];
    return dispute && disputeOf(dispute, await readPayment(context, account, paymentId), account);
  },
  claims: async (context, account, id) => {
    const claim = await readAt(context, account, `/post-purchase/v1/claims/${id}`, claimSchema);
    if (claim?.resource !== 'payment') return undefined;
    const payment = await readPayment(context, account, claim.resource_id);
    const dispute = payment && toClaim(claim, payment);
    return dispute && disputeOf(dispute, payment, account);
  },
};

function disputeOf(
  dispute: Extract<LookedUp, { kind: 'dispute' }>['dispute'],
  payment: MercadoPayment | undefined,
  account: Account,
): LookedUp | undefined {
  const owner = payment && ownerOf(payment);
  return owner && { kind: 'dispute', owner, providerPaymentId: referenceOf(account, payment.id), dispute };
}

const readPayment = (context: Context, account: Account, id: string) =>
  readAt(context, account, `/v1/payments/${id}`, paymentSchema);

/** The object at a path; undefined if there is none. */
async function readAt<Read>(
  context: Context,
  account: Account,
  path: string,
  schema: z.ZodType<Read>,
): Promise<Read | undefined> {
  const answer = await ask(context, account, { method: 'GET', path });
  if (answer.done) return readAnswer('mercadopago', answer.response, schema);
  if (answer.status === 404) return undefined;
  throw refusedWith(answer);
}
