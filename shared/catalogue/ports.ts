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

interface WarehousePage {
  readonly warehouses: readonly Warehouse[];
  /** The warehouse at which the page ended; absent on the last one. */
  readonly last?: string | undefined;
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
  /** Gives the version that is stored now; undefined if only some may be replaced and another one is stored. */
  putProduct(product: Product, only?: WantedVersions): Promise<string | undefined>;
  /** Writes all of them or none; at most as many as one import may hold. */
  putProducts(products: readonly Product[]): Promise<void>;
  /** The warehouse as it is stored at this moment; undefined for an unknown one. */
  warehouse(warehouseId: string): Promise<Warehouse | undefined>;
  /** A page of warehouses by their codes, after the one at which an earlier page ended. */
  warehousePage(given: {
    readonly limit: number;
    readonly after?: string | undefined;
  }): Promise<WarehousePage>;
  /** As {@link putProduct}. */
  putWarehouse(warehouse: Warehouse, only?: WantedVersions): Promise<string | undefined>;
  /** Replaces the carrier's earlier mark, which stays readable. */
  markCarrier(mark: CarrierMark): Promise<void>;
  /** The latest marks of a carrier, newest first. */
  marksOf(carrier: string): Promise<CarrierMark[]>;
  /** Undefined until the merchant's registrations are stored. */
  seller(): Promise<Seller | undefined>;
  /** The registrations as they are stored at this moment. */
  sellerNow(): Promise<Seller | undefined>;
  /** As {@link putProduct}. */
  putSeller(seller: Seller, only?: WantedVersions): Promise<string | undefined>;
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
