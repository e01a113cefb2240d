export { type CarrierMark, carrierMarkBodySchema, carrierMarkSchema, isDown } from './carrier-health.ts';
export { importProducts, type ProductChange, type ProductImport } from './import-products.ts';
export { bookableNetwork, type KnownCarrier, type KnownPartners } from './known-partners.ts';
export { lanesInService } from './lanes-in-service.ts';
export type { CatalogueStore, Network, SkuList } from './ports.ts';
export { type ListedPrice, type PricingSettings, type UnitPrice, unitPriceOf } from './price-list.ts';
export { type Product, productSchema } from './product.ts';
export { MAX_PRODUCTS, productBodySchema, productsToImportSchema } from './product-body.ts';
export { productWarnings, type Warning, warningSchema } from './product-warnings.ts';
export { type FulfilmentSettings, type Seller, sellerSchema } from './seller.ts';
export { type ChoosablePartners, sellerBodySchema } from './seller-body.ts';
export { transportBy, withTiers } from './tiers.ts';
export {
  serves,
  servingWarehouses,
  type Warehouse,
  warehouseSchema,
  warehouseServices,
} from './warehouse.ts';
export { carrierCodeSchema, warehouseBodySchema } from './warehouse-body.ts';
export { parentProblems } from './warehouse-problems.ts';
