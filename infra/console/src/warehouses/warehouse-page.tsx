import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { Decision } from '../shell/decision.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { words } from '../shell/words.ts';
import { RateCardTable } from './rate-card.tsx';
import { useWarehouse, type Warehouse } from './use-warehouse.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A warehouse with its lanes and their rate cards. */
export function WarehousePage({ params }: { readonly params: { readonly warehouseId: string } }) {
  const { warehouseId } = params;
  const { may } = useOperator();
  const { stored, storing } = useWarehouse(warehouseId);
  const again = () => void stored.refetch();
  if (stored.error !== null) return <Failure error={stored.error} again={again} />;
  if (stored.data === undefined) return <Spinner size="large" />;
  const { value, version } = stored.data;
  const mayWrite = may('catalogue:write');
  const store = (change: Partial<Warehouse>) =>
    storing.mutateAsync({ value: { ...value, ...change }, version });
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={value.name}
        actions={
          mayWrite ? (
            <Decision
              text={value.active ? 'Retire' : 'Bring back'}
              about={warehouseId}
              says={
                value.active
                  ? 'No new quote is planned from here. Orders that are placed go on, and the stock stays.'
                  : 'New quotes may be planned from here again.'
              }
              done={`${warehouseId} is ${value.active ? 'retired' : 'active'}.`}
              send={() => store({ active: !value.active })}
              decided={again}
            />
          ) : null
        }
      >
        {warehouseId}
      </Header>
      <Container header={<Header variant="h2">How it works</Header>}>
        <KeyValuePairs columns={4} items={pairsOf(value)} />
      </Container>
      <Container header={<Header variant="h2">Lanes and rate cards</Header>}>
        <SpaceBetween size="xl">
          {value.lanes.flatMap((lane, place) =>
            lane.rateCards.map((card, cardPlace) => (
              <RateCardTable
                key={`${version} ${lane.carrier} ${lane.service} ${card.rateCardId}`}
                card={card}
                lane={`${lane.carrier} ${lane.service} by ${lane.mode} to ${lane.countries.length} countries`}
                mayWrite={mayWrite}
                store={(changed) =>
                  store({
                    lanes: value.lanes.with(place, {
                      ...lane,
                      rateCards: lane.rateCards.with(cardPlace, changed),
                    }),
                  })
                }
              />
            )),
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

const pairsOf = (at: Warehouse) => [
  { label: 'State', value: at.active ? 'Active' : 'Retired' },
  { label: 'Kind', value: words(at.kind) },
  {
    label: 'Address',
    value: [at.address.line1, at.address.postalCode, at.address.city, at.address.country]
      .filter(Boolean)
      .join(', '),
  },
  { label: 'Time zone', value: at.timeZone },
  { label: 'Cut-off', value: at.cutOffTime },
  { label: 'Working days', value: at.workingDays.map((day) => DAYS[day - 1]).join(', ') },
  { label: 'Handling', value: `${at.handlingHours} h` },
  { label: 'System', value: at.system },
  { label: 'Services', value: at.services.map(words).join(', ') || '–' },
  { label: 'Parent', value: at.parent?.warehouseId ?? '–' },
  { label: 'Orders a day', value: at.capacity?.ordersPerDay ?? 'No limit' },
  { label: 'Boxes', value: at.boxes.length },
];
