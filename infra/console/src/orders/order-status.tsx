import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Schema } from '../api/client.ts';
import { words } from '../shell/words.ts';

const LOOKS: Readonly<Partial<Record<Schema<'OrderStatus'>, StatusIndicatorProps.Type>>> = {
  ...{ placed: 'pending', authorised: 'pending', held: 'warning', cancelling: 'in-progress' },
  ...{ delivered: 'success', closed: 'stopped', cancelled: 'stopped', expired: 'stopped' },
};

/** The status of an order, with a sign that does not depend on its colour. */
export const OrderStatus = ({ status }: { readonly status: Schema<'OrderStatus'> }) => (
  <StatusIndicator type={LOOKS[status] ?? 'in-progress'}>{words(status)}</StatusIndicator>
);
