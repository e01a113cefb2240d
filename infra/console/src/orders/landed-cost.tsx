import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { money, words } from '../shell/words.ts';

type Charge = Schema<'Charge'>;

const columns = [
  { id: 'what', header: 'Charge', isRowHeader: true, cell: ({ description }: Charge) => description },
  { id: 'kind', header: 'Kind', cell: ({ kind }: Charge) => words(kind) },
  { id: 'amount', header: 'Amount', cell: ({ amount }: Charge) => money(amount) },
  { id: 'formula', header: 'How it is computed', cell: ({ formula }: Charge) => formula },
  {
    ...{ id: 'law', header: 'Law' },
    cell: ({ legalReference, needsReview }: Charge) =>
      needsReview === true ? `${legalReference} (to be confirmed by a person)` : legalReference,
  },
  {
    ...{ id: 'owed', header: 'Owed to' },
    cell: ({ owedTo, collectedOnDelivery }: Charge) =>
      `${owedTo ?? '–'}${collectedOnDelivery === true ? ', at the door' : ''}`,
  },
];

/** What the order costs at the door: each figure with its formula and its law. */
export function LandedCost({ cost }: { readonly cost: Schema<'LandedCost'> }) {
  const { totals } = cost;
  const parts = Object.entries(totals).filter(([name]) => name !== 'total');
  return (
    <SpaceBetween size="m">
      {cost.consignments.map((consignment) => (
        <Table
          key={consignment.consignmentId}
          variant="embedded"
          wrapLines
          trackBy={({ code, lineId, ruleId }) => `${code} ${lineId ?? ''} ${ruleId}`}
          items={consignment.charges}
          columnDefinitions={columns}
          header={
            <Header
              variant="h3"
              description={`${consignment.regime}, ${consignment.scheme}; ${consignment.service} by ${consignment.carrier}`}
            >
              From {consignment.warehouseId} ({consignment.shipFrom})
            </Header>
          }
          ariaLabels={{ tableLabel: `Charges of the consignment from ${consignment.warehouseId}` }}
        />
      ))}
      <Box variant="strong">
        {parts.map(([name, amount]) => `${words(name)} ${money(amount)}`).join(' + ')} = {money(totals.total)}
      </Box>
    </SpaceBetween>
  );
}
