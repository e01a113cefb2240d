import type { NewId } from '../kernel/ids.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder } from '../timeline/index.ts';
import type { BoundPaymentProvider } from './provider.ts';

/** The dependencies of the payment stage's use cases. */
export interface PaymentDeps extends ActOnOrder {
  readonly newId: NewId;
  readonly report: Report;
  /** Throws for a provider that has no settings here. */
  readonly providerByCode: (code: string) => Promise<BoundPaymentProvider>;
}
