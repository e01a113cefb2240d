import type { StorefrontSettings } from '../../sandbox/storefront/serve-storefront.ts';
import { demoBasket } from '../start/demo-basket.ts';
import { sampleCatalogue } from './catalogue.ts';

/** The contents of the sample shop's page: the sample catalogue. At first the basket is that of the sample order. */
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
