import { journalsOf, taxEntriesOf } from '../../shared/ledger/index.ts';
import { dueMoveOf, headOf } from '../../shared/order/index.ts';
import { freedSlots } from '../../shared/slots/index.ts';
import { stockMovesOf } from '../../shared/stock/index.ts';
import { type Project, referencesOf } from '../../shared/timeline/index.ts';

/** The product's projections, combined in the same way as in its composition root. */
export const project: Project = (before, added) => ({
  head: headOf([...before, ...added]),
  dueMove: dueMoveOf(before, added),
  stock: stockMovesOf(before, added),
  journals: journalsOf(before, added),
  references: referencesOf(added),
  freedSlots: freedSlots(before, added),
  taxEntries: taxEntriesOf(before, added),
});
