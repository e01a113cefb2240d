import { FACT_PREFIX, REPORT_KEY } from '../table.ts';
import type { BusEvent } from './bus.ts';

/**
 * The event of a new item of the table, if it is one: a fact as it was written, or an event that does not belong to an
 * order. `image` holds the item's text attributes. Throws on a fact without a name.
 */
export function busEventOf(image: Readonly<Record<string, string>>): BusEvent | undefined {
  if (image.sk?.startsWith(FACT_PREFIX) === true) {
    const fact = image.fact ?? '';
    const { name } = JSON.parse(fact) as { name?: string };
    if (name === undefined) throw new Error(`item ${image.pk} ${image.sk} holds no fact`);
    return { name, detail: fact };
  }
  if (image.sk === REPORT_KEY) return { name: image.event ?? '', detail: image.reported ?? '{}' };
  return undefined;
}
