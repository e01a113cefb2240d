import type { ApiClient } from '../client/api-client.ts';
import { importInParts, refuseFile, repeatedRows } from '../client/import-in-parts.ts';
import type { CostKind, CostsOptions } from './costs-options.ts';
import { readCosts } from './read-costs.ts';

/** What tells one cost from another: the same again would replace it. */
const KEYS: Readonly<Record<CostKind, readonly string[]>> = {
  purchase: ['sku', 'validFrom'],
  marketing: ['storefrontId', 'market', 'channel', 'day'],
};

/**
 * Checks the file, and asks the backend what each part of it would change. Then stores the parts in turn, unless it is
 * a dry run. If a line is wrong, nothing of the file is stored. An interrupted import can be repeated. Returns whether
 * the file had no error.
 */
export async function importCosts(
  { kind, file, dryRun }: Pick<CostsOptions, 'kind' | 'file' | 'dryRun'>,
  text: string,
  operator: () => Promise<ApiClient>,
  say: (line: string) => void,
): Promise<boolean> {
  const read = readCosts(kind, text);
  if (!read.ok) return refuseFile(file, read.errors, say);
  const twice = repeatedRows(read.costs, KEYS[kind]);
  if (twice.length > 0) return refuseFile(file, twice, say);
  return importInParts(
    {
      ...{ file, dryRun, rows: read.costs, path: '/v1/admin/costs/import', noun: 'cost' },
      bodyOf: (part, isDry) => ({ dryRun: isDry, [kind]: part.map(({ body }) => body) }),
    },
    { operator, say },
  );
}
