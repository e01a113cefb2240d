import type { Checkout } from '../../sandbox/checkout.ts';
import { findCheckout } from '../../sandbox/find-checkout.ts';
import { accountCall } from '../../test-accounts/call-account.ts';
import type { TestAccount } from '../../test-accounts/test-account.ts';

/**
 * How an order is paid at the real payment provider: by the same test cards, through its API. Undefined where the
 * payment provider is a sandbox.
 */
export async function accountCheckout(accounts: readonly TestAccount[]): Promise<Checkout | undefined> {
  const account = accounts.find(({ kind }) => kind === 'payment');
  if (account?.pay === undefined || account.payCommand === undefined) return undefined;
  const { pay, payCommand, code, baseUrl, testCardsUrl: url = baseUrl } = account;
  const { testCards, declinedCard, pageScript } = await findCheckout(code);
  const call = accountCall();
  return {
    ...{ testCards, declinedCard, pageScript, url, payCommand },
    pay: (clientSecret) => pay(call, clientSecret),
  };
}
