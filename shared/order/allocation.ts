import type { Allocation, WarehouseScore } from '../../events/allocation.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import { defined } from '../kernel/defined.ts';

interface Option {
  readonly optionId: string;
  readonly labels: readonly string[];
  readonly landedCost: LandedCost;
}

/**
 * The record of the planning decision that an order stores: the quote's other options in short, and the warehouses'
 * scores.
 */
export function allocationOf(
  { optionId, labels }: Option,
  options: readonly Option[],
  scores: readonly WarehouseScore[] | undefined,
): Allocation {
  return {
    optionId,
    labels: [...labels],
    alternatives: options
      .filter((option) => option.optionId !== optionId)
      .map(({ landedCost: { consignments, totals }, ...option }) => ({
        optionId: option.optionId,
        labels: [...option.labels],
        parcels: consignments.map(({ warehouseId, via, carrier, service }) => ({
          warehouseId,
          ...defined({ via }),
          carrier,
          service,
        })),
        total: totals.total,
        promisedBy:
          consignments
            .map(({ promise }) => promise.latest)
            .toSorted()
            .at(-1) ?? '',
        carbonGrams: consignments.reduce((all, { carbonGrams = 0 }) => all + carbonGrams, 0),
      })),
    ...(scores === undefined ? {} : { scores: [...scores] }),
  };
}
