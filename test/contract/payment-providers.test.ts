import type { BoundPaymentProvider, PaymentProvider } from '../../shared/payment/provider.ts';
import { loadPaymentProviders } from '../../shared/payment/providers/index.ts';
import type { PaymentContract } from './suites/payment-contract.ts';
import { describePaymentProvider } from './suites/payment-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';

const entries = await entriesOf<BoundPaymentProvider, PaymentProvider, PaymentContract>(
  await loadPaymentProviders(),
  'shared/payment/providers',
);
for (const entry of entries) describePaymentProvider(entry);
