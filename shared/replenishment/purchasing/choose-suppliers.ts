import { dayMs, type Instant, later } from '../../kernel/time.ts';
import { type DeliveryOutcome, type Scorecard, scoreSupplier } from './scorecard.ts';
import {
  missingCertificates,
  offerOf,
  orderableUnits,
  type Supplier,
  type SupplierOffer,
  unitPriceOf,
} from './supplier.ts';

type Price = ReturnType<typeof unitPriceOf>;

/** What is needed, of one SKU at one warehouse. */
export interface Need {
  readonly sku: string;
  readonly units: number;
  /** The day on which the units have to be there, UTC. */
  readonly needBy: string;
}

export interface SupplierFacts {
  readonly suppliers: readonly Supplier[];
  /** The deliveries of a supplier, any order. */
  readonly outcomesOf: (supplierId: string) => readonly DeliveryOutcome[];
  /** Units of the SKU that were ordered from each supplier in the last year, this need not included. */
  readonly unitsOrdered: ReadonlyMap<string, number>;
  /** A price in minor units of one currency, for comparing; undefined where there is no rate. */
  readonly comparable: (price: Price) => number | undefined;
  readonly now: Instant;
}

/** A supplier that can deliver the SKU, and how well. */
export interface RankedSupplier {
  readonly supplierId: string;
  readonly scorecard: Scorecard;
  readonly unitPrice: Price;
  readonly expectedAt: Instant;
  /** Whether the units arrive on the needed day or before. */
  readonly isInTime: boolean;
}

/** Why nothing is ordered from a supplier that sells the SKU. */
export interface LeftOut {
  readonly supplierId: string;
  readonly reason: 'down' | 'retired' | 'certificate' | 'no-rate';
}

/**
 * The suppliers of a SKU, best first: those that deliver in time by score, then the others by their arrival. A supplier
 * that is down, or lacks a certificate, is left out. Equal scores go by price, then by the supplier's code. Pure.
 */
export function rankSuppliers(
  need: Need,
  facts: SupplierFacts,
): { readonly ranked: readonly RankedSupplier[]; readonly leftOut: readonly LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const offers: { supplier: Supplier; offer: SupplierOffer; price: number }[] = [];
  for (const supplier of facts.suppliers) {
    const offer = offerOf(supplier, need.sku);
    if (offer === undefined) continue;
    const price = facts.comparable(unitPriceOf(offer, orderableUnits(offer, need.units)));
    const reason = reasonAgainst(supplier, price, facts.now);
    if (reason !== undefined) leftOut.push({ supplierId: supplier.supplierId, reason });
    else if (price !== undefined) offers.push({ supplier, offer, price });
  }
  const lowest = Math.min(...offers.map(({ price }) => price));
  const ranked = offers.map(({ supplier, offer, price }) => {
    const expectedAt = later(facts.now, offer.leadTimeDays * dayMs);
    return {
      price,
      supplierId: supplier.supplierId,
      scorecard: scoreSupplier(facts.outcomesOf(supplier.supplierId), { own: price, lowest }),
      unitPrice: unitPriceOf(offer, orderableUnits(offer, need.units)),
      expectedAt,
      isInTime: expectedAt.slice(0, 10) <= need.needBy,
    };
  });
  ranked.sort(compareSuppliers);
  return { ranked: ranked.map(({ price: _, ...supplier }) => supplier), leftOut };
}

type Compared = RankedSupplier & { readonly price: number };

function compareSuppliers(a: Compared, b: Compared): number {
  if (a.isInTime !== b.isInTime) return a.isInTime ? -1 : 1;
  if (!a.isInTime && a.expectedAt !== b.expectedAt) return a.expectedAt < b.expectedAt ? -1 : 1;
  if (a.scorecard.score !== b.scorecard.score) return b.scorecard.score - a.scorecard.score;
  if (a.price !== b.price) return a.price - b.price;
  return a.supplierId < b.supplierId ? -1 : 1;
}

function reasonAgainst(
  supplier: Supplier,
  price: number | undefined,
  now: Instant,
): LeftOut['reason'] | undefined {
  if (supplier.status !== 'up') return supplier.status;
  if (missingCertificates(supplier, now.slice(0, 10)).length > 0) return 'certificate';
  return price === undefined ? 'no-rate' : undefined;
}

/** Units of a need that one supplier gets. */
interface Allotment extends RankedSupplier {
  readonly units: number;
}

export interface Allotted {
  readonly allotments: readonly Allotment[];
  /** Units that no supplier gets: nobody sells them, or the limits of those who do are reached. */
  readonly unplaced: number;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Divides a need between its suppliers, the best first, within their limits. A limit is a share of the units of the SKU
 * that were ordered in the last year and are needed now, so that an only supplier with a limit of half gets half of the
 * need, and the rest is unplaced. Whole cartons, and the minimum of each, are kept. Pure.
 */
export function chooseSuppliers(need: Need, facts: SupplierFacts): Allotted {
  const { ranked, leftOut } = rankSuppliers(need, facts);
  const ordered = [...facts.unitsOrdered.values()].reduce((sum, units) => sum + units, 0);
  const byId = new Map(facts.suppliers.map((supplier) => [supplier.supplierId, supplier]));
  const allotments: Allotment[] = [];
  let rest = need.units;
  for (const candidate of ranked) {
    const supplier = byId.get(candidate.supplierId);
    const offer = supplier === undefined ? undefined : offerOf(supplier, need.sku);
    if (supplier === undefined || offer === undefined || rest <= 0) continue;
    const units = unitsFor({ supplier, offer, rest, total: ordered + need.units, facts });
    if (units === 0) continue;
    allotments.push({ ...candidate, units, unitPrice: unitPriceOf(offer, units) });
    rest -= units;
  }
  return { allotments, unplaced: Math.max(0, rest), leftOut };
}

function unitsFor({
  supplier,
  offer,
  rest,
  total,
  facts,
}: {
  readonly supplier: Supplier;
  readonly offer: SupplierOffer;
  readonly rest: number;
  readonly total: number;
  readonly facts: SupplierFacts;
}): number {
  const wanted = orderableUnits(offer, rest);
  if (supplier.shareLimitPercent === 100) return wanted;
  const before = facts.unitsOrdered.get(supplier.supplierId) ?? 0;
  const most = Math.floor((total * supplier.shareLimitPercent) / 100) - before;
  const allowed = Math.floor(Math.max(0, most) / offer.casePack) * offer.casePack;
  const units = Math.min(wanted, allowed);
  return units < orderableUnits(offer, 1) ? 0 : units;
}
