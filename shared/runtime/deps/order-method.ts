import type { LandedCost } from '../../../events/landed-cost.ts';
import type { CatalogueStore } from '../../catalogue/index.ts';
import { toInstant } from '../../kernel/time.ts';
import { withCash } from '../../payment/cash/index.ts';
import { methodFor } from '../../payment/index.ts';
import { cashCarriers } from '../cash-carriers.ts';
import { choiceOf, type paymentDeps } from './payment.ts';

/** Finds the method that an order names, among those of the deployment's providers and of its carriers. */
export const orderMethod =
  (
    { clock, usableProviders }: Pick<ReturnType<typeof paymentDeps>, 'clock' | 'usableProviders'>,
    catalogue: Pick<CatalogueStore, 'seller'>,
  ) =>
  async (method: string, landedCost: LandedCost) => {
    const [providers, seller] = await Promise.all([usableProviders(), catalogue.seller()]);
    const choice = choiceOf(seller);
    return methodFor(withCash(providers, choice), method, landedCost, {
      ...{ today: toInstant(clock()).slice(0, 10), choice, cashCarriers },
    });
  };
