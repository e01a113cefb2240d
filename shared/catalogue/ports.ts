import type { CarrierMark } from './carrier-health.ts';
import type { Product } from './product.ts';
import type { Seller } from './seller.ts';
import type { Warehouse } from './warehouse.ts';

/** The network that plans are made over, as it is now. */
export interface Network {
  readonly warehouses: readonly Warehouse[];
  /** The latest mark of each carrier that was ever marked. */
  readonly carriers: readonly CarrierMark[];
}

/** SKUs, sorted, and whether there are no more. */
export interface SkuList {
  readonly skus: readonly string[];
  readonly areAll: boolean;
}

/** Products and the network of warehouses. */
export interface CatalogueStore {
  productsBySku(skus: readonly string[]): Promise<Product[]>;
  /** Products by the beginning of their HS code; all where no prefix is given. */
  skusByHsPrefix(prefixes: readonly string[], max: number): Promise<SkuList>;
  network(): Promise<Network>;
  putProduct(product: Product): Promise<void>;
  /** All of them or none; at most as many as one import may hold. */
  putProducts(products: readonly Product[]): Promise<void>;
  putWarehouse(warehouse: Warehouse): Promise<void>;
  /** Takes the place of the carrier's mark before, which is kept. */
  markCarrier(mark: CarrierMark): Promise<void>;
  /** The latest marks of a carrier, newest first. */
  marksOf(carrier: string): Promise<CarrierMark[]>;
  /** Undefined until the merchant's registrations were stored. */
  seller(): Promise<Seller | undefined>;
  putSeller(seller: Seller): Promise<void>;
}
