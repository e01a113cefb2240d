import type { NewId } from '../kernel/ids.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder } from '../timeline/index.ts';
import type { BoundPaymentProvider } from './provider.ts';

/** What the use cases of the payment stage are handed. */
export interface PaymentDeps extends ActOnOrder {
  readonly newId: NewId;
  readonly report: Report;
  /** Throws for a provider that has no settings here. */
  readonly providerByCode: (code: string) => Promise<BoundPaymentProvider>;
}
