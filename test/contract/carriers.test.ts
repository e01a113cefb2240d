import type { BoundCarrier, Carrier } from '../../shared/shipping/carrier.ts';
import { carriers } from '../../shared/shipping/carriers/index.ts';
import type { CarrierContract } from './suites/carrier-contract.ts';
import { describeCarrier } from './suites/carrier-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';

const entries = await entriesOf<BoundCarrier, Carrier, CarrierContract>(carriers, 'shared/shipping/carriers');
for (const entry of entries) describeCarrier(entry);
