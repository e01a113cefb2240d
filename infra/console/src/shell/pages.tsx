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
const ProductListPage = lazy(() =>
  import('../catalogue/product-list.tsx').then((at) => ({ default: at.ProductListPage })),
);
const ProductPage = lazy(() =>
  import('../catalogue/product-page.tsx').then((at) => ({ default: at.ProductPage })),
);
const ImportPage = lazy(() =>
  import('../catalogue/import-page.tsx').then((at) => ({ default: at.ImportPage })),
);
const MarketsPage = lazy(() =>
  import('../catalogue/markets-page.tsx').then((at) => ({ default: at.MarketsPage })),
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
const ReportListPage = lazy(() =>
  import('../reports/report-list.tsx').then((at) => ({ default: at.ReportListPage })),
);
const ReportPage = lazy(() =>
  import('../reports/report-page.tsx').then((at) => ({ default: at.ReportPage })),
);
const StockListPage = lazy(() =>
  import('../stock/stock-list.tsx').then((at) => ({ default: at.StockListPage })),
);
const StockPage = lazy(() => import('../stock/stock-page.tsx').then((at) => ({ default: at.StockPage })));
const ProposalsPage = lazy(() =>
  import('../replenishment/proposals-page.tsx').then((at) => ({ default: at.ProposalsPage })),
);
const ReplenishmentOrderPage = lazy(() =>
  import('../replenishment/order-page.tsx').then((at) => ({ default: at.ReplenishmentOrderPage })),
);
const RunsPage = lazy(() =>
  import('../replenishment/runs-page.tsx').then((at) => ({ default: at.RunsPage })),
);
const RunPage = lazy(() => import('../replenishment/run-page.tsx').then((at) => ({ default: at.RunPage })));
const RisksPage = lazy(() =>
  import('../replenishment/risks-page.tsx').then((at) => ({ default: at.RisksPage })),
);
const SignalsPage = lazy(() =>
  import('../replenishment/signals-page.tsx').then((at) => ({ default: at.SignalsPage })),
);
const SlottingPage = lazy(() =>
  import('../replenishment/slotting-page.tsx').then((at) => ({ default: at.SlottingPage })),
);
const SuppliersPage = lazy(() =>
  import('../replenishment/suppliers-page.tsx').then((at) => ({ default: at.SuppliersPage })),
);
const SupplierPage = lazy(() =>
  import('../replenishment/supplier-page.tsx').then((at) => ({ default: at.SupplierPage })),
);
const NewSupplierPage = lazy(() =>
  import('../replenishment/supplier-page.tsx').then((at) => ({ default: at.NewSupplierPage })),
);
const PurchasingPage = lazy(() =>
  import('../replenishment/purchasing-page.tsx').then((at) => ({ default: at.PurchasingPage })),
);

/** A page of replenishment. */
const planning = (path: string, text: string, page: Page['page']): Page => ({
  ...{ path, href: path, listed: { section: 'Replenishment', text } },
  ...{ scope: 'replenishment:read', page },
});

/** Every page of the console, in the order of the navigation. */
export const pages: readonly Page[] = [
  { path: '/', href: '/orders', scope: 'orders:read', page: WorkPage },
  listed('Orders', { path: '/work', text: 'Work list', scope: 'orders:read', page: WorkPage }),
  listed('Orders', { path: '/orders', text: 'Orders', scope: 'orders:read', page: OrderListPage }),
  { path: '/orders/:orderId', href: '/orders', scope: 'orders:read', page: OrderPage },
  {
    ...{ path: '/stock', href: '/stock', listed: { section: 'Goods', text: 'Stock' } },
    ...{ scope: 'stock:read', page: StockListPage },
  },
  listed('Goods', { path: '/products', text: 'Products', scope: 'catalogue:read', page: ProductListPage }),
  { path: '/products/:sku', href: '/products', scope: 'catalogue:read', page: ProductPage },
  { path: '/products-import', href: '/products', scope: 'catalogue:write', page: ImportPage },
  listed('Goods', {
    path: '/markets',
    text: 'What lacks for a market',
    scope: 'catalogue:read',
    page: MarketsPage,
  }),
  listed('Setup', { path: '/seller', text: 'Seller', scope: 'seller:read', page: SellerPage }),
  listed('Setup', {
    path: '/warehouses',
    text: 'Warehouses',
    scope: 'catalogue:read',
    page: WarehouseListPage,
  }),
  {
    ...{ path: '/warehouses/:warehouseId', href: '/warehouses' },
    ...{ scope: 'catalogue:read', page: WarehousePage },
  },
  listed('Setup', { path: '/carriers', text: 'Carriers', scope: 'catalogue:read', page: CarriersPage }),
  listed('Setup', {
    path: '/payment-methods',
    text: 'Payment methods',
    scope: 'orders:read',
    page: PaymentMethodsPage,
  }),
  listed('Setup', { path: '/rates', text: 'Exchange rates', scope: 'rates:read', page: RatesPage }),
  listed('Setup', { path: '/rules', text: 'Trade rules', scope: 'rules:read', page: RulesPage }),
  listed('Setup', { path: '/tariffs', text: 'Tariffs', scope: 'rules:read', page: TariffsPage }),
  listed('Reports', { path: '/reports', text: 'Reports', scope: 'reports:read', page: ReportListPage }),
  { path: '/reports/:name', href: '/reports', scope: 'reports:read', page: ReportPage },
  { path: '/stock/:sku', href: '/stock', scope: 'stock:read', page: StockPage },
  planning('/replenishment/proposals', 'Proposals', ProposalsPage),
  planning('/replenishment', 'Purchase and transfer orders', ReplenishmentPage),
  {
    ...{ path: '/replenishment/orders/:orderId', href: '/replenishment' },
    ...{ scope: 'replenishment:read', page: ReplenishmentOrderPage },
  },
  planning('/replenishment/runs', 'Runs', RunsPage),
  {
    ...{ path: '/replenishment/runs/:day', href: '/replenishment/runs' },
    ...{ scope: 'replenishment:read', page: RunPage },
  },
  planning('/replenishment/risks', 'Risks', RisksPage),
  planning('/replenishment/signals', 'Signals of demand', SignalsPage),
  planning('/replenishment/slotting', 'Places in warehouses', SlottingPage),
  planning('/replenishment/suppliers', 'Suppliers', SuppliersPage),
  {
    ...{ path: '/replenishment/suppliers/:supplierId', href: '/replenishment/suppliers' },
    ...{ scope: 'replenishment:read', page: SupplierPage },
  },
  {
    ...{ path: '/replenishment/new-supplier', href: '/replenishment/suppliers' },
    ...{ scope: 'replenishment:write', page: NewSupplierPage },
  },
  planning('/replenishment/purchasing', 'Purchasing settings', PurchasingPage),
];

type Listed = Pick<Page, 'path' | 'scope' | 'page'> & { readonly text: string };

/** A page of the navigation, which has its own address there. */
function listed(section: (typeof SECTIONS)[number], { text, ...page }: Listed): Page {
  return { ...page, href: page.path, listed: { section, text } };
}
