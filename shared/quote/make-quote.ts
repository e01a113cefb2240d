import { bookableNetwork, callerLimitsOf, type Network, withTiers } from '../catalogue/index.ts';
import { defined } from '../kernel/defined.ts';
import { fingerprint } from '../kernel/hash.ts';
import type { NewId } from '../kernel/ids.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { dayMs, type Instant, later } from '../kernel/time.ts';
import type { BlockedLine } from '../restrictions/index.ts';
import type { OtherIncoterm } from './plan/explain-plans.ts';
import { postalCodeMatters } from './plan/postal-code-matters.ts';
import type { PricedBasket } from './plan/price-plans.ts';
import type { Availability, QuoteDeps, Workload } from './ports.ts';
import { priceBasket } from './price-basket.ts';
import { QUOTE_LIFETIME_MS, type Quote, type QuoteOption, type QuoteRequest, signQuote } from './quote.ts';
import { optionsToKeep } from './quote-options.ts';
import { slotRefusal } from './quote-slot.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';
import { refusedBasket } from './refused-basket.ts';
import { unpaidMostOf, unpaidMostOfStorefront } from './unpaid-most.ts';

export interface MadeQuote {
  readonly quote: Quote;
  /** The stock when the goods were priced. */
  readonly stock: Availability;
  readonly otherIncoterm: OtherIncoterm;
  /** Lines that can't be sold there: the quote is for the others. */
  readonly blocked: readonly BlockedLine[];
}

export interface QuoteContext {
  readonly now: Instant;
  readonly newId: NewId;
  /** Whether the storefront takes orders of which nothing is to be paid. */
  readonly takesFreeOrders?: boolean;
  /** The earlier quote, if this one refreshes it. */
  readonly previousQuoteId?: string;
}

/** Prices a basket and stores the signed quote for 30 minutes. Of a refusal it notes the reason, for the lake. */
export async function makeQuote(
  deps: QuoteDeps,
  storefrontId: string,
  request: QuoteRequest,
  context: QuoteContext,
): Promise<Result<MadeQuote, QuoteRefusal>> {
  const made = await priceAndStore(deps, storefrontId, request, context);
  if (!made.ok) {
    const { now: refusedAt, newId } = context;
    const refusalId = newId('quote', new Date(refusedAt));
    await deps.noteRefusal({ refusalId, refusedAt, data: refusedBasket(storefrontId, request, made.error) });
  }
  return made;
}

async function priceAndStore(
  deps: QuoteDeps,
  storefrontId: string,
  request: QuoteRequest,
  { now, newId, takesFreeOrders = false, previousQuoteId }: QuoteContext,
): Promise<Result<MadeQuote, QuoteRefusal>> {
  const wanted = request.deliverySlot?.slotId;
  const slot = wanted === undefined ? undefined : await deps.deliverySlot(wanted, request.destination, now);
  if (slot?.ok === false) return refused(slotRefusal(slot.error.reason));
  const skus = [...new Set(request.lines.map(({ sku }) => sku))];
  const [products, stock, [network, workload], exchangeRates, customsRates, rules, merchant, key] =
    await Promise.all([
      deps.catalogue.productsBySku(skus),
      deps.stock.availability(skus),
      networkAtWork(deps, now),
      deps.rates.current(),
      deps.rates.customs(),
      deps.rules.current(request.destination.country),
      deps.catalogue.seller(),
      deps.signingKey(),
    ]);
  const seller = merchant ?? {};
  const limits = callerLimitsOf(seller);
  const tooMany = tooManyUnits(request, limits.unitsOfOneSku);
  if (tooMany !== undefined) return refused(tooMany);
  const priced = priceBasket({
    request,
    products,
    stock,
    ...network,
    workload,
    exchangeRates,
    customsRates,
    rules,
    seller,
    freeOrders: takesFreeOrders ? { mostUnits: limits.freeUnitsOfOrder } : undefined,
    now,
    deliverySlot: slot?.value,
  });
  if (!priced.ok) return priced;
  const { currency, totals, destination } = priced.value.chosen;
  const place = { country: destination.country, currency, today: now.slice(0, 10) };
  if (totals.total.amount > 0 && !deps.isPayable(place, merchant?.payment)) {
    const detail = `no payment method takes ${currency} in ${destination.country}`;
    return refused(refusal('no-payment-method', ['/currency', detail]));
  }
  const quote = signQuote(
    {
      quoteId: newId('quote', new Date(now)),
      storefrontId,
      createdAt: now,
      expiresAt: later(now, QUOTE_LIFETIME_MS),
      request,
      options: markedOptions(request, priced.value, network.warehouses),
      ...(priced.value.scores === undefined ? {} : { scores: [...priced.value.scores] }),
      ...defined({
        unpaidMost: unpaidMostOf(stock, limits),
        unpaidMostOfStorefront: unpaidMostOfStorefront(stock, limits),
      }),
      sellerVersion: versionOf(seller),
      ...defined({ previousQuoteId }),
    },
    key,
  );
  await deps.quotes.put(quote);
  return ok({ quote, stock, otherIncoterm: priced.value.otherIncoterm, blocked: priced.value.blocked });
}

/** The registrations are read every few seconds, and each quote has the version of what was read. */
const versions = new WeakMap<object, string>();

function versionOf(seller: object): string {
  const known = versions.get(seller) ?? fingerprint(seller).slice(0, 16);
  versions.set(seller, known);
  return known;
}

/** Checked before the stock is compared, so that nobody can ask how many units there are. */
function tooManyUnits({ lines }: QuoteRequest, most: number): QuoteRefusal | undefined {
  const units = new Map<string, number>();
  const problems = lines.flatMap(({ sku, quantity }, line) => {
    const all = (units.get(sku) ?? 0) + quantity;
    units.set(sku, all);
    return all <= most
      ? []
      : [[`/lines/${line}/quantity`, `at most ${most} units of ${sku} in a basket`] as const];
  });
  return problems.length === 0 ? undefined : refusal('too-many-units', ...problems);
}

/** The options to store. Without a postal code, those whose freight depends on it are marked. */
function markedOptions(
  { destination }: QuoteRequest,
  { chosen, options }: PricedBasket,
  warehouses: Network['warehouses'],
): QuoteOption[] {
  const kept = optionsToKeep(chosen, options);
  if (destination.postalCode !== undefined) return kept;
  const network = withTiers(warehouses);
  return kept.map((option) =>
    postalCodeMatters(option.landedCost, network) ? { ...option, needsPostalCode: true } : option,
  );
}

/** The network with its workload, if a warehouse has a capacity. */
async function networkAtWork(
  { catalogue, knownPartners, workload }: QuoteDeps,
  now: Instant,
): Promise<[Network, Workload]> {
  const network = bookableNetwork(await catalogue.network(), knownPartners);
  if (network.warehouses.every(({ capacity }) => capacity === undefined)) return [network, new Map()];
  // Somewhere it is still yesterday.
  return [network, await workload.since(later(now, -dayMs).slice(0, 10))];
}
