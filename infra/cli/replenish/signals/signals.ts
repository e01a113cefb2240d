import type { StoredSignal } from '../../../../shared/replenishment/signals/given-signal.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { importInParts, refuseFile, repeatedRows } from '../../client/import-in-parts.ts';
import { readTextFile } from '../../files/read-text-file.ts';
import { textTable } from '../../terminal/text-table.ts';
import { readSignals } from './read-signals.ts';
import type { SignalsOptions } from './signals-options.ts';

interface Deps {
  readonly operator: () => Promise<ApiClient>;
  readonly say: (line: string) => void;
}

const IMPORT = '/v1/admin/replenishment/signals/import';

/** Imports a file of signals, retires some, or lists what is stored. Returns whether all went well. */
export async function signals(options: SignalsOptions, deps: Deps): Promise<boolean> {
  const { file, retire } = options;
  if (file !== undefined) return importFile(file, options.dryRun, deps);
  return retire.length > 0 ? retireSignals(options, deps) : list(options.json, deps);
}

async function importFile(file: string, dryRun: boolean, { operator, say }: Deps): Promise<boolean> {
  const read = readSignals(readTextFile(file));
  if (!read.ok) return refuseFile(file, read.errors, say);
  const twice = repeatedRows(read.signals, ['signalId']);
  if (twice.length > 0) return refuseFile(file, twice, say);
  return importInParts(
    {
      ...{ file, dryRun, rows: read.signals, path: IMPORT, noun: 'signal' },
      bodyOf: (part, isDry) => ({ dryRun: isDry, signals: part.map(({ body }) => body) }),
    },
    { operator, say },
  );
}

async function retireSignals({ retire, dryRun }: SignalsOptions, { operator, say }: Deps): Promise<boolean> {
  const client = await operator();
  const { retired, unknown } = await client.call<{ retired: number; unknown: readonly string[] }>({
    ...{ method: 'POST', path: IMPORT, body: { dryRun, retired: retire } },
  });
  for (const id of unknown) say(`${id}: no signal has this code`);
  say(`${dryRun ? 'This was a dry run. It would retire' : 'Retired'} ${retired} of ${retire.length}`);
  return unknown.length === 0;
}

async function list(json: boolean, { operator, say }: Deps): Promise<boolean> {
  const client = await operator();
  const all: StoredSignal[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page = await client.call<{ signals: readonly StoredSignal[]; cursor?: string }>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/signals${query}` },
    });
    all.push(...page.signals);
    cursor = page.cursor;
  }
  if (json) say(JSON.stringify(all, null, 2));
  else if (all.length === 0) say('No signal is stored. entrepot replenish signals FILE.csv stores some.');
  else say(textTable(COLUMNS, all.map(rowOf)));
  return true;
}

const COLUMNS = [
  ...['signal', 'kind', 'markets', 'first day', 'last day', 'stock by'].map((title) => ({ title })),
  { title: 'demand', align: 'right' } as const,
  { title: 'SKUs', align: 'right' } as const,
];

const rowOf = ({ signalId, kind, markets, firstDay, lastDay, arriveBy, uplift, skus }: StoredSignal) => [
  ...[signalId, kind, markets.join(' '), firstDay, lastDay, arriveBy],
  demandText(uplift),
  skus === undefined ? 'all' : String(skus.length),
];

const demandText = ({ factor, unitsADay = 0 }: StoredSignal['uplift']): string =>
  factor === undefined ? `${unitsADay > 0 ? '+' : ''}${unitsADay} a day` : `x ${factor}`;
