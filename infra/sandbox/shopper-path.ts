import { answerPage } from './pages/layout.ts';
import type { Operation, PartnerAnswer, PartnerRequest } from './partner.ts';
import type { PartnerStore } from './store.ts';

/** `GET /sandbox/shopper?payment=pay_...` of every sandbox: sends a browser to the page on which a shopper pays. */
export const SHOPPER_PATH = '/sandbox/shopper';

/**
 * Finds the shopper's page of the payment with our id. A code that is scanned and a push to a telephone name no address
 * of this machine, so that the sample shop leads there in the place of the telephone.
 */
export function findShopperPage(
  store: PartnerStore,
  operations: readonly Operation[],
  { query }: PartnerRequest,
): PartnerAnswer {
  const payment = query.get('payment') ?? '';
  for (const { shopperPageOf, path } of operations) {
    const id = shopperPageOf === undefined ? undefined : store.idOfOneWith(shopperPageOf, payment);
    if (id === undefined) continue;
    const location = path.replace(':id', encodeURIComponent(id));
    return { status: 302, headers: { 'content-type': 'text/plain', location }, body: '' };
  }
  return answerPage(
    'Sandbox payment',
    '<p>No payment with this id waits here for a shopper. <a href="/">The page of this sandbox</a></p>',
    404,
  );
}
