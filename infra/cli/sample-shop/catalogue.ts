import { clothing } from './products/clothing.ts';
import { electronics } from './products/electronics.ts';
import { homeAndLeisure } from './products/home-and-leisure.ts';
import type { SampleProduct } from './sample-product.ts';

/**
 * The goods of a general retailer that sells abroad. If a line of ten digits is needed, their codes are lines of the
 * Combined Nomenclature of the European Union, of the tariff of the United Kingdom, and of the Harmonized Tariff
 * Schedule of the United States (USITC, November 2025).
 */
export const sampleCatalogue: readonly SampleProduct[] = [...clothing, ...electronics, ...homeAndLeisure];
