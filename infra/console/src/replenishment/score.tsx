import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { words } from '../shell/words.ts';
import { day } from './words.ts';

/** How good a supplier was so far, and why: its last deliveries. */
export function Score({ supplier }: { readonly supplier: Schema<'SupplierWithScore'> }) {
  const { scorecard, deliveries } = supplier;
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: 'Score',
            value: (
              <ProgressBar
                value={scorecard.score / 100}
                ariaLabel="Score of the supplier"
                additionalInfo={`Of ${scorecard.deliveries} deliveries`}
              />
            ),
          },
          {
            label: 'Why',
            value: scorecard.reasons.map(({ code, detail }) => (
              <div key={code}>{`${words(code)}: ${detail}`}</div>
            )),
          },
        ]}
      />
      <ExpandableSection headerText={`Last deliveries (${deliveries.length})`}>
        <Table
          variant="embedded"
          items={deliveries}
          wrapLines
          ariaLabels={{ tableLabel: 'Last deliveries' }}
          empty="None yet"
          columnDefinitions={[
            { id: 'at', header: 'Received', isRowHeader: true, cell: ({ at }) => day(at) },
            {
              ...{ id: 'order', header: 'Order' },
              cell: ({ replenishmentOrderId: id }) => (
                <PageLink to={`/replenishment/orders/${id}`}>{id}</PageLink>
              ),
            },
            { id: 'late', header: 'Late', cell: ({ daysLate }) => `${daysLate} days` },
            {
              ...{ id: 'units', header: 'Units' },
              cell: ({ received, noticed, short, damaged, rejected }) =>
                `${received} of ${noticed}; ${short} short, ${damaged} damaged, ${rejected} rejected`,
            },
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}
