import type * as z from 'zod';
import { CallbackReceived } from './callback-received.ts';
import { MarketingCostStored, PurchaseCostStored } from './costs.ts';
import { CustomerCounted } from './customer.ts';
import { ProductStored } from './product.ts';
import { QuoteGiven, QuoteRefused } from './quote.ts';
import { RatesStored } from './rates.ts';
import { replenishmentFactDefinitions } from './replenishment.ts';
import { StockChanged, StockMoved } from './stock.ts';
import { TradeRulesImported } from './trade-rules.ts';
import { UsageCounted } from './usage.ts';
import { VisitReported } from './visit.ts';

/** What the lake keeps besides the facts of orders, in the order of the journey, and the facts of replenishment. */
export const otherRecordDefinitions = [
  ProductStored,
  PurchaseCostStored,
  MarketingCostStored,
  RatesStored,
  TradeRulesImported,
  StockMoved,
  StockChanged,
  VisitReported,
  QuoteGiven,
  QuoteRefused,
  CustomerCounted,
  CallbackReceived,
  ...replenishmentFactDefinitions,
  UsageCounted,
] as const;

type Definition = (typeof otherRecordDefinitions)[number];

/** Wire name of what the lake keeps besides facts, such as `quote.given`. */
export type OtherRecordName = Definition['name'];

/** The data under that name. */
export type OtherRecordData<Name extends OtherRecordName> = z.infer<
  Extract<Definition, { name: Name }>['data']
>;
