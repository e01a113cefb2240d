import type * as z from 'zod';
import type { FieldProblem } from '../../kernel/problem.ts';
import type { Instant } from '../../kernel/time.ts';
import { importChanges } from '../import-changes.ts';
import type { SlottingStore } from './ports.ts';
import type { Placed, SlottingMove, StorageZones, slottingBodySchema } from './storage-zone.ts';

/** What storing does, or would do. */
export interface SlottingChanges {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Proposed moves that are made by it. */
  readonly made: number;
}

type Body = z.infer<typeof slottingBodySchema>;

/** Products that are placed in a zone which the warehouse does not have; empty where there are none. */
export async function unknownZones(
  store: Pick<SlottingStore, 'layouts'>,
  warehouseId: string,
  { placed = [] }: Pick<Body, 'placed'>,
): Promise<FieldProblem[]> {
  if (placed.length === 0) return [];
  const [layout] = await store.layouts([warehouseId]);
  const known = new Set(layout?.zones.map(({ zone }) => zone));
  return placed.flatMap(({ zone }, index) =>
    known.has(zone)
      ? []
      : [
          {
            pointer: `/placed/${index}/zone`,
            code: 'unknown-zone',
            detail: `the warehouse has no zone ${zone}`,
          },
        ],
  );
}

/**
 * Stores the zones of a warehouse, or where products lie, and ends the moves that are made by it. A repeat writes
 * nothing. A dry run says what would change and writes nothing.
 */
export async function storeSlotting(
  store: SlottingStore,
  warehouseId: string,
  { body, now }: { readonly body: Body; readonly now: Instant },
): Promise<SlottingChanges> {
  if (body.layout !== undefined) return storeLayout(store, warehouseId, body.layout, body.dryRun);
  return storePlaces(store, warehouseId, { placed: body.placed ?? [], dryRun: body.dryRun, now });
}

async function storeLayout(
  store: SlottingStore,
  warehouseId: string,
  layout: StorageZones,
  dryRun: boolean,
): Promise<SlottingChanges> {
  const { written, ...counts } = importChanges([layout], await store.layouts([warehouseId]));
  if (!dryRun && written.length > 0) await store.putLayout(warehouseId, layout);
  return { ...counts, made: 0 };
}

async function storePlaces(
  store: SlottingStore,
  warehouseId: string,
  {
    placed,
    dryRun,
    now,
  }: { readonly placed: readonly Placed[]; readonly dryRun: boolean; readonly now: Instant },
): Promise<SlottingChanges> {
  const known = await store.placesOf(
    warehouseId,
    placed.map(({ sku }) => sku),
  );
  const { written, ...counts } = importChanges(
    placed,
    placed.map(({ sku }, at) => {
      const zone = known[at];
      return zone === undefined ? undefined : { sku, zone };
    }),
  );
  const zoneOf = new Map(placed.map(({ sku, zone }) => [sku, zone]));
  const made = (await store.openMoves(warehouseId)).filter(({ sku, to }) => zoneOf.get(sku) === to);
  if (!dryRun) {
    if (written.length > 0) await store.putPlaces(warehouseId, written);
    for (const { at: _, ...move } of made) await store.end(move, 'made', now);
  }
  return { ...counts, made: made.length };
}

/**
 * Brings the open moves of a warehouse in line with a plan. A new one is proposed once. One that was made, or that the
 * plan does not want any more, ends by itself.
 */
export async function settleMoves(
  store: Pick<SlottingStore, 'openMoves' | 'propose' | 'end'>,
  warehouseId: string,
  {
    wanted,
    places,
    now,
  }: {
    readonly wanted: readonly SlottingMove[];
    readonly places: ReadonlyMap<string, string>;
    readonly now: Instant;
  },
): Promise<{ proposed: number; ended: number }> {
  const keyOf = ({ sku, from, to }: SlottingMove) => `${sku}#${from}#${to}`;
  const open = await store.openMoves(warehouseId);
  const present = new Set(wanted.map(keyOf));
  const known = new Set(open.map(keyOf));
  const ended = open.filter((move) => !present.has(keyOf(move)));
  const proposed = wanted.filter((move) => !known.has(keyOf(move)));
  for (const { at: _, ...move } of ended)
    await store.end(move, places.get(move.sku) === move.to ? 'made' : 'not-wanted', now);
  for (const move of proposed) await store.propose(move, now);
  return { proposed: proposed.length, ended: ended.length };
}
