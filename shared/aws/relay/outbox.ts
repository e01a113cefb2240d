import type { Fact } from '../../../events/all-events.ts';
import { readFactItem } from '../order/timeline-items.ts';
import { FACT_PREFIX, REPORT_KEY, STEP_PREFIX } from '../table.ts';
import type { BusEvent } from './bus.ts';

/** What a new item of the table says: facts of an order, or an event that does not belong to an order. */
export interface Content {
  readonly facts: readonly Fact[];
  readonly events: readonly BusEvent[];
}

/**
 * The content of an item: the facts that its `outbox` names, as they were written; the facts of a replenishment order,
 * which are events for other systems; or the event of a report. `image` holds the item's texts, and its binary
 * attributes in base64. Throws on an item that should hold facts and does not.
 */
export function contentOf(image: Readonly<Record<string, string>>): Content {
  if (image.sk?.startsWith(FACT_PREFIX) === true) return { facts: factsOf(image), events: [] };
  if (image.sk?.startsWith(STEP_PREFIX) === true) return { facts: [], events: eventsOfStep(image.steps) };
  if (image.sk !== REPORT_KEY) return { facts: [], events: [] };
  return { facts: [], events: [{ name: image.event ?? '', detail: image.reported ?? '{}' }] };
}

/** Facts of a replenishment order. They fitted their schemas when they were written. */
function eventsOfStep(steps = ''): BusEvent[] {
  const facts = JSON.parse(steps) as readonly { readonly name: string; readonly data: unknown }[];
  return facts.map(({ name, data }) => ({ name, detail: JSON.stringify(data) }));
}

function factsOf({ pk, sk, outbox = '', facts = '' }: Readonly<Record<string, string>>): readonly Fact[] {
  const outgoing = new Set(outbox.split(' '));
  const stored = readFactItem({ facts: Buffer.from(facts, 'base64') }, outgoing).facts;
  if (outbox !== '' && stored.length === 0) throw new Error(`item ${pk} ${sk} holds no fact of its outbox`);
  return stored;
}
