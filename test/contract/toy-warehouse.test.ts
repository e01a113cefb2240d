import type { BoundWarehouseSystem, WarehouseSystem } from '../../shared/warehouse/warehouse-system.ts';
import { shed } from '../fixtures/toys/warehouse/shed/adapter.ts';
import { entriesOf } from './suites/plug-in-entry.ts';
import { partnersWithToys } from './suites/toys.ts';
import type { WarehouseContract } from './suites/warehouse-contract.ts';
import { describeWarehouseSystem } from './suites/warehouse-suite.ts';

// The toy of the guide, registered beside the real ones.
const [entry] = await entriesOf<BoundWarehouseSystem, WarehouseSystem, WarehouseContract>(
  [shed],
  'test/fixtures/toys/warehouse',
);
if (entry === undefined) throw new Error('the toy is not found');
describeWarehouseSystem({ ...entry, partners: await partnersWithToys() });
