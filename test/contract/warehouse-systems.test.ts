import { warehouseSystems } from '../../shared/warehouse/systems/index.ts';
import type { BoundWarehouseSystem, WarehouseSystem } from '../../shared/warehouse/warehouse-system.ts';
import { entriesOf } from './suites/plug-in-entry.ts';
import type { WarehouseContract } from './suites/warehouse-contract.ts';
import { describeWarehouseSystem } from './suites/warehouse-suite.ts';

const entries = await entriesOf<BoundWarehouseSystem, WarehouseSystem, WarehouseContract>(
  warehouseSystems,
  'shared/warehouse/systems',
);
for (const entry of entries) describeWarehouseSystem(entry);
