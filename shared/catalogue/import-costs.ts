import { canonicalJson } from '../kernel/hash.ts';
import { type CostsToImport, costKeys, type MarketingCost, type PurchaseCost } from './costs.ts';
import type { CatalogueStore, CostStore } from './ports.ts';

/** The effect of an import on one cost. Values are JSON. */
interface CostChange {
  readonly kind: 'purchase' | 'marketing';
  /** Its place among those of its kind in the import, from 0. */
  readonly index: number;
  readonly change: 'added' | 'changed';
  /** What was stored before. */
  readonly before?: string;
}

interface CostWarning {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

interface CostImport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the order of the import, purchase costs first. Unchanged costs are left out. */
  readonly changes: readonly CostChange[];
  /** Values that look wrong but are stored. */
  readonly warnings: readonly CostWarning[];
}

/**
 * Imports costs that were checked before. New and changed ones are written together, so importing the same again
 * writes nothing. A dry run reports the changes and writes nothing.
 */
export async function importCosts(
  {
    costs,
    catalogue,
  }: { readonly costs: CostStore; readonly catalogue: Pick<CatalogueStore, 'productsBySku'> },
  { purchase, marketing, dryRun }: CostsToImport,
): Promise<CostImport> {
  const [stored, known] = await Promise.all([
    costs.stored({ purchase, marketing }),
    catalogue.productsBySku(purchase.map(({ sku }) => sku)),
  ]);
  const changes = [
    ...changesOf('purchase', purchase, stored.purchase, costKeys.purchase),
    ...changesOf('marketing', marketing, stored.marketing, costKeys.marketing),
  ];
  const changing = (kind: CostChange['kind']) =>
    new Set(changes.filter((change) => change.kind === kind).map(({ index }) => index));
  if (!dryRun && changes.length > 0)
    await costs.put({
      purchase: purchase.filter((_, index) => changing('purchase').has(index)),
      marketing: marketing.filter((_, index) => changing('marketing').has(index)),
    });
  const added = changes.filter(({ change }) => change === 'added').length;
  return {
    ...{ added, changed: changes.length - added },
    unchanged: purchase.length + marketing.length - changes.length,
    changes,
    warnings: unknownProducts(purchase, new Set(known.map(({ sku }) => sku))),
  };
}

function changesOf<Cost extends PurchaseCost | MarketingCost>(
  kind: CostChange['kind'],
  given: readonly Cost[],
  stored: readonly Cost[],
  keyOf: (cost: Cost) => string,
): CostChange[] {
  const before = new Map(stored.map((cost) => [keyOf(cost), canonicalJson(cost)]));
  return given.flatMap((cost, index): CostChange[] => {
    const was = before.get(keyOf(cost));
    if (was === undefined) return [{ kind, index, change: 'added' }];
    return was === canonicalJson(cost) ? [] : [{ kind, index, change: 'changed', before: was }];
  });
}

const unknownProducts = (purchase: readonly PurchaseCost[], known: ReadonlySet<string>): CostWarning[] =>
  purchase.flatMap(({ sku }, index) =>
    known.has(sku)
      ? []
      : [
          {
            pointer: `/purchase/${index}/sku`,
            code: 'unknown-product',
            detail: `the catalogue has no product ${sku}`,
          },
        ],
  );
