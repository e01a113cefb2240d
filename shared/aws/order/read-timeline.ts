import type { Fact } from '../../../events/all-events.ts';
import type { Timeline } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { FACT_PREFIX, keys } from '../table.ts';
import { readFactItem } from './timeline-items.ts';

interface ReadOptions {
  readonly consistent: boolean;
  /** The names of the wanted facts, if only some are wanted: the others are not checked. */
  readonly only?: ReadonlySet<string>;
}

/**
 * The timeline of an order; undefined for an unknown order. A read that is not consistent may lack the latest facts.
 * Where it lacks all of them or one in between, it is repeated consistently.
 */
export async function readTimeline(
  table: Table,
  orderId: string,
  options: ReadOptions,
): Promise<Timeline | undefined> {
  const { consistent, only } = options;
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :facts)',
    ExpressionAttributeValues: { ':pk': keys.orderPartition(orderId), ':facts': FACT_PREFIX },
    ConsistentRead: consistent,
  });
  const steps = items.map((item) => readFactItem(item, only));
  const facts = steps.flatMap((step) => step.facts);
  if (!consistent && !isWhole(facts)) return readTimeline(table, orderId, { ...options, consistent: true });
  if (facts.length === 0) return undefined;
  const calls = steps.flatMap(({ call }) => (call === undefined ? [] : [call]));
  return { orderId, facts, calls };
}

/** The facts of an order, oldest first, as {@link readTimeline} reads them; none for an unknown order. */
export async function readFacts(
  table: Table,
  orderId: string,
  options: ReadOptions,
): Promise<readonly Fact[]> {
  return (await readTimeline(table, orderId, options))?.facts ?? [];
}

const isWhole = (facts: readonly Fact[]) =>
  facts.length > 0 && facts.every(({ sequence }, index) => sequence === index + 1);
