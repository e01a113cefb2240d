import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { Schema } from '../api/client.ts';
import { moment, words } from '../shell/words.ts';

type Parcel = Schema<'OrderParcel'>;

/** The legs of a parcel, in their order. */
const LEGS = ['booked', 'cleared', 'fulfilling', 'dispatched', 'delivered'] as const;
const SAYS: Readonly<Record<(typeof LEGS)[number], string>> = {
  ...{ booked: 'Carrier booked', cleared: 'Cleared', fulfilling: 'In the warehouse' },
  ...{ dispatched: 'With the carrier', delivered: 'Delivered' },
};
/** Scans that a person should see at once. */
const BAD = ['customs_hold', 'attempt_failed', 'exception', 'lost', 'returning', 'returned'];

/** Each parcel as a picture of its legs, with the scans of its carrier and its declaration. */
export function Parcels({
  parcels,
  declarations,
}: {
  readonly parcels: readonly Parcel[];
  readonly declarations: readonly Schema<'OrderDeclaration'>[];
}) {
  return (
    <SpaceBetween size="m">
      {parcels.map((parcel) => {
        const declared = declarations.find(({ parcelId }) => parcelId === parcel.parcelId);
        return (
          <Container
            key={parcel.parcelId}
            header={
              <Header
                variant="h2"
                description={`From ${parcel.warehouseId}${parcel.carrier === undefined ? '' : ` by ${parcel.carrier}`}. Promised by ${moment(parcel.promisedBy)}.`}
                info={parcel.late ? <StatusIndicator type="warning">Late</StatusIndicator> : null}
              >
                Parcel {parcel.trackingNumber ?? parcel.parcelId}
              </Header>
            }
          >
            <SpaceBetween size="s">
              <Steps ariaLabel="Legs of the parcel" orientation="horizontal" steps={legsOf(parcel)} />
              {declared === undefined ? null : (
                <Box>
                  Declaration {declared.mrn ?? declared.declarationId} ({declared.dataSet}):{' '}
                  {words(declared.status)}
                </Box>
              )}
              <Steps ariaLabel="Scans of the carrier" steps={parcel.scans.map(stepOfScan)} />
            </SpaceBetween>
          </Container>
        );
      })}
    </SpaceBetween>
  );
}

function legsOf({ progress, closed }: Parcel): StepsProps.Step[] {
  if (progress === 'closed')
    return [{ status: 'stopped', header: `Closed: ${words(closed?.outcome ?? 'stopped')}` }];
  const legs: readonly string[] = LEGS;
  const reached = legs.indexOf(progress);
  return LEGS.map((leg, at) => ({
    header: SAYS[leg],
    status: at < reached || progress === 'delivered' ? 'success' : at === reached ? 'in-progress' : 'pending',
    statusIconAriaLabel: at <= reached ? 'reached' : 'to come',
  }));
}

const stepOfScan = ({ status, city, country, scannedAt }: Schema<'ParcelScan'>): StepsProps.Step => ({
  status: BAD.includes(status) ? 'warning' : 'success',
  statusIconAriaLabel: BAD.includes(status) ? 'needs a look' : 'done',
  header: `${words(status)}${city === undefined ? '' : `, ${city}`}${country === undefined ? '' : ` (${country})`}`,
  details: moment(scannedAt),
});
