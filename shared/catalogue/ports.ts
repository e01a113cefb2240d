import type { WantedVersions } from '../kernel/version.ts';
import type { CarrierMark } from './carrier-health.ts';
import type { MarketingCost, PurchaseCost } from './costs.ts';
import type { Product } from './product.ts';
import type { Seller } from './seller.ts';
import type { Warehouse } from './warehouse.ts';

/** The present network, for planning. */
export interface Network {
  readonly warehouses: readonly Warehouse[];
  /** The latest mark of each marked carrier. */
  readonly carriers: readonly CarrierMark[];
}

/** Sorted SKUs, and whether the list is complete. */
export interface SkuList {
  readonly skus: readonly string[];
  readonly areAll: boolean;
}

export interface ProductPage {
  readonly products: readonly Product[];
  /** Where the page ended; absent on the last one. */
  readonly cursor?: string | undefined;
}

/** Products and the network of warehouses. */
export interface CatalogueStore {
  productsBySku(skus: readonly string[]): Promise<Product[]>;
  /** SKUs of products whose HS code begins with one of the prefixes; all SKUs if no prefix is given. */
  skusByHsPrefix(prefixes: readonly string[], max: number): Promise<SkuList>;
  /** A page of products by HS code and SKU, after the place where an earlier page ended. */
  productPage(given: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    /** Only products whose HS code begins so. */
    readonly hsCode?: string | undefined;
  }): Promise<ProductPage>;
  /** The product as it is stored at this moment; undefined for an unknown SKU. */
  product(sku: string): Promise<Product | undefined>;
  network(): Promise<Network>;
  /** False if only some versions may be replaced and another one is stored. */
  putProduct(product: Product, only?: WantedVersions): Promise<boolean>;
  /** Writes all of them or none; at most as many as one import may hold. */
  putProducts(products: readonly Product[]): Promise<void>;
  putWarehouse(warehouse: Warehouse): Promise<void>;
  /** Replaces the carrier's earlier mark, which stays readable. */
  markCarrier(mark: CarrierMark): Promise<void>;
  /** The latest marks of a carrier, newest first. */
  marksOf(carrier: string): Promise<CarrierMark[]>;
  /** Undefined until the merchant's registrations are stored. */
  seller(): Promise<Seller | undefined>;
  putSeller(seller: Seller): Promise<void>;
}

/** Costs of the merchant, by their kind. */
interface Costs {
  readonly purchase: readonly PurchaseCost[];
  readonly marketing: readonly MarketingCost[];
}

/** What products and marketing cost the merchant. */
export interface CostStore {
  /** Those of these costs that are stored, by their keys, in no particular order. */
  stored(costs: Costs): Promise<Costs>;
  /** Writes all of them or none; at most as many as one import may hold. */
  put(costs: Costs): Promise<void>;
}
