import { warehousePartners } from '../../shared/runtime/deps/warehouse-partners.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('warehouse', warehousePartners);
