import type { PortCongestion } from '../../../../shared/replenishment/inbound/supply-risks.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { importInParts, refuseFile, repeatedRows } from '../../client/import-in-parts.ts';
import { readTextFile } from '../../files/read-text-file.ts';
import { textTable } from '../../terminal/text-table.ts';
import type { PortsOptions } from './ports-options.ts';
import { readPorts } from './read-ports.ts';

interface Deps {
  readonly operator: () => Promise<ApiClient>;
  readonly say: (line: string) => void;
}

const IMPORT = '/v1/admin/replenishment/ports/import';

/** Imports a file of ports where goods wait, closes some, or lists what is stored. Returns whether all went well. */
export async function ports(options: PortsOptions, deps: Deps): Promise<boolean> {
  const { file, close } = options;
  if (file !== undefined) return importFile(file, options.dryRun, deps);
  return close.length > 0 ? closePorts(options, deps) : list(options.json, deps);
}

async function importFile(file: string, dryRun: boolean, { operator, say }: Deps): Promise<boolean> {
  const read = readPorts(readTextFile(file));
  if (!read.ok) return refuseFile(file, read.errors, say);
  const twice = repeatedRows(read.ports, ['port']);
  if (twice.length > 0) return refuseFile(file, twice, say);
  return importInParts(
    {
      ...{ file, dryRun, rows: read.ports, path: IMPORT, noun: 'port' },
      bodyOf: (part, isDry) => ({ dryRun: isDry, ports: part.map(({ body }) => body) }),
    },
    { operator, say },
  );
}

async function closePorts({ close, dryRun }: PortsOptions, { operator, say }: Deps): Promise<boolean> {
  const client = await operator();
  const { closed, unknown } = await client.call<{ closed: number; unknown: readonly string[] }>({
    ...{ method: 'POST', path: IMPORT, body: { dryRun, closed: close } },
  });
  for (const port of unknown) say(`${port}: the port is not stored`);
  say(`${dryRun ? 'This was a dry run. It would close' : 'Closed'} ${closed} of ${close.length}`);
  return unknown.length === 0;
}

async function list(json: boolean, { operator, say }: Deps): Promise<boolean> {
  const client = await operator();
  const { ports: all } = await client.call<{ ports: readonly PortCongestion[] }>({
    ...{ method: 'GET', path: '/v1/admin/replenishment/risks' },
  });
  if (json) say(JSON.stringify(all, null, 2));
  else if (all.length === 0) say('No port is stored. entrepot replenish ports FILE.csv stores some.');
  else say(textTable(COLUMNS, all.map(rowOf)));
  return true;
}

const COLUMNS = [
  ...[{ title: 'port' }, { title: 'days later', align: 'right' } as const],
  { title: 'until' },
];

const rowOf = ({ port, delayDays, until }: PortCongestion) => [port, String(delayDays), until];
