import type { StorefrontSettings } from '../../sandbox/storefront/serve-storefront.ts';
import { demoBasket } from '../start/demo-basket.ts';
import { sampleCatalogue } from './catalogue.ts';

/** What the page of the sample shop sells: the sample catalogue, with the basket of the sample order to begin with. */
export function sampleShop(storefrontKey: string, stripeUrl: string): StorefrontSettings {
  return {
    stripeUrl,
    storefrontKey,
    products: sampleCatalogue.map(({ sku, description, priceMinor }) => ({
      sku,
      name: description,
      price: { amount: priceMinor, currency: 'EUR' },
    })),
    basket: demoBasket.lines,
  };
}
