import type { NewId } from '../kernel/ids.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder, OrderDetailsReader } from '../timeline/index.ts';
import type { BoundPaymentProvider } from './provider.ts';

/** The dependencies of the payment stage's use cases. */
export interface PaymentDeps extends ActOnOrder {
  readonly newId: NewId;
  readonly report: Report;
  /** The customer and the addresses, for a method that asks for the payer. */
  readonly details: OrderDetailsReader;
  /** Throws for a provider that has no settings here. */
  readonly providerByCode: (code: string) => Promise<BoundPaymentProvider>;
}
