import type { AnyRecord } from '../record.ts';
import { type Cell, commonCells, commonColumns, text } from '../subject.ts';

/** Records that this version can't read. They stay with the facts, and a rebuild by a version that can reads them. */
export const unknownFacts = {
  name: 'unknown_facts',
  says: 'A record that was counted and not read: its name or version is unknown here, or its data do not fit.',
  columns: {
    ...commonColumns,
    name: text('The name of the record.'),
    order_id: text('The order that it names.'),
    reason: text('Why it was not read.'),
  },
  rowsOf: (): Cell[][] => [],
};

/** The row of a record that was not read, for the reason given. */
export const unknownRow = (record: AnyRecord, reason: string): Cell[] => [
  ...commonCells(record, 0),
  record.name,
  record.orderId ?? null,
  reason,
];
