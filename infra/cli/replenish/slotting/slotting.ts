import type { OpenMove } from '../../../../shared/replenishment/slotting/ports.ts';
import { count, text } from '../../../../shared/reports/answer/columns.ts';
import { csvLines } from '../../../../shared/reports/answer/report-csv.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { type ImportRow, importInParts, refuseFile, repeatedRows } from '../../client/import-in-parts.ts';
import { readColumns } from '../../files/csv-columns.ts';
import type { FileProblem } from '../../files/problems.ts';
import { readTextFile } from '../../files/read-text-file.ts';
import { textTable } from '../../terminal/text-table.ts';
import { refusalOf } from '../client/needs-scope.ts';
import type { SlottingOptions } from './slotting-options.ts';

interface Deps {
  readonly operator: () => Promise<ApiClient>;
  readonly say: (line: string) => void;
}

const addressOf = (warehouseId: string) =>
  `/v1/admin/replenishment/slotting/${encodeURIComponent(warehouseId)}`;

/** Stores zones, or where products lie, or lists the proposed moves. Returns whether all went well. */
export async function slotting(options: SlottingOptions, deps: Deps): Promise<boolean> {
  const { file, zones, warehouseId } = options;
  try {
    if (zones !== undefined) return await storeZones(options, zones, deps);
    return await (file === undefined ? list(options, deps) : storePlaces(options, file, deps));
  } catch (error) {
    if (refusalOf(error)?.status !== 404) throw error;
    const isListed = zones === undefined && file === undefined;
    throw new Error(
      isListed
        ? `${warehouseId} has no storage zones: store them with --zones FILE.csv`
        : `there is no warehouse ${warehouseId}`,
      { cause: error },
    );
  }
}

async function storePlaces(
  { warehouseId, dryRun }: SlottingOptions,
  file: string,
  deps: Deps,
): Promise<boolean> {
  const read = readColumns(readTextFile(file), { required: ['sku', 'zone'], optional: [] });
  if (!read.ok) return refuseFile(file, read.errors, deps.say);
  const rows = read.rows.map(
    ({ line, cell }): ImportRow => ({ line, body: { sku: cell('sku'), zone: cell('zone') } }),
  );
  const twice = repeatedRows(rows, ['sku']);
  if (twice.length > 0) return refuseFile(file, twice, deps.say);
  return importInParts(
    {
      ...{ file, dryRun, rows, path: addressOf(warehouseId), noun: 'product' },
      bodyOf: (part, isDry) => ({ dryRun: isDry, placed: part.map(({ body }) => body) }),
    },
    deps,
  );
}

async function storeZones(
  { warehouseId, dryRun }: SlottingOptions,
  file: string,
  { operator, say }: Deps,
): Promise<boolean> {
  const read = readColumns(readTextFile(file), {
    required: ['zone', 'name', 'distanceMetres', 'capacityLitres'],
    optional: [],
  });
  if (!read.ok) return refuseFile(file, read.errors, say);
  const errors: FileProblem[] = [];
  const zones = read.rows.map(({ line, cell }) => {
    const numbers = (['distanceMetres', 'capacityLitres'] as const).map((column) => {
      if (!/^\d{1,9}$/.test(cell(column)))
        errors.push({ line, reason: `${column}: ${JSON.stringify(cell(column))} is not a whole number` });
      return [column, Number(cell(column))];
    });
    return { zone: cell('zone'), name: cell('name'), ...Object.fromEntries(numbers) };
  });
  if (errors.length > 0) return refuseFile(file, errors, say);
  const client = await operator();
  const { unchanged } = await client.call<{ unchanged: number }>({
    ...{ method: 'POST', path: addressOf(warehouseId), body: { dryRun, layout: { zones } } },
  });
  if (unchanged > 0) say('The zones are stored already');
  else say(dryRun ? 'This was a dry run. It would store the zones' : 'Stored the zones');
  return true;
}

async function list({ warehouseId, csv, json }: SlottingOptions, { operator, say }: Deps): Promise<boolean> {
  const client = await operator();
  const { moves } = await client.call<{ moves: readonly OpenMove[] }>({
    ...{ method: 'GET', path: addressOf(warehouseId) },
  });
  if (json) say(JSON.stringify(moves, null, 2));
  else if (csv) say(csvOf(moves).trimEnd());
  else if (moves.length === 0) say('No product has to be moved.');
  else say(textTable(COLUMNS, moves.map(rowOf)));
  return true;
}

const right = 'right' as const;

const COLUMNS = [
  ...[{ title: 'product' }, { title: 'from' }, { title: 'to' }],
  ...['picks a day', 'litres', 'metres saved a day', 'metres of the move'].map((title) => ({
    title,
    align: right,
  })),
  { title: 'why' },
];

const rowOf = (move: OpenMove) => [
  ...[move.sku, move.from, move.to, (move.picksPerDayMilli / 1_000).toFixed(1), String(move.litres)],
  ...[String(move.savedMetresPerDay), String(move.moveMetres), whyOf(move)],
];

function whyOf({ reason, forSku = '', signalId = '', beforeDay = '' }: OpenMove): string {
  if (reason === 'makes-room') return `makes room for ${forSku}`;
  return reason === 'campaign' ? `campaign ${signalId} from ${beforeDay}` : 'picked more for its room';
}

/** The moves as comma-separated values, with a line of titles. */
const csvOf = (moves: readonly OpenMove[]): string =>
  [
    ...csvLines({
      ...{ name: 'moves', title: 'Moves between storage zones' },
      columns: {
        sku: text('SKU', 'The product.'),
        from: text('From', 'The zone that it leaves.'),
        to: text('To', 'The zone in which it should lie.'),
        litres: count('Litres', 'The room that it takes.'),
        saved: count('Metres saved', 'Of walking, on a day; below zero where it makes room.'),
        move: count('Metres of the move', 'The walking that the move takes.'),
        why: text('Reason', 'Why it should be moved.'),
      },
      rows: moves.map((move) => ({
        ...{ sku: move.sku, from: move.from, to: move.to, litres: move.litres },
        ...{ saved: move.savedMetresPerDay, move: move.moveMetres, why: whyOf(move) },
      })),
    }),
  ].join('');
