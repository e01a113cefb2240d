import type { CarrierMark } from '../catalogue/index.ts';
import type { RuleBook } from '../duties/index.ts';
import type { Result } from '../kernel/result.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import type { Warehouse } from './network.ts';
import type { Product } from './product.ts';
import type { Quote, QuoteRequest } from './quote.ts';
import type { QuotedSlot, SlotRefusalReason } from './quote-slot.ts';
import type { Seller } from './seller.ts';

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
  skusByHsPrefix(prefixes: readonly string[], most: number): Promise<SkuList>;
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

/** Units available by SKU, then by warehouse. */
export type Availability = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface StockReader {
  availability(skus: readonly string[]): Promise<Availability>;
}

/** Parcels that were ordered, by the warehouse that packs them and the calendar date there on which it begins. */
export type Workload = ReadonlyMap<string, ReadonlyMap<CalendarDate, number>>;

export interface WorkloadReader {
  /** Of that date and later, some seconds old at most. */
  since(date: CalendarDate): Promise<Workload>;
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
  readonly workload: WorkloadReader;
  readonly rates: RatesStore;
  readonly quotes: QuoteStore;
  /** The trade rules that new quotes are priced by. */
  readonly rules: { current(): Promise<RuleBook> };
  /** The slot of that name where it can be had at the destination now, its free places aside. */
  readonly deliverySlot: (
    slotId: string,
    destination: QuoteRequest['destination'],
    now: Instant,
  ) => Promise<Result<QuotedSlot, { readonly reason: SlotRefusalReason }>>;
  /** Signs quotes. */
  readonly signingKey: () => Promise<string>;
}
