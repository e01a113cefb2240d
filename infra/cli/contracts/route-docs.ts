import type { FunctionId } from '../../../events/triggers.ts';
import { merchantRoutes } from './merchant-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import { paymentRoutes } from './payment-routes.ts';
import { replenishmentRoutes } from './replenishment-routes.ts';
import type { RouteDoc } from './route-doc.ts';
import { storefrontRoutes } from './storefront-routes.ts';

/** Further documentation, for some routes. */
export const routeDocs: Partial<Record<FunctionId, RouteDoc>> = {
  ...storefrontRoutes,
  ...operatorRoutes,
  ...merchantRoutes,
  ...paymentRoutes,
  ...replenishmentRoutes,
};
