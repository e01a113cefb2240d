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
import type { ExchangeRates } from '../rates/index.ts';
import type { GoodsRegistrations, RestrictionFinding } from '../restrictions/index.ts';
import type { Availability, Workload } from './ports.ts';
import type { QuoteRequest } from './quote.ts';
import type { QuoteRates } from './quote-rates.ts';
import type { QuotedSlot } from './quote-slot.ts';

/** Everything that a price comes of: the same input gives the same price. */
export interface PricingInput {
  readonly request: QuoteRequest;
  readonly products: readonly Product[];
  readonly warehouses: readonly Warehouse[];
  /** What was said of carriers: plans leave out the lanes of those that are down. */
  readonly carriers?: readonly CarrierMark[];
  /** What warehouses have to do already. */
  readonly workload?: Workload;
  /** The same with the lanes of carriers that are down, where some are: what may be sold does not turn on them. */
  readonly allWarehouses?: readonly Warehouse[] | undefined;
  readonly stock: Availability;
  readonly exchangeRates: ExchangeRates | undefined;
  readonly rules: RuleBook;
  /** The customs authorities' tables of the month. */
  readonly customsRates?: readonly ExchangeRates[];
  readonly seller: SellerRegistrations &
    GoodsRegistrations & {
      readonly pricing?: PricingSettings | undefined;
      readonly fulfilment?: FulfilmentSettings | undefined;
    };
  readonly now: Instant;
  /** The slot that the request names. */
  readonly deliverySlot?: QuotedSlot | undefined;
}

/** What costing a consignment needs of it. */
export interface CostingContext {
  readonly request: QuoteRequest;
  readonly regime: Regime;
  readonly rules: RuleBook;
  readonly rates: QuoteRates;
  readonly seller: SellerRegistrations;
  /** In the destination. */
  readonly date: CalendarDate;
  readonly now: Instant;
  /** The slot that plans are delivered in, with its charge where it has one. */
  readonly slot?: { readonly quoted: QuotedSlot; readonly charge: Charge | undefined } | undefined;
  /** What bars the goods from a lane out of a warehouse; nothing where it may carry them. */
  readonly bars: (
    product: Product,
    lane: Lane,
    warehouse: Warehouse,
  ) => readonly Pick<RestrictionFinding, 'ruleId' | 'detail' | 'law'>[];
}
