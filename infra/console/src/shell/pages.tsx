import type { ComponentType } from 'react';
import { lazy } from './lazy.ts';

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
const WarehouseListPage = lazy(() =>
  import('../warehouses/warehouse-list.tsx').then((at) => ({ default: at.WarehouseListPage })),
);
const WarehousePage = lazy(() =>
  import('../warehouses/warehouse-page.tsx').then((at) => ({ default: at.WarehousePage })),
);
const CarriersPage = lazy(() =>
  import('../carriers/carriers-page.tsx').then((at) => ({ default: at.CarriersPage })),
);
const PaymentMethodsPage = lazy(() =>
  import('../payment-methods/payment-methods-page.tsx').then((at) => ({ default: at.PaymentMethodsPage })),
);
const SellerPage = lazy(() => import('../seller/seller-page.tsx').then((at) => ({ default: at.SellerPage })));
const RatesPage = lazy(() => import('../rates/rates-page.tsx').then((at) => ({ default: at.RatesPage })));
const RulesPage = lazy(() => import('../rules/rules-page.tsx').then((at) => ({ default: at.RulesPage })));
const TariffsPage = lazy(() =>
  import('../rules/tariffs-page.tsx').then((at) => ({ default: at.TariffsPage })),
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
  setup('/seller', 'Seller', 'seller:read', SellerPage),
  setup('/warehouses', 'Warehouses', 'catalogue:read', WarehouseListPage),
  {
    ...{ path: '/warehouses/:warehouseId', href: '/warehouses' },
    ...{ scope: 'catalogue:read', page: WarehousePage },
  },
  setup('/carriers', 'Carriers', 'catalogue:read', CarriersPage),
  setup('/payment-methods', 'Payment methods', 'orders:read', PaymentMethodsPage),
  setup('/rates', 'Exchange rates', 'rates:read', RatesPage),
  setup('/rules', 'Trade rules', 'rules:read', RulesPage),
  setup('/tariffs', 'Tariffs', 'rules:read', TariffsPage),
];

// biome-ignore lint/suspicious/noExplicitAny: the router gives each page its own parameters
function setup(path: string, text: string, scope: string, page: ComponentType<any>): Page {
  return { path, href: path, listed: { section: 'Setup', text }, scope, page };
}
