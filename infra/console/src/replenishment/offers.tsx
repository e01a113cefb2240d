import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { PageLink } from '../shell/link.tsx';
import { OfferDialog } from './offer-dialog.tsx';
import { type Offer, pricesText } from './supplier-draft.ts';

interface Props {
  readonly offers: readonly Offer[];
  /** Absent where the operator may only read. */
  readonly changed?: ((offers: readonly Offer[]) => void) | undefined;
}

/** What a supplier asks for each product. */
export function Offers({ offers, changed }: Props) {
  const [edited, setEdited] = useState<Offer | 'new' | undefined>();
  const taken = (offer: Offer) =>
    changed?.(edited === 'new' ? [...offers, offer] : offers.map((each) => (each === edited ? offer : each)));
  return (
    <>
      <Table
        items={offers}
        wrapLines
        ariaLabels={{ tableLabel: 'Products that it sells' }}
        empty="It sells nothing yet"
        header={
          <Header
            variant="h2"
            counter={`(${offers.length})`}
            actions={
              changed === undefined ? null : <Button onClick={() => setEdited('new')}>Add a product</Button>
            }
          >
            Products that it sells
          </Header>
        }
        columnDefinitions={[
          {
            ...{ id: 'sku', header: 'Product', isRowHeader: true },
            cell: ({ sku }) => <PageLink to={`/stock/${encodeURIComponent(sku)}`}>{sku}</PageLink>,
          },
          { id: 'number', header: 'Its number', cell: ({ supplierSku }) => supplierSku ?? '–' },
          {
            ...{ id: 'prices', header: 'Prices from units' },
            cell: ({ prices }) => `${pricesText(prices)} ${prices[0]?.unitPrice.currency ?? ''}`,
          },
          { id: 'pack', header: 'Case', cell: ({ casePack }) => casePack.toLocaleString() },
          {
            id: 'least',
            header: 'Smallest order',
            cell: ({ minimumUnits }) => minimumUnits.toLocaleString(),
          },
          { id: 'lead', header: 'Lead time', cell: ({ leadTimeDays }) => `${leadTimeDays} days` },
          ...(changed === undefined
            ? []
            : [
                {
                  ...{ id: 'edit', header: 'Change' },
                  cell: (offer: Offer) => (
                    <SpaceBetween direction="horizontal" size="xs">
                      <Button ariaLabel={`Edit ${offer.sku}`} onClick={() => setEdited(offer)}>
                        Edit
                      </Button>
                      <Button
                        ariaLabel={`Remove ${offer.sku}`}
                        onClick={() => changed(offers.filter((each) => each !== offer))}
                      >
                        Remove
                      </Button>
                    </SpaceBetween>
                  ),
                },
              ]),
        ]}
      />
      {edited === undefined ? null : (
        <OfferDialog
          offer={edited === 'new' ? undefined : edited}
          taken={taken}
          close={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
