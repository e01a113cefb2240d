import type { BoundBroker, Broker } from '../../shared/customs/broker.ts';
import { brokers } from '../../shared/customs/brokers/index.ts';
import type { CustomsContract } from './suites/customs-contract.ts';
import { describeBroker } from './suites/customs-suite.ts';
import { entriesOf } from './suites/plug-in-entry.ts';

const entries = await entriesOf<BoundBroker, Broker, CustomsContract>(brokers, 'shared/customs/brokers');
for (const entry of entries) describeBroker(entry);
