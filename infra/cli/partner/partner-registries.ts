import type * as z from 'zod';
import type { CallbackKind } from '../../../events/callback.ts';
import { brokers } from '../../../shared/customs/brokers/index.ts';
import { loadPaymentProviders } from '../../../shared/payment/providers/index.ts';
import { carriers } from '../../../shared/shipping/carriers/index.ts';
import { warehouseSystems } from '../../../shared/warehouse/systems/index.ts';

/** What a plug-in says about its settings. */
export interface DescribedPlugIn {
  readonly code: string;
  readonly settings: z.ZodType;
}

/** The plug-ins of each kind of partner. The deployed functions read their settings with the same schemas. */
export const partnerRegistries: Readonly<Record<CallbackKind, readonly DescribedPlugIn[]>> = {
  payment: await loadPaymentProviders(),
  carrier: carriers,
  customs: brokers,
  warehouse: warehouseSystems,
};
