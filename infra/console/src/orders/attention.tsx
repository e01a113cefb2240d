import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { textOf } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { moment, words } from '../shell/words.ts';

type Reason = Schema<'Attention'>;

interface Props {
  readonly orderId: string;
  readonly reasons: readonly Reason[];
  readonly changed: () => void;
}

/** Why a person has to look at the order. What does not stop it ends when an operator says that it is dealt with. */
export const Attention = ({ reasons, ...props }: Props) => (
  <SpaceBetween size="s">
    {reasons.map((one) => (
      <OneReason key={`${one.reason}-${one.since}`} one={one} {...props} />
    ))}
  </SpaceBetween>
);

function OneReason({ one, orderId, changed }: Omit<Props, 'reasons'> & { readonly one: Reason }) {
  const { api, may, say } = useOperator();
  const { since, stops, ...named } = one;
  const ending = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/admin/orders/{orderId}/acknowledge', {
          params: { path: { orderId } },
          body: named,
        }),
      ),
    onSuccess: () => {
      say({ type: 'success', text: `${words(one.reason)}: it is off the work list.` });
      changed();
    },
    onError: (error) => say({ type: 'error', text: textOf(error) }),
  });
  return (
    <Alert
      type="warning"
      header={words(one.reason)}
      action={
        stops || !may('orders:write') ? undefined : (
          <Button loading={ending.isPending} onClick={() => ending.mutate()}>
            I have dealt with it
          </Button>
        )
      }
    >
      {stops ? 'The order waits for a decision' : 'The order goes on'}, since {moment(since)}.
      {one.trackingNumber === undefined ? '' : ` Parcel ${one.trackingNumber}.`}
    </Alert>
  );
}
