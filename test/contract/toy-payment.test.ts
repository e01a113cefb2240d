import type { BoundPaymentProvider, PaymentProvider } from '../../shared/payment/provider.ts';
import { coins } from '../fixtures/toys/payment/coins/adapter.ts';
import type { PaymentContract } from './suites/payment-contract.ts';
import { describePaymentProvider } from './suites/payment-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';
import { partnersWithToys } from './suites/toys.ts';

// The toy of the guide, registered beside the real ones.
const [entry] = await entriesOf<BoundPaymentProvider, PaymentProvider, PaymentContract>(
  [coins],
  'test/fixtures/toys/payment',
);
if (entry === undefined) throw new Error('the toy is not found');
describePaymentProvider({ ...entry, partners: await partnersWithToys() });
