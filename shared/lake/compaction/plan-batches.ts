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

/**
 * The objects of earlier days of which another number is there than was read: some were copied there later. All of the
 * day are read again, which changes nothing where they were read before.
 */
export function changedEarlier(
  { allBefore, earlier }: Compacted,
  objects: readonly LakeObject[],
): LakeObject[] {
  const days = Map.groupBy(objects, ({ key }) => receivedOn(key));
  return [...days].flatMap(([day, ofDay]) =>
    day !== undefined && allBefore !== undefined && day < allBefore && (earlier[day] ?? 0) !== ofDay.length
      ? ofDay
      : [],
  );
}

type Known = Pick<Compacted, 'objects' | 'allBefore' | 'earlier'>;

/** Forgets how many objects were read of the days of these, because they are read again. */
export function readAgain(compacted: Compacted, objects: readonly LakeObject[]): Compacted {
  const days = new Set(objects.map(({ key }) => receivedOn(key)));
  const kept = Object.entries(compacted.earlier).filter(([day]) => !days.has(day));
  return { ...compacted, earlier: Object.fromEntries(kept) };
}

/** What is known of objects after a batch: of days before which nothing new arrives only the number is kept. */
export function withObjects(before: Compacted, batch: readonly LakeObject[], today: CalendarDate): Known {
  const tried = new Set(before.setAside.map(({ key }) => key));
  const since = later(before.allBefore, dayAfter(today, -NAMED_DAYS));
  const names = new Map(Object.entries(before.objects).map(([day, each]) => [day, new Set(each)]));
  const earlier = new Map(Object.entries(before.earlier));
  for (const { key } of batch) {
    const day = receivedOn(key);
    if (day === undefined) continue;
    if (before.allBefore === undefined || day >= before.allBefore)
      names.set(day, (names.get(day) ?? new Set()).add(nameOf(key)));
    else if (!tried.has(key)) earlier.set(day, (earlier.get(day) ?? 0) + 1);
  }
  for (const [day, each] of names) {
    if (day >= since) continue;
    earlier.set(day, (earlier.get(day) ?? 0) + each.size);
    names.delete(day);
  }
  return {
    objects: Object.fromEntries([...names].map(([day, each]) => [day, [...each].sort()])),
    allBefore: since,
    earlier: Object.fromEntries(earlier),
  };
}

const later = (a: CalendarDate | undefined, b: CalendarDate) => (a === undefined || a < b ? b : a);
const nameOf = (key: string): string => key.slice(key.indexOf('/', 'facts/'.length) + 1);
