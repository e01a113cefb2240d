import { publishedFacts } from '../../aws/order/published-facts.ts';
import { createTimelineStore } from '../../aws/order/timeline-store.ts';
import { newId } from '../../kernel/ids.ts';
import { journalsOf, taxEntriesOf } from '../../ledger/index.ts';
import { dueMoveOf, headOf } from '../../order/index.ts';
import { freedSlots } from '../../slots/index.ts';
import { stockMovesOf } from '../../stock/index.ts';
import { type Project, referencesOf } from '../../timeline/index.ts';
import { report } from '../log.ts';
import { once } from '../once.ts';
import { baseDeps } from './base.ts';
import { ownTable } from './table.ts';

/**
 * The consequences of facts: the only place where the order's projections are combined. Each is computed when it is
 * first read, since a list and the state before a step need only the head.
 */
export const project: Project = (before, added) => {
  const consequences = {
    head: once(() => headOf([...before, ...added])),
    dueMove: once(() => dueMoveOf(before, added)),
    stock: once(() => stockMovesOf(before, added)),
    journals: once(() => journalsOf(before, added)),
    references: once(() => referencesOf(added)),
    freedSlots: once(() => freedSlots(before, added)),
    taxEntries: once(() => taxEntriesOf(before, added)),
  };
  return {
    get head() {
      return consequences.head();
    },
    get dueMove() {
      return consequences.dueMove();
    },
    get stock() {
      return consequences.stock();
    },
    get journals() {
      return consequences.journals();
    },
    get references() {
      return consequences.references();
    },
    get freedSlots() {
      return consequences.freedSlots();
    },
    get taxEntries() {
      return consequences.taxEntries();
    },
  };
};

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
