import type { LandedCost } from '../../../events/landed-cost.ts';
import { createOrderDetails } from '../../aws/order/order-records.ts';
import type { CatalogueStore, Seller } from '../../catalogue/index.ts';
import { toInstant } from '../../kernel/time.ts';
import { methodsWithout } from '../../payment/index.ts';
import { listFees } from '../../payment/providers/fees.ts';
import { paymentProviders } from '../../payment/providers/index.ts';
import { providerOffers } from '../../payment/providers/offers.ts';
import { cashCarriers } from '../cash-carriers.ts';
import { createPartners } from '../partners.ts';
import { baseDeps } from './base.ts';
import { catalogueDeps } from './catalogue.ts';
import { coreDeps } from './core.ts';

export const paymentPartners = () =>
  createPartners({ kind: 'payment', registry: paymentProviders, ...baseDeps() });

/** What those providers offer that have settings in this deployment: a method of another one can't be paid. */
async function usableProviders({ usable }: Pick<ReturnType<typeof paymentPartners>, 'usable'>) {
  const codes = await usable();
  return providerOffers.filter(({ code }) => codes.includes(code));
}

export function paymentDeps() {
  const partners = paymentPartners();
  return {
    ...coreDeps(),
    details: createOrderDetails(coreDeps().table),
    providerByCode: (code: string) => partners.get(code),
    usableProviders: () => usableProviders(partners),
  };
}

/** The seller's choice, with what the providers publish of their fees to a merchant with that seat. */
export const choiceOf = (seller: Seller | undefined) => ({
  ...seller?.payment,
  published: { lists: listFees, sellerIn: seller?.address?.country },
});

/** For starting a payment while a shopper waits: it moves to another provider where its own is out. */
export function startDeps(
  payment: ReturnType<typeof paymentDeps>,
  catalogue: Pick<CatalogueStore, 'seller'>,
) {
  return {
    ...payment,
    methodsWithout: async (landedCost: LandedCost, without: readonly string[]) =>
      methodsWithout(await payment.usableProviders(), landedCost, {
        ...{ today: toInstant(payment.clock()).slice(0, 10), choice: choiceOf(await catalogue.seller()) },
        without,
      }),
  };
}

/** For showing the payment methods on offer, and to an operator what they cost. */
export function paymentMethodsDeps() {
  const partners = paymentPartners();
  return { ...catalogueDeps(), cashCarriers, usableProviders: () => usableProviders(partners) };
}
