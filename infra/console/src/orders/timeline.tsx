import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { moment, words } from '../shell/words.ts';

type Entry = Schema<'TimelineEntry'>;

const columns = [
  { id: 'n', header: 'No.', cell: ({ sequence }: Entry) => sequence },
  { id: 'what', header: 'What happened', isRowHeader: true, cell: ({ fact }: Entry) => words(fact) },
  { id: 'at', header: 'At', cell: ({ occurredAt }: Entry) => moment(occurredAt) },
  { id: 'by', header: 'By', cell: ({ by }: Entry) => words(by) },
];

/** Every fact of an order, with who caused it. */
export const Timeline = ({ entries }: { readonly entries: readonly Entry[] }) => (
  <Table
    variant="embedded"
    trackBy={({ sequence }) => String(sequence)}
    items={entries}
    columnDefinitions={columns}
    ariaLabels={{ tableLabel: 'Timeline' }}
  />
);
