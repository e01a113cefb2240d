import type { BoundPaymentProvider, PaymentProvider } from '../../shared/payment/provider.ts';
import { beads } from '../fixtures/toys/payment/beads/adapter.ts';
import { coins } from '../fixtures/toys/payment/coins/adapter.ts';
import type { PaymentContract } from './suites/payment-contract.ts';
import { describePaymentProvider } from './suites/payment-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';
import { partnersWithToys } from './suites/toys.ts';

// The toys of the guides, registered beside the real ones: a provider that authorises, and a wallet made of data.
const entries = await entriesOf<BoundPaymentProvider, PaymentProvider, PaymentContract>(
  [coins, beads],
  'test/fixtures/toys/payment',
);
const partners = await partnersWithToys();
for (const entry of entries) describePaymentProvider({ ...entry, partners });
