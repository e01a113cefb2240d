import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { moment, money } from '../shell/words.ts';

interface Posting {
  readonly id: string;
  readonly at: string;
  readonly says: string;
  readonly account: string;
  readonly amount: Schema<'Money'>;
}

const columns = [
  { id: 'at', header: 'At', cell: ({ at }: Posting) => at },
  { id: 'says', header: 'What happened', cell: ({ says }: Posting) => says },
  { id: 'account', header: 'Account', isRowHeader: true, cell: ({ account }: Posting) => account },
  { id: 'debit', header: 'Debit', cell: ({ amount }: Posting) => (amount.amount > 0 ? money(amount) : '') },
  {
    ...{ id: 'credit', header: 'Credit' },
    cell: ({ amount }: Posting) => (amount.amount < 0 ? money({ ...amount, amount: -amount.amount }) : ''),
  },
];

/** The journals of an order. The debits of each are its credits. */
export function Ledger({
  entries,
  fees,
}: {
  readonly entries: readonly Schema<'LedgerEntry'>[];
  readonly fees: readonly Schema<'PaymentFee'>[];
}) {
  const postings = entries.flatMap(({ occurredAt, description, postings: own }, n) =>
    own.map(({ account, amount }, m) => ({
      ...{ id: `${n}-${m}`, account, amount },
      ...(m === 0 ? { at: moment(occurredAt), says: description } : { at: '', says: '' }),
    })),
  );
  return (
    <SpaceBetween size="m">
      <Table
        variant="embedded"
        wrapLines
        trackBy="id"
        items={postings}
        columnDefinitions={columns}
        empty="Nothing was booked yet"
        ariaLabels={{ tableLabel: 'Journals of the order' }}
      />
      {fees.map((fee) => (
        <Box key={fee.reference}>
          Fee of {fee.provider} for {money(fee.amount)}: expected{' '}
          {fee.expected === undefined ? 'not known' : money(fee.expected)}, charged{' '}
          {fee.charged === undefined ? 'not yet' : money(fee.charged)}
        </Box>
      ))}
    </SpaceBetween>
  );
}
