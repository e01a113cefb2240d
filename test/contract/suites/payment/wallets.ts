import type { Movement, StartedIntent } from '../payment-contract.ts';
import { movement } from './movements.ts';

interface HeldPayment {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly amount: number;
  readonly paid?: { readonly amount: number; readonly currency: string };
}

interface HeldRefund {
  readonly payment: string;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
}

async function held<Kind>(code: string, url: string, kind: 'payment' | 'refund'): Promise<readonly Kind[]> {
  const response = await fetch(`${url}/_sandbox/objects/${code}.${kind}?limit=1000`);
  return ((await response.json()) as { objects: Kind[] }).objects;
}

/** The shopper opens the page of the wallet in a sandbox that keeps its books in `wallet-books.ts`, and chooses. */
export async function visitWallet(
  code: string,
  url: string,
  { providerPaymentId }: Pick<StartedIntent, 'providerPaymentId'>,
  outcome: 'pay' | 'decline' | 'expire',
): Promise<void> {
  const payments = await held<HeldPayment>(code, url, 'payment');
  const found = payments.find(({ id, reference }) => [id, reference].includes(providerPaymentId));
  if (found === undefined) throw new Error(`${code} holds no ${providerPaymentId}`);
  const response = await fetch(`${url}/sandbox/pay/${found.id}?outcome=${outcome}`, { redirect: 'manual' });
  if (response.status >= 400) throw new Error(await response.text());
}

/** The effects on the payments whose reference is meant, in the wallet's own units. */
export async function walletEffects(code: string, url: string, isMeant: (reference: string) => boolean) {
  const payments = (await held<HeldPayment>(code, url, 'payment')).filter(({ reference }) =>
    isMeant(reference),
  );
  const refunds = (await held<HeldRefund>(code, url, 'refund')).filter(
    ({ payment, state }) => state !== 'failed' && payments.some(({ id }) => id === payment),
  );
  return {
    intents: payments.length,
    captures: payments.filter(({ state }) => state === 'paid').length,
    refunds: refunds.length,
    refunded: refunds.reduce((sum, { amount }) => sum + amount, 0),
  };
}

/** The wallet's own books of the payments whose reference is meant. */
export async function walletMovements(
  code: string,
  url: string,
  isMeant: (reference: string) => boolean,
): Promise<Movement[]> {
  const payments = (await held<HeldPayment>(code, url, 'payment')).filter(({ reference }) =>
    isMeant(reference),
  );
  const ids = payments.map(({ id }) => id);
  const refunds = (await held<HeldRefund>(code, url, 'refund')).filter(
    ({ payment, state }) => state !== 'failed' && ids.includes(payment),
  );
  return [
    ...payments.flatMap(({ paid }) =>
      paid === undefined ? [] : [movement('captured', paid.amount, paid.currency)],
    ),
    ...refunds.map(({ amount, currency }) => movement('refunded', amount, currency)),
  ];
}

/** What a payment asks for, in the wallet's own units. */
export async function walletHeld(
  code: string,
  url: string,
  isMeant: (reference: string, id: string) => boolean,
): Promise<number> {
  const payments = await held<HeldPayment>(code, url, 'payment');
  return payments.find(({ id, reference }) => isMeant(reference, id))?.amount ?? 0;
}
