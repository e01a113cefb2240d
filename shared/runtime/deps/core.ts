import { publishedFacts } from '../../aws/order/published-facts.ts';
import { createTimelineStore } from '../../aws/order/timeline-store.ts';
import { newId } from '../../kernel/ids.ts';
import { journalsOf, taxEntriesOf } from '../../ledger/index.ts';
import { dueMoveOf, headOf } from '../../order/index.ts';
import { freedSlots } from '../../slots/index.ts';
import { stockMovesOf } from '../../stock/index.ts';
import { type Project, referencesOf } from '../../timeline/index.ts';
import { lazily } from '../lazily.ts';
import { report } from '../log.ts';
import { once } from '../once.ts';
import { baseDeps } from './base.ts';
import { ownTable } from './table.ts';

/**
 * The consequences of facts: the only place where the order's projections are combined. Each is computed when it is
 * first read, since a list and the state before a step need only the head.
 */
export const project: Project = (before, added) =>
  lazily({
    head: () => headOf([...before, ...added]),
    dueMove: () => dueMoveOf(before, added),
    stock: () => stockMovesOf(before, added),
    journals: () => journalsOf(before, added),
    references: () => referencesOf(added),
    freedSlots: () => freedSlots(before, added),
    taxEntries: () => taxEntriesOf(before, added),
  });

/** The dependencies of every step of the journey: the order's timeline, the time, ids, and reporting. */
export const coreDeps = once(() => {
  const base = baseDeps();
  const table = ownTable();
  const isPublished = publishedFacts({ all: base.settings.publishesAllFacts });
  return {
    ...base,
    table,
    newId,
    report,
    isPublished,
    timelines: createTimelineStore({ table, project, newId, isPublished }),
  };
});
