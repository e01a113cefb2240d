import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery } from '@tanstack/react-query';
import { type Api, dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { ReasonLines } from './reasons.tsx';
import { SkuExplained } from './sku-explained.tsx';

type Proposal = Schema<'ProposedOrder'>;

/** Pages of proposals that are looked through for one. */
const MAX_PAGES = 10;

/** Why a proposed order has these units: the figures as they were stored, and what the last run says of each product. */
export function WhyProposed({ order }: { readonly order: Schema<'ReplenishmentOrder'> }) {
  const { api } = useOperator();
  const id = order.replenishmentOrderId;
  const proposal = useQuery({
    queryKey: ['replenishment', 'proposal', id],
    queryFn: () => findProposal(api, id),
  });
  if (proposal.error !== null)
    return <Failure error={proposal.error} again={() => void proposal.refetch()} />;
  if (proposal.data === undefined) return <Spinner />;
  const lines =
    proposal.data?.lines ?? order.lines.map(({ sku, ordered }) => ({ sku, units: ordered, reasons: [] }));
  return (
    <SpaceBetween size="m">
      {lines.map(({ sku, units, reasons }) => (
        <Container
          key={sku}
          header={
            <Header variant="h2">
              Why {units.toLocaleString()} of {sku}
            </Header>
          }
        >
          <ReasonLines of={sku} lines={reasons} />
          <ExpandableSection defaultExpanded={lines.length === 1} headerText="By the last run">
            <SkuExplained sku={sku} warehouse={order.warehouseId} />
          </ExpandableSection>
        </Container>
      ))}
    </SpaceBetween>
  );
}

async function findProposal(api: Api, id: string): Promise<Proposal | null> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { limit: 50, ...(cursor ? { cursor } : {}) };
    const read = await dataOf(api.GET('/v1/admin/replenishment/proposals', { params: { query } }));
    const found = read.proposals.find(({ replenishmentOrderId }) => replenishmentOrderId === id);
    if (found !== undefined) return found;
    cursor = read.cursor;
    if (cursor === undefined) break;
  }
  return null;
}
