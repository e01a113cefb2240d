import type { Supplier } from '../../../../shared/replenishment/purchasing/supplier.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { importInParts, refuseFile } from '../../client/import-in-parts.ts';
import { readTextFile } from '../../files/read-text-file.ts';
import { textTable } from '../../terminal/text-table.ts';
import { readSuppliers } from './read-suppliers.ts';
import type { SuppliersOptions } from './suppliers-options.ts';

interface Deps {
  readonly operator: () => Promise<ApiClient>;
  readonly say: (line: string) => void;
}

const SUPPLIERS = '/v1/admin/replenishment/suppliers';
const IMPORT = `${SUPPLIERS}/import`;

/** Imports a file of suppliers, retires some, or lists what is stored. Returns whether all went well. */
export async function suppliers(options: SuppliersOptions, deps: Deps): Promise<boolean> {
  const { file, retire } = options;
  if (file !== undefined) return importFile(file, options.dryRun, deps);
  return retire.length > 0 ? retireSuppliers(options, deps) : list(options.json, deps);
}

async function importFile(file: string, dryRun: boolean, { operator, say }: Deps): Promise<boolean> {
  const read = readSuppliers(readTextFile(file));
  if (!read.ok) return refuseFile(file, read.errors, say);
  return importInParts(
    {
      ...{ file, dryRun, rows: read.suppliers, path: IMPORT, noun: 'supplier' },
      bodyOf: (part, isDry) => ({ dryRun: isDry, suppliers: part.map(({ body }) => body) }),
    },
    { operator, say },
  );
}

async function retireSuppliers(
  { retire, dryRun }: SuppliersOptions,
  { operator, say }: Deps,
): Promise<boolean> {
  const client = await operator();
  const { retired, unknown } = await client.call<{ retired: number; unknown: readonly string[] }>({
    ...{ method: 'POST', path: IMPORT, body: { dryRun, retired: retire } },
  });
  for (const id of unknown) say(`${id}: no supplier has this code`);
  say(`${dryRun ? 'This was a dry run. It would retire' : 'Retired'} ${retired} of ${retire.length}`);
  return unknown.length === 0;
}

async function list(json: boolean, { operator, say }: Deps): Promise<boolean> {
  const client = await operator();
  const all: Supplier[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await client.call<{ suppliers: readonly Supplier[]; cursor?: string }>({
      ...{ method: 'GET', path: `${SUPPLIERS}?limit=50${query}` },
    });
    all.push(...page.suppliers);
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (json) say(JSON.stringify(all, null, 2));
  else if (all.length === 0) say('No supplier is stored. entrepot replenish suppliers FILE.csv stores some.');
  else say(textTable(COLUMNS, all.map(rowOf)));
  return true;
}

const COLUMNS = [
  ...['supplier', 'name', 'origin', 'status', 'orders go', 'certificates'].map((title) => ({ title })),
  { title: 'share', align: 'right' } as const,
  { title: 'products', align: 'right' } as const,
];

const rowOf = ({ offers, certificates, sending, shareLimitPercent, ...supplier }: Supplier) => [
  ...[supplier.supplierId, supplier.name, supplier.originCountries.join(' '), supplier.status],
  sending.way === 'http' ? sending.url : 'to a file',
  certificates.map(({ kind, validUntil }) => `${kind} to ${validUntil}`).join(', '),
  `${shareLimitPercent} %`,
  String(offers.length),
];
