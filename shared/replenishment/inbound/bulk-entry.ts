import type { ReplenishmentDataOf } from '../../../events/replenishment.ts';
import type { Product } from '../../catalogue/index.ts';
import type { MoneyJson } from '../../kernel/money.ts';
import { spreadFreight } from './spread-freight.ts';

export type BulkEntryLine = ReplenishmentDataOf<'replenishment.shipped'>['bulkEntry'][number];

export interface EnteredLine {
  readonly sku: string;
  readonly units: number;
  readonly unitPrice?: MoneyJson | undefined;
}

/**
 * The figures that an entry of a whole delivery into a country needs of each line, as the catalogue and the order have
 * them: code, origin, description, net mass, price paid, and the share of the freight. None for a delivery within one
 * country. Whether the countries are of one customs union is the declarant's to know: the figures are there then too.
 */
export function bulkEntryOf(
  lines: readonly EnteredLine[],
  {
    products,
    fromCountry,
    toCountry,
    freight,
    spreadBy,
  }: {
    readonly products: ReadonlyMap<string, Product>;
    readonly fromCountry: string;
    readonly toCountry: string;
    readonly freight?: MoneyJson | undefined;
    readonly spreadBy: 'weight' | 'value';
  },
): BulkEntryLine[] {
  if (fromCountry === toCountry) return [];
  const known = lines.flatMap((line) => {
    const product = products.get(line.sku);
    return product === undefined ? [] : [{ ...line, product }];
  });
  const shares =
    freight === undefined
      ? undefined
      : spreadFreight(
          freight,
          known.map(({ units, unitPrice, product }) => ({
            ...{ units, unitWeightGrams: product.unitWeightGrams },
            unitValueMinor: unitPrice?.amount ?? 0,
          })),
          spreadBy,
        );
  return known.map(({ sku, units, unitPrice, product }, index) => {
    const share = shares?.[index]?.share;
    return {
      ...{ sku, hsCode: product.hsCode, originCountry: product.originCountry, units },
      description: product.description,
      netWeightGrams: units * product.unitWeightGrams,
      ...(unitPrice === undefined
        ? {}
        : { value: { amount: unitPrice.amount * units, currency: unitPrice.currency } }),
      ...(share === undefined ? {} : { freight: share }),
    };
  });
}
