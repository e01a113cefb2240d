import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { receivedOn } from '../lake-keys.ts';
import type { LakeObject } from '../lake-store.ts';
import type { Compacted } from './compacted.ts';

/**
 * How many days' objects are known by name. The delivery stream tries for a day to store an object, under the day of
 * its first try; the other days are a reserve.
 */
const NAMED_DAYS = 4;

/** The key after which objects may be new; undefined for all of them. */
export const listAfter = ({ allBefore }: Compacted): string | undefined =>
  allBefore === undefined ? undefined : `facts/received=${allBefore}`;

/** Whether the object is in the tables, or was set aside with this content. */
export function isDone(compacted: Compacted, { key, tag }: LakeObject): boolean {
  const day = receivedOn(key);
  if (day === undefined) return true;
  const aside = compacted.setAside.find((each) => each.key === key);
  if (aside !== undefined && aside.tag !== tag) return false;
  if (compacted.allBefore !== undefined && day < compacted.allBefore) return true;
  return compacted.objects[day]?.includes(nameOf(key)) ?? false;
}

/**
 * The objects in batches of at most `maxBytes`; an object that is larger is a batch alone. The order of the keys
 * stays.
 */
export function inBatches(objects: readonly LakeObject[], maxBytes: number): LakeObject[][] {
  const batches: LakeObject[][] = [];
  let bytes = 0;
  for (const object of objects) {
    const last = batches.at(-1);
    if (last === undefined || bytes + object.bytes > maxBytes) {
      batches.push([object]);
      bytes = object.bytes;
    } else {
      last.push(object);
      bytes += object.bytes;
    }
  }
  return batches;
}

/** The names with those of a batch, and without those of days before which nothing new arrives. */
export function withObjects(
  { objects, allBefore }: Pick<Compacted, 'objects' | 'allBefore'>,
  batch: readonly LakeObject[],
  today: CalendarDate,
): Pick<Compacted, 'objects' | 'allBefore'> {
  const names = new Map(Object.entries(objects).map(([day, each]) => [day, new Set(each)]));
  for (const { key } of batch) {
    const day = receivedOn(key);
    if (day === undefined) continue;
    names.set(day, (names.get(day) ?? new Set()).add(nameOf(key)));
  }
  const since = later(allBefore, dayAfter(today, -NAMED_DAYS));
  const kept = [...names].filter(([day]) => day >= since);
  return {
    objects: Object.fromEntries(kept.map(([day, each]) => [day, [...each].sort()])),
    allBefore: since,
  };
}

const later = (a: CalendarDate | undefined, b: CalendarDate) => (a === undefined || a < b ? b : a);
const nameOf = (key: string): string => key.slice(key.indexOf('/', 'facts/'.length) + 1);
