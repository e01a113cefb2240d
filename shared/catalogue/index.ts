export { type CallerLimits, callerLimitsOf } from './caller-limits.ts';
export { type CarrierMark, carrierMarkBodySchema, carrierMarkSchema, isDown } from './carrier-health.ts';
export { carriersOf, listedCarrierSchema } from './carriers.ts';
export type { ChannelSettings } from './channel-settings.ts';
export {
  costsToImportSchema,
  isYetToCome,
  type MarketingCost,
  marketingCostSchema,
  type PurchaseCost,
  purchaseCostSchema,
} from './costs.ts';
export { importCosts } from './import-costs.ts';
export { importProducts } from './import-products.ts';
export { importingMerchant } from './importing-merchant.ts';
export { bookableNetwork, type KnownPartners } from './known-partners.ts';
export { lanesInService } from './lanes-in-service.ts';
export { listedWarehouse, listedWarehouseSchema } from './listed-warehouse.ts';
export { measuresOf } from './measures-of.ts';
export {
  distinguishesClients,
  type Entering,
  type EntryGroup,
  type GroupLimits,
  MAX_SKUS,
  type OpenEntries,
  type OpenEntry,
  partsOf,
  type ReachedLimit,
  reachedLimit,
  shortened,
  sumsOf,
  talliesOf,
} from './open-entries.ts';
export type { InstalmentSettings, PaymentTerms } from './payment-terms.ts';
export type { CatalogueStore, CostStore, Network, ProductPage, SkuList } from './ports.ts';
export { isGivenAway, type PricingSettings, unitPriceOf } from './price-list.ts';
export { isSold, type Product, productSchema } from './product.ts';
export { productBodySchema, productsToImportSchema } from './product-body.ts';
export { productWarnings, warningSchema } from './product-warnings.ts';
export {
  type ReplenishmentSettings,
  replenishedSites,
  replenishesDaily,
  replenishmentOf,
} from './replenishment-settings.ts';
export {
  type FulfilmentSettings,
  reportingOf,
  type Seller,
  sellerSchema,
  storedSeller,
  submitsEvidence,
} from './seller.ts';
export { sellerBodySchema } from './seller-body.ts';
export { listedProductSchema, storedProductSchema } from './shown-product.ts';
export { publishableKeyOf, type Storefront } from './storefront.ts';
export { storefrontIdSchema } from './storefront-id.ts';
export { transportBy, withTiers } from './tiers.ts';
export type { TakingUnits, UnitsOfStorefronts } from './units-of-storefronts.ts';
export { serves, servingWarehouses, type Warehouse, warehouseNamed, warehouseSchema } from './warehouse.ts';
export { carrierCodeSchema, warehouseBodySchema } from './warehouse-body.ts';
export { parentProblems } from './warehouse-problems.ts';
