import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { CalendarDate, Instant } from '../../kernel/time.ts';
import { type LakeRecord, writeRecord } from '../../lake/index.ts';
import type { LakeStore } from '../../lake/lake-store.ts';
import type { Table } from '../clients.ts';
import { FACT_PREFIX, type Key } from '../table.ts';
import { type RawItem, recordsOfItem } from './item-records.ts';

export interface RefillOptions {
  readonly table: Table;
  readonly store: LakeStore;
  /** A folder for the files of this run; it is made, and removed at the end. */
  readonly folder: string;
  readonly now: Instant;
  /** The first UTC day, by when a fact was written down. */
  readonly since: CalendarDate;
  /** The last UTC day; all since then if absent. */
  readonly until?: CalendarDate | undefined;
  /** Whether the records are only counted. */
  readonly isDryRun?: boolean;
  /** The lines that one object holds at most, by their bytes. */
  readonly objectBytes?: number;
  /** Is called after each page of the table. */
  readonly onPage?: (progress: { readonly items: number; readonly records: number }) => void;
}

export interface RefillOutcome {
  /** The items of the table that were looked at. */
  readonly items: number;
  readonly records: number;
  readonly objects: number;
  /** The keys of items that should have a record and can't be read. */
  readonly unreadable: readonly Key[];
}

const OBJECT_BYTES = 8 * 1024 * 1024;
const compress = promisify(gzip);

/**
 * Reads the whole table, and puts what the lake keeps of its items under `facts/` again. A record that the lake has
 * already has the same id, and counts once. What is not in the table any more can't be refilled: quotes that have
 * expired, and positions of stock of before. Throws where the table or the store does not answer; a repeat is harmless.
 */
export async function refill(options: RefillOptions): Promise<RefillOutcome> {
  const { table, folder, since, until, onPage } = options;
  const writer = new ObjectWriter(options);
  const unreadable: Key[] = [];
  let items = 0;
  await mkdir(folder, { recursive: true });
  try {
    for await (const page of pagesOf(table)) {
      for (const raw of page) {
        try {
          for (const record of recordsOf(raw, options.now))
            if (isBetween(record.recordedAt.slice(0, 10), since, until)) writer.add(record);
        } catch {
          unreadable.push({ pk: raw.pk?.S ?? '', sk: raw.sk?.S ?? '' });
        }
      }
      items += page.length;
      await writer.write(false);
      onPage?.({ items, records: writer.records });
    }
    await writer.write(true);
    return { items, records: writer.records, objects: writer.objects, unreadable };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isBetween = (day: string, since: CalendarDate, until: CalendarDate | undefined): boolean =>
  day >= since && (until === undefined || day <= until);

/**
 * The records of an item. The stream gives a product or a rate the number of its change; here its content takes that
 * place, so that a repeat gives the same ids.
 */
function recordsOf(raw: RawItem, now: Instant): LakeRecord[] {
  // The names of a fact's attributes do not change its record, and a step may be large.
  const isFact = raw.sk?.S?.startsWith(FACT_PREFIX) === true;
  const change = isFact ? '' : `refill-${createHash('sha256').update(JSON.stringify(raw)).digest('hex')}`;
  return recordsOfItem(raw, { at: now, change });
}

async function* pagesOf({ client, name }: Table): AsyncIterable<readonly RawItem[]> {
  let from: RawItem | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: name,
        ...(from === undefined ? {} : { ExclusiveStartKey: from as never }),
      }),
    );
    yield (page.Items ?? []) as readonly RawItem[];
    from = page.LastEvaluatedKey as RawItem | undefined;
  } while (from !== undefined);
}

/** Gathers lines, and stores them as objects of the day of this run. */
class ObjectWriter {
  records = 0;
  objects = 0;
  #lines: string[] = [];
  #bytes = 0;
  readonly #options: RefillOptions;

  constructor(options: RefillOptions) {
    this.#options = options;
  }

  add(record: LakeRecord): void {
    const line = writeRecord(record);
    this.records += 1;
    this.#lines.push(line);
    this.#bytes += Buffer.byteLength(line) + 1;
  }

  /** Stores what was gathered: all of it at the end, otherwise once it is enough for an object. */
  async write(isEnd: boolean): Promise<void> {
    const { store, folder, now, isDryRun, objectBytes = OBJECT_BYTES } = this.#options;
    if (this.#lines.length === 0 || (!isEnd && this.#bytes < objectBytes)) return;
    const lines = this.#lines.splice(0);
    this.#bytes = 0;
    this.objects += 1;
    if (isDryRun === true) return;
    const file = join(folder, 'object.gz');
    await writeFile(file, await compress(`${lines.join('\n')}\n`));
    const name = `refill-${now.replaceAll(/[:.]/g, '-')}-${String(this.objects).padStart(5, '0')}`;
    await store.store(`facts/received=${now.slice(0, 10)}/${name}.ndjson.gz`, file);
  }
}
