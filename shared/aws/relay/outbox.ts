import { readFactItem } from '../order/timeline-items.ts';
import { FACT_PREFIX, REPORT_KEY } from '../table.ts';
import { type BusEvent, fitting } from './bus.ts';

/**
 * The events of a new item of the table: the facts that its `outbox` names, as they were written, or an event that does
 * not belong to an order. `image` holds the item's texts, and its binary attributes in base64. Throws on an item that
 * should hold facts and does not.
 */
export function busEventsOf(image: Readonly<Record<string, string>>): BusEvent[] {
  if (image.sk?.startsWith(FACT_PREFIX) === true) return factEvents(image);
  if (image.sk === REPORT_KEY) return [{ name: image.event ?? '', detail: image.reported ?? '{}' }];
  return [];
}

function factEvents({ pk, sk, outbox = '', facts = '' }: Readonly<Record<string, string>>): BusEvent[] {
  const outgoing = new Set(outbox.split(' '));
  const stored = readFactItem({ facts: Buffer.from(facts, 'base64') }, outgoing).facts;
  if (outbox !== '' && stored.length === 0) throw new Error(`item ${pk} ${sk} holds no fact of its outbox`);
  return stored.map(fitting);
}
