import { mkdir, rm } from 'node:fs/promises';
import type { Instant } from '../../kernel/time.ts';
import {
  type Compacted,
  MAX_SET_ASIDE,
  nothingCompacted,
  readCompacted,
  type SetAside,
  writeCompacted,
} from '../compaction/compacted.ts';
import {
  changedEarlier,
  inBatches,
  isDone,
  listAfter,
  readAgain,
  withObjects,
} from '../compaction/plan-batches.ts';
import { COMPACTED, FACTS } from '../lake-keys.ts';
import type { LakeObject, LakeStore } from '../lake-store.ts';
import { type MergePlace, mergeDay } from './merge-day.ts';
import { type EngineLimits, openEngine } from './open-engine.ts';
import { stageObjects } from './stage-objects.ts';
import { subjectNamed } from './table-sql.ts';

export interface CompactOptions {
  readonly store: LakeStore;
  /** A folder of this run alone; it is made, and removed at the end. */
  readonly folder: string;
  readonly now: Instant;
  readonly limits?: EngineLimits;
  /** Compressed bytes of facts that are read at a time: the folder holds about ten times as much. */
  readonly batchBytes?: number;
  /** Whether objects are looked for on all days, and not only on the last ones: of a folder that somebody fills. */
  readonly looksBack?: boolean;
  /** Whether the time of the run is nearly over: the next run does the rest. */
  readonly isTimeUp?: () => boolean;
  /** Is called after each batch. */
  readonly onBatch?: (progress: Progress) => void;
}

interface Progress {
  readonly objectsDone: number;
  readonly objects: number;
  readonly bytesDone: number;
  readonly bytes: number;
}

/** What a run did. */
export interface CompactOutcome {
  readonly objects: number;
  readonly facts: number;
  /** The files of tables that were written or checked. */
  readonly days: number;
  /** What could not be read in this run: objects and lines. */
  readonly setAside: number;
  /** Objects that the next run reads. */
  readonly left: number;
}

const BATCH_BYTES = 64 * 1024 * 1024;

/**
 * Brings the tables up to the facts that have arrived. A run that was cut off is repeated by the next one with the same
 * result: what is done is written down after the tables, batch by batch, and a fact that comes again changes nothing.
 * One run at a time. Throws where the store does not answer.
 */
export async function compact(options: CompactOptions): Promise<CompactOutcome> {
  const { store, now, batchBytes = BATCH_BYTES, isTimeUp = () => false } = options;
  let compacted = await readState(store, now);
  const back = options.looksBack === true ? await earlierObjects(store, compacted) : [];
  const objects = [...back, ...(await newObjects(store, compacted, back))];
  compacted = readAgain(compacted, back);
  const bytes = sizeOf(objects);
  const outcome = { objects: 0, facts: 0, days: 0, setAside: 0 };
  let bytesDone = 0;
  for (const batch of inBatches(objects, batchBytes)) {
    if (isTimeUp()) break;
    const done = await compactBatch(options, compacted, batch);
    compacted = done.compacted;
    await store.write(COMPACTED, writeCompacted(compacted));
    outcome.objects += batch.length;
    outcome.facts += done.facts;
    outcome.days += done.days;
    outcome.setAside += done.setAside;
    bytesDone += sizeOf(batch);
    options.onBatch?.({ objectsDone: outcome.objects, objects: objects.length, bytesDone, bytes });
  }
  return { ...outcome, left: objects.length - outcome.objects };
}

const sizeOf = (objects: readonly LakeObject[]) => objects.reduce((all, { bytes }) => all + bytes, 0);

/** What the tables are made of; of a lake without tables, nothing. */
export async function readState(store: LakeStore, now: Instant): Promise<Compacted> {
  const text = await store.read(COMPACTED);
  return text === undefined ? nothingCompacted(now) : readCompacted(text);
}

async function newObjects(
  store: LakeStore,
  compacted: Compacted,
  back: readonly LakeObject[],
): Promise<LakeObject[]> {
  const found: LakeObject[] = [];
  for await (const object of store.list(FACTS, listAfter(compacted)))
    if (!isDone(compacted, object)) found.push(object);
  return [...(await repaired(store, compacted, [...back, ...found])), ...found];
}

async function earlierObjects(store: LakeStore, compacted: Compacted): Promise<LakeObject[]> {
  const all: LakeObject[] = [];
  for await (const object of store.list(FACTS)) all.push(object);
  return changedEarlier(compacted, all);
}

/** Objects of earlier days that were set aside, and have another content since. */
async function repaired(
  store: LakeStore,
  compacted: Compacted,
  found: readonly LakeObject[],
): Promise<LakeObject[]> {
  const known = new Set(found.map(({ key }) => key));
  const keys = new Set(compacted.setAside.map(({ key }) => key).filter((key) => !known.has(key)));
  const objects: LakeObject[] = [];
  for (const key of keys)
    for await (const object of store.list(key))
      if (object.key === key && !isDone(compacted, object)) objects.push(object);
  return objects;
}

async function compactBatch(options: CompactOptions, before: Compacted, batch: readonly LakeObject[]) {
  const { store, folder, now, limits } = options;
  await mkdir(folder, { recursive: true });
  const engine = await openEngine({ folder, file: `${folder}/rows.duckdb`, ...(limits && { limits }) });
  const place = { engine, store, folder };
  try {
    const staged = await stageObjects(place, batch);
    const { tables, days } = await mergeAll(place, before.tables, staged.days);
    const compacted: Compacted = {
      ...{ ...before, madeAt: now, tables },
      ...withObjects(before, batch, now.slice(0, 10)),
      ...withSetAside(before, batch, staged.setAside),
    };
    return { compacted, days, facts: staged.facts, setAside: staged.setAside.length };
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Tables = Compacted['tables'];

/** The figures of all tables, once the new rows of each day are in its file. */
async function mergeAll(
  place: MergePlace,
  before: Tables,
  changed: ReadonlyMap<string, readonly string[]>,
): Promise<{ readonly tables: Tables; readonly days: number }> {
  const tables = structuredClone(before);
  let merged = 0;
  for (const [name, days] of changed) {
    const figures = tables[name] ?? {};
    tables[name] = figures;
    for (const day of days) {
      figures[day] = await mergeDay(place, { subject: subjectNamed(name), day }, figures[day]);
      merged += 1;
    }
  }
  return { tables, days: merged };
}

/** What is set aside after a batch: what was before, but for the objects that were tried again. */
function withSetAside(
  before: Compacted,
  batch: readonly LakeObject[],
  added: readonly SetAside[],
): Pick<Compacted, 'setAside' | 'setAsideCount'> {
  const tried = new Set(batch.map(({ key }) => key));
  const kept = before.setAside.filter(({ key }) => !tried.has(key));
  return {
    setAside: [...kept, ...added].slice(0, MAX_SET_ASIDE),
    setAsideCount: before.setAsideCount - (before.setAside.length - kept.length) + added.length,
  };
}
