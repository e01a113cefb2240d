import { createOrderLists } from '../../aws/order-lists.ts';
import { createOrderRecords } from '../../aws/order-records.ts';
import { once } from '../once.ts';
import { coreWorld } from './core-world.ts';

/** For showing orders, listing them and stopping them. */
export const orderWorld = once(() => {
  const core = coreWorld();
  return { ...core, orders: createOrderRecords(core.table), lists: createOrderLists(core.table) };
});
