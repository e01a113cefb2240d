import { type ComponentType, lazy } from 'react';

/** The groups of the navigation, in its order. */
export const SECTIONS = ['Orders', 'Goods', 'Replenishment', 'Setup', 'Reports', 'Operations'] as const;

export interface Page {
  readonly path: string;
  readonly href: string;
  /** Its group and its name in the navigation; undefined if other pages lead to it. */
  readonly listed?: { readonly section: (typeof SECTIONS)[number]; readonly text: string };
  /** Who may see it. */
  readonly scope: string;
  // biome-ignore lint/suspicious/noExplicitAny: the router gives each page its own parameters
  readonly page: ComponentType<any>;
}

const WorkPage = lazy(() => import('../work/work-page.tsx').then((at) => ({ default: at.WorkPage })));
const OrderListPage = lazy(() =>
  import('../orders/order-list.tsx').then((at) => ({ default: at.OrderListPage })),
);
const OrderPage = lazy(() => import('../orders/order-page.tsx').then((at) => ({ default: at.OrderPage })));
const ReplenishmentPage = lazy(() =>
  import('../replenishment/replenishment-page.tsx').then((at) => ({ default: at.ReplenishmentPage })),
);

/** Every page of the console, in the order of the navigation. */
export const pages: readonly Page[] = [
  { path: '/', href: '/orders', scope: 'orders:read', page: WorkPage },
  {
    ...{ path: '/work', href: '/work', listed: { section: 'Orders', text: 'Work list' } },
    ...{ scope: 'orders:read', page: WorkPage },
  },
  {
    ...{ path: '/orders', href: '/orders', listed: { section: 'Orders', text: 'Orders' } },
    ...{ scope: 'orders:read', page: OrderListPage },
  },
  { path: '/orders/:orderId', href: '/orders', scope: 'orders:read', page: OrderPage },
  {
    ...{ path: '/replenishment', href: '/replenishment' },
    ...{ listed: { section: 'Replenishment', text: 'Purchase and transfer orders' } },
    ...{ scope: 'replenishment:read', page: ReplenishmentPage },
  },
];
