import type { Product } from '../../../catalogue/index.ts';
import type { Country } from '../../../kernel/country.ts';
import type { Currency } from '../../../kernel/currency.ts';
import { type Money, money } from '../../../kernel/money.ts';
import {
  missingCertificates,
  offerOf,
  orderableUnits,
  type Supplier,
  type SupplierOffer,
  unitPriceOf,
} from '../../purchasing/supplier.ts';
import type { SupplyContext } from '../supplier-of-site.ts';

/** From whom a SKU would be bought in a country. */
export interface Origin {
  readonly country: Country;
  readonly supplier: Supplier;
  readonly offer: SupplierOffer;
  /** Of one unit at the volume that is compared, in the currency of the comparison. */
  readonly unitPrice: Money;
}

interface Asked {
  readonly units: number;
  readonly currency: Currency;
  /** The supplier that the run would order from: it stands for its origins. */
  readonly supplierToday: string | undefined;
  readonly context: SupplyContext;
}

/**
 * The origins of a SKU, each with the supplier that the run orders from, or else the one with the lowest price at the
 * volume. Suppliers that are down, lack a certificate or have a price without a rate are left out.
 */
export function originsOf(product: Product, { units, currency, supplierToday, context }: Asked): Origin[] {
  const found = new Map<Country, Origin>();
  const { comparable } = context.pricesIn(currency);
  for (const supplier of context.suppliersOf(product.sku)) {
    const offer = offerOf(supplier, product.sku);
    if (offer === undefined || supplier.status !== 'up') continue;
    if (missingCertificates(supplier, context.now.slice(0, 10)).length > 0) continue;
    const price = comparable(unitPriceOf(offer, orderableUnits(offer, units)));
    if (price === undefined) continue;
    const own = { supplier, offer, unitPrice: money(price, currency) };
    for (const country of supplier.originCountries) {
      const known = found.get(country);
      if (known === undefined || isBetter(own, known, supplierToday)) found.set(country, { country, ...own });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.country < b.country ? -1 : 1));
}

function isBetter(
  { supplier, unitPrice }: Omit<Origin, 'country'>,
  known: Origin,
  supplierToday: string | undefined,
): boolean {
  if (known.supplier.supplierId === supplierToday) return false;
  if (supplier.supplierId === supplierToday) return true;
  return unitPrice.amountMinor < known.unitPrice.amountMinor;
}

/** The origin of what lies at the site today: that of the product if its supplier has it, or the supplier's first. */
export function originToday(
  { originCountry }: Product,
  origins: readonly Origin[],
  supplierToday: string | undefined,
): Country | undefined {
  const own = origins.filter(({ supplier }) => supplier.supplierId === supplierToday);
  const [first] = own.flatMap(({ supplier }) => supplier.originCountries);
  return own.find(({ country }) => country === originCountry)?.country ?? first;
}
