import type { Charge } from '../../events/landed-cost.ts';
import type {
  CarrierMark,
  FulfilmentSettings,
  PricingSettings,
  Product,
  Warehouse,
} from '../catalogue/index.ts';
import type { Regime, RuleBook, SellerRegistrations } from '../duties/index.ts';
import type { Lane } from '../freight/index.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { ExchangeRates, RatesInUse } from '../rates/index.ts';
import type { GoodsRegistrations, RestrictionFinding } from '../restrictions/index.ts';
import type { Availability, Workload } from './ports.ts';
import type { QuoteRequest } from './quote.ts';
import type { QuoteRates } from './quote-rates.ts';
import type { QuotedSlot } from './quote-slot.ts';

/** Everything that a price depends on: the same input gives the same price. */
export interface PricingInput {
  readonly request: QuoteRequest;
  readonly products: readonly Product[];
  readonly warehouses: readonly Warehouse[];
  /** Marks of carriers: plans leave out the lanes of those that are down. */
  readonly carriers?: readonly CarrierMark[];
  /** The parcels that warehouses already have to pack. */
  readonly workload?: Workload;
  /** The same network including carriers that are down, if there are any: what may be sold does not depend on them. */
  readonly allWarehouses?: readonly Warehouse[] | undefined;
  readonly stock: Availability;
  readonly exchangeRates: RatesInUse | undefined;
  readonly rules: RuleBook;
  /** The customs authorities' tables of the month. */
  readonly customsRates?: readonly ExchangeRates[];
  readonly seller: SellerRegistrations &
    GoodsRegistrations & {
      readonly pricing?: PricingSettings | undefined;
      readonly fulfilment?: FulfilmentSettings | undefined;
    };
  /** What the storefront gives away without any payment; undefined if nothing. */
  readonly freeOrders?: { readonly mostUnits: number } | undefined;
  readonly now: Instant;
  /** The slot that the request names. */
  readonly deliverySlot?: QuotedSlot | undefined;
}

/** The inputs for costing a consignment. */
export interface CostingContext {
  readonly request: QuoteRequest;
  readonly regime: Regime;
  readonly rules: RuleBook;
  readonly rates: QuoteRates;
  readonly seller: SellerRegistrations;
  /** In the destination. */
  readonly date: CalendarDate;
  readonly now: Instant;
  /** The delivery slot of the plans, with its charge if it has one. */
  readonly slot?: { readonly quoted: QuotedSlot; readonly charge: Charge | undefined } | undefined;
  /** What bars the goods from a lane of a warehouse; empty if the lane may carry them. */
  readonly bars: (
    product: Product,
    lane: Lane,
    warehouse: Warehouse,
  ) => readonly Pick<RestrictionFinding, 'ruleId' | 'detail' | 'law'>[];
}
