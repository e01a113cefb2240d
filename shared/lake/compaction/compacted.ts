import * as z from 'zod';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';

/** The figures of a table's day. Two files with equal figures hold equal rows. */
const dayFiguresSchema = z.strictObject({
  rows: z.int().min(1),
  /** The sum of the digests of all rows: it does not depend on their order, nor on how a file was written. */
  checksum: z.string(),
});

export type DayFigures = z.infer<typeof dayFiguresSchema>;

/** What could not be read, and how far it was read. */
const setAsideSchema = z.strictObject({
  key: z.string(),
  /** Of the object as it was then: another content is tried again. */
  tag: z.string(),
  reason: z.string(),
  /** The number of the line, from 1; absent if the object as a whole is damaged. */
  line: z.int().min(1).optional(),
  /** Lines that were read before; those are in the tables. */
  linesRead: z.int().min(0),
});

export type SetAside = z.infer<typeof setAsideSchema>;

/** What the tables are made of, and their figures. */
const compactedSchema = z.strictObject({
  version: z.literal(1),
  /** When a run last changed the tables, UTC. */
  madeAt: instantSchema,
  /** Objects of facts that arrived before this day are in the tables, or set aside. */
  allBefore: calendarDateSchema.optional(),
  /** How many objects arrived on each of those days. */
  earlier: z.record(calendarDateSchema, z.int().min(0)),
  /** The names of the objects since then that are in the tables, by the day of their arrival. */
  objects: z.record(calendarDateSchema, z.array(z.string())),
  /** At most {@link MAX_SET_ASIDE}; `setAsideCount` has them all. */
  setAside: z.array(setAsideSchema),
  setAsideCount: z.int().min(0),
  /** The figures of each table by day. */
  tables: z.record(z.string(), z.record(calendarDateSchema, dayFiguresSchema)),
});

export type Compacted = z.infer<typeof compactedSchema>;

/** More are counted and not named. */
export const MAX_SET_ASIDE = 1_000;

/** Before the first run. */
export const nothingCompacted = (now: string): Compacted => ({
  ...{ version: 1, madeAt: now, earlier: {}, objects: {}, setAside: [], setAsideCount: 0, tables: {} },
});

/** The text of the file: the same content gives the same text. */
export const writeCompacted = (compacted: Compacted): string =>
  `${JSON.stringify(sorted(compacted), null, 1)}\n`;

/** The content of the file. Throws a ZodError for another form. */
export const readCompacted = (text: string): Compacted => compactedSchema.parse(JSON.parse(text));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
