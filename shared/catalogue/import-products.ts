import { canonicalJson } from '../kernel/hash.ts';
import type { CatalogueStore } from './ports.ts';
import type { Product } from './product.ts';
import { productWarnings, type Warning } from './product-warnings.ts';

/** The effect of an import on one product. Values are JSON; long ones are cut off. */
interface ProductChange {
  readonly sku: string;
  readonly change: 'added' | 'changed';
  readonly fields: readonly { readonly field: string; readonly before?: string; readonly after?: string }[];
}

export interface ProductImport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** In the order of the import. Unchanged products are left out. */
  readonly changes: readonly ProductChange[];
  /** Values that look wrong but are stored. Pointers begin with the product's place in the import. */
  readonly warnings: readonly Warning[];
}

/**
 * Imports products that were checked before. New and changed products are written together, so importing the same file
 * again writes nothing. A dry run reports the changes and writes nothing.
 */
export async function importProducts(
  catalogue: Pick<CatalogueStore, 'productsBySku' | 'putProducts'>,
  products: readonly Product[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<ProductImport> {
  const stored = await catalogue.productsBySku(products.map(({ sku }) => sku));
  const bySku = new Map(stored.map((product) => [product.sku, product]));
  const changes = products.flatMap((product) => changeOf(bySku.get(product.sku), product));
  const changing = new Set(changes.map(({ sku }) => sku));
  if (!dryRun && changing.size > 0)
    await catalogue.putProducts(products.filter(({ sku }) => changing.has(sku)));
  const added = changes.filter(({ change }) => change === 'added').length;
  const warnings = products.flatMap((product, index) =>
    productWarnings(product).map((warning) => ({
      ...warning,
      pointer: `/products/${index}${warning.pointer}`,
    })),
  );
  const changed = changes.length - added;
  return { added, changed, unchanged: products.length - changes.length, changes, warnings };
}

function changeOf(before: Product | undefined, after: Product): ProductChange[] {
  if (before === undefined) return [{ sku: after.sku, change: 'added', fields: [] }];
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => canonicalJson(old[field]) !== canonicalJson(now[field]))
    .map((field) => ({
      field,
      ...(old[field] === undefined ? {} : { before: inShort(old[field]) }),
      ...(now[field] === undefined ? {} : { after: inShort(now[field]) }),
    }));
  return fields.length === 0 ? [] : [{ sku: after.sku, change: 'changed', fields }];
}

const LONGEST_VALUE = 500;

function inShort(value: unknown): string {
  const text = canonicalJson(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}
