import { warehousePartners } from '../../shared/runtime/deps/warehouse.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('warehouse', warehousePartners);
