import { defined } from '../../shared/kernel/defined.ts';
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

/** A sandbox payment provider, as the page of the sample shop knows it. */
export interface ShownProvider extends Partial<Pick<PartnerCheckout, 'testCards' | 'pageScript'>> {
  readonly code: string;
  /** The provider's name for a person. */
  readonly title: string;
  /** The address of its server. */
  readonly url: string;
}

/** The payment providers whose sandboxes run at these addresses, in the order of their codes. */
export async function findShownProviders(urls: Readonly<Record<string, string>>): Promise<ShownProvider[]> {
  const partners = await findSandboxPartners();
  return partners.flatMap(({ kind, code, help, checkout }) => {
    const url = urls[code];
    if (kind !== 'payment' || url === undefined) return [];
    const { testCards, pageScript } = checkout ?? {};
    return [{ code, title: help?.title ?? code, url, ...defined({ testCards, pageScript }) }];
  });
}
