import type { FileProblem } from '../files/problems.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { BadFile, readJson } from '../terminal/bad-file.ts';
import { elementLines } from '../terminal/element-lines.ts';
import type { ReadProduct } from './read-product.ts';
import { readProductCsv } from './read-product-csv.ts';

/**
 * Reads a catalogue: a CSV file with a header, or JSON. JSON is an array of products or `{ "products": [...] }`.
 * Throws {@link BadFile} with one line per error if the file cannot be read, or if a SKU occurs twice.
 */
export function readProductFile(path: string): ReadProduct[] {
  const text = readTextFile(path);
  const products = /\.json$/i.test(path) ? readProductJson(path, text) : readProductCsv(path, text);
  if (products.length === 0) throw new BadFile(`${path}: the file has no products`);
  const twice = secondOnes(products).map(
    ({ line, first, sku }) => `${path}:${line}: sku: ${sku} is also on line ${first}`,
  );
  if (twice.length > 0) throw new BadFile(twice.join('\n'));
  return products;
}

function readProductJson(path: string, text: string): ReadProduct[] {
  const json = readJson(path, text);
  const isBare = Array.isArray(json);
  const items = isBare ? json : (json as { products?: unknown } | null)?.products;
  if (!Array.isArray(items))
    throw new BadFile(`${path}: write an array of products, or { "products": [...] }`);
  const lines = elementLines(text, isBare ? undefined : 'products');
  const onOneLine = items.length > 1 && new Set(lines).size === 1;
  const strange = items.findIndex((item) => typeof item !== 'object' || item === null || Array.isArray(item));
  if (strange >= 0) throw new BadFile(`${path}: product ${strange + 1} is not an object`);
  return items.map((product, index) => ({
    product: product as Record<string, unknown>,
    line: lines[index] ?? 1,
    columnOf: (pointer) => {
      const field = pointer === '' ? 'the product' : pointer.slice(1).replaceAll('/', '.');
      return onOneLine ? `product ${index + 1}, ${field}` : field;
    },
  }));
}

/** SKUs that differ from an earlier one of the file by capital letters alone: two products, mostly by mistake. */
export function similarSkus(products: readonly ReadProduct[]): FileProblem[] {
  const firsts = new Map<string, ReadProduct>();
  return products.flatMap((read) => {
    const { sku } = read.product;
    if (typeof sku !== 'string') return [];
    const first = firsts.get(sku.toLowerCase());
    if (first === undefined) firsts.set(sku.toLowerCase(), read);
    if (first === undefined || first.product.sku === sku) return [];
    const other = `${first.product.sku} on line ${first.line}`;
    return [
      {
        line: read.line,
        reason: `sku: ${sku} differs from ${other} by capital letters alone: these are two products`,
      },
    ];
  });
}

function secondOnes(products: readonly ReadProduct[]): { line: number; first: number; sku: string }[] {
  const firsts = new Map<unknown, number>();
  return products.flatMap(({ product: { sku }, line }) => {
    const first = firsts.get(sku);
    if (first === undefined) firsts.set(sku, line);
    return first === undefined || typeof sku !== 'string' ? [] : [{ line, first, sku }];
  });
}
