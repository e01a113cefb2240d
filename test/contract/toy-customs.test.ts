import type { BoundBroker, Broker } from '../../shared/customs/broker.ts';
import { paperwork } from '../fixtures/toys/customs/paperwork/adapter.ts';
import type { CustomsContract } from './suites/customs-contract.ts';
import { describeBroker } from './suites/customs-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';
import { partnersWithToys } from './suites/toys.ts';

// The toy of the guide, registered beside the real ones.
const [entry] = await entriesOf<BoundBroker, Broker, CustomsContract>(
  [paperwork],
  'test/fixtures/toys/customs',
);
if (entry === undefined) throw new Error('the toy is not found');
describeBroker({ ...entry, partners: await partnersWithToys() });
