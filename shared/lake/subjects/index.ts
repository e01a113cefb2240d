import type { Subject } from '../subject.ts';
import { callbacks } from './callbacks.ts';
import { charges } from './charges.ts';
import { cohorts } from './cohorts.ts';
import { declarations } from './declarations.ts';
import { emissions } from './emissions.ts';
import { freightInvoices } from './freight-invoices.ts';
import { intents } from './intents.ts';
import { journals } from './journals.ts';
import { lines } from './lines.ts';
import { marketingCosts } from './marketing-costs.ts';
import { orderEvents } from './order-events.ts';
import { orders } from './orders.ts';
import { parcelEvents } from './parcel-events.ts';
import { parcels } from './parcels.ts';
import { payments } from './payments.ts';
import { products } from './products.ts';
import { purchaseCosts } from './purchase-costs.ts';
import { quoteLines } from './quote-lines.ts';
import { quotes } from './quotes.ts';
import { rates } from './rates.ts';
import { receipts } from './receipts.ts';
import { refunds } from './refunds.ts';
import { replenishmentEvents } from './replenishment-events.ts';
import { replenishmentLines } from './replenishment-lines.ts';
import { ruleSets } from './rule-sets.ts';
import { scans } from './scans.ts';
import { screenings } from './screenings.ts';
import { settlements } from './settlements.ts';
import { stockLevels } from './stock-levels.ts';
import { stockMovements } from './stock-movements.ts';
import { unknownFacts } from './unknown-facts.ts';
import { usageHours } from './usage-hours.ts';
import { visitSteps } from './visit-steps.ts';

/** THE REGISTRY of the lake's tables: to add one, add one line to this array. */
export const subjects: readonly Subject[] = [
  quotes, // baskets that were priced or refused
  quoteLines, // and their goods
  visitSteps, // products that were viewed or put into a cart, before that
  orders, // as they were placed
  cohorts, // which order of its customer each is
  orderEvents, // every step of an order
  lines, // the goods of orders
  charges, // the figures of their prices
  payments, // steps of payments
  intents, // payments that moved to another intent, and steps of those that were left
  refunds, // steps of refunds
  settlements, // what providers paid out, and what they kept
  screenings, // decisions of the screening
  parcels, // as they were planned
  emissions, // what their carbon consists of
  parcelEvents, // steps of parcels
  scans, // reports of carriers
  declarations, // steps of customs declarations
  freightInvoices, // what carriers charged
  journals, // postings of the ledger
  stockMovements, // what moved stock
  stockLevels, // stock levels that were published
  products, // the catalogue
  purchaseCosts, // what products cost the merchant
  replenishmentLines, // what was ordered from suppliers and other warehouses
  replenishmentEvents, // every step of these orders
  receipts, // what was counted at the dock
  marketingCosts, // what was spent on marketing
  rates, // exchange rates
  ruleSets, // imports of trade rules
  callbacks, // calls of partners
  usageHours, // what AWS bills
  unknownFacts, // what could not be read
];
