import type { BoundCarrier, Carrier } from '../../shared/shipping/carrier.ts';
import { pigeon } from '../fixtures/toys/carrier/pigeon/adapter.ts';
import type { CarrierContract } from './suites/carrier-contract.ts';
import { describeCarrier } from './suites/carrier-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';
import { partnersWithToys } from './suites/toys.ts';

// The toy of the guide, registered beside the real ones.
const [entry] = await entriesOf<BoundCarrier, Carrier, CarrierContract>(
  [pigeon],
  'test/fixtures/toys/carrier',
);
if (entry === undefined) throw new Error('the toy is not found');
describeCarrier({ ...entry, partners: await partnersWithToys() });
