import type { Checkout, PartnerCheckout } from './checkout.ts';
import { findSandboxPartners } from './registry.ts';

/** The checkout of the payment provider with this code. Throws a RangeError if there is none. */
export async function findCheckout(code: string): Promise<PartnerCheckout> {
  const partners = await findSandboxPartners();
  const found = partners.find((partner) => partner.code === code)?.checkout;
  if (found === undefined) throw new RangeError(`the sandbox partner ${code} exports no checkout`);
  return found;
}

/** The checkout of the payment provider with this code, whose sandbox runs at `url`. Throws a RangeError. */
export async function checkoutAt(code: string, url: string): Promise<Checkout> {
  const { testCards, declinedCard, pageScript, pay, payCommand } = await findCheckout(code);
  return {
    testCards,
    declinedCard,
    pageScript,
    url,
    pay: (clientSecret, cardId) => pay(url, clientSecret, cardId),
    payCommand: payCommand(url),
  };
}
