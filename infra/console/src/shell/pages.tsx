import type { ComponentType } from 'react';
import { OrderListPage } from '../orders/order-list.tsx';
import { OrderPage } from '../orders/order-page.tsx';
import { ReplenishmentPage } from '../replenishment/replenishment-page.tsx';
import { WorkPage } from '../work/work-page.tsx';

interface Page {
  readonly path: string;
  readonly href: string;
  /** Its name among the pages; undefined if other pages lead to it. */
  readonly text?: string;
  /** Who may see it. */
  readonly scope: string;
  // biome-ignore lint/suspicious/noExplicitAny: the router gives each page its own parameters
  readonly page: ComponentType<any>;
}

/** Every page of the console, in the order of the navigation. */
export const pages: readonly Page[] = [
  { path: '/', href: '/orders', scope: 'orders:read', page: WorkPage },
  { path: '/work', href: '/work', text: 'Work list', scope: 'orders:read', page: WorkPage },
  { path: '/orders', href: '/orders', text: 'Orders', scope: 'orders:read', page: OrderListPage },
  { path: '/orders/:orderId', href: '/orders', scope: 'orders:read', page: OrderPage },
  {
    ...{ path: '/replenishment', href: '/replenishment', text: 'Replenishment' },
    ...{ scope: 'replenishment:read', page: ReplenishmentPage },
  },
];
