import type { RuleBook } from '../customs/index.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import type { Warehouse } from './network.ts';
import type { Product } from './product.ts';
import type { Quote } from './quote.ts';
import type { Seller } from './seller.ts';

/** SKUs, sorted, and whether there are no more. */
export interface SkuList {
  readonly skus: readonly string[];
  readonly areAll: boolean;
}

/** Products and the network of warehouses. */
export interface CatalogueStore {
  productsBySku(skus: readonly string[]): Promise<Product[]>;
  /** Products by the beginning of their HS code; all where no prefix is given. */
  skusByHsPrefix(prefixes: readonly string[], most: number): Promise<SkuList>;
  warehouses(): Promise<Warehouse[]>;
  putProduct(product: Product): Promise<void>;
  /** All of them or none; at most as many as one import may hold. */
  putProducts(products: readonly Product[]): Promise<void>;
  putWarehouse(warehouse: Warehouse): Promise<void>;
  /** Undefined until the merchant's registrations were stored. */
  seller(): Promise<Seller | undefined>;
  putSeller(seller: Seller): Promise<void>;
}

/** Units available by SKU, then by warehouse. */
export type Availability = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface StockReader {
  availability(skus: readonly string[]): Promise<Availability>;
}

export interface RatesStore {
  /** The daily rates of the latest day. */
  current(): Promise<ExchangeRates | undefined>;
  /** The customs authorities' monthly rates of the month that it is; of both at the turn of a month. */
  customs(): Promise<ExchangeRates[]>;
  /** Stores them under their kind and their day or month. */
  put(rates: ExchangeRates): Promise<void>;
}

export interface QuoteStore {
  put(quote: Quote): Promise<void>;
  get(quoteId: string): Promise<Quote | undefined>;
}

export interface QuoteDeps {
  readonly catalogue: CatalogueStore;
  readonly stock: StockReader;
  readonly rates: RatesStore;
  readonly quotes: QuoteStore;
  /** The trade rules that new quotes are priced by. */
  readonly rules: { current(): Promise<RuleBook> };
  /** Signs quotes. */
  readonly signingKey: () => Promise<string>;
}
