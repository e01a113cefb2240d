import type { Checkout } from '../../sandbox/checkout.ts';
import { checkoutAt, findShownProviders } from '../../sandbox/find-checkout.ts';
import type { Partners } from '../../sandbox/start-partners.ts';
import type { StorefrontSettings } from '../../sandbox/storefront/serve-storefront.ts';
import { demoBasket } from '../start/demo-basket.ts';
import { sampleCatalogue } from './catalogue.ts';
import { samplePartners } from './sample-partners.ts';

/**
 * The contents of the sample shop's page: the sample catalogue, and the payment providers whose sandboxes run. At first
 * the basket is that of the sample order.
 */
export async function sampleShop(
  storefrontKey: string,
  partners: Pick<Partners, 'urls'>,
): Promise<StorefrontSettings> {
  return {
    storefrontKey,
    providers: await findShownProviders(partners.urls),
    products: sampleCatalogue.map(({ sku, description, priceMinor }) => ({
      sku,
      name: description,
      price: { amount: priceMinor, currency: 'EUR' },
    })),
    basket: demoBasket.lines,
  };
}

/** How the shoppers of the sample shop pay at these running sandbox partners. */
export function sampleCheckout(partners: Pick<Partners, 'urlOf'>): Promise<Checkout> {
  const code = samplePartners.payment;
  return checkoutAt(code, partners.urlOf(code));
}
