import type { FunctionId } from './triggers.ts';

const KB = 1024;

/** What a body may have in a route that is not named below, in bytes. */
const DEFAULT_BYTES = 16 * KB;

/**
 * The largest body of a route's request, in bytes. A longer one is refused with 413 before it is read. A partner's call
 * has a limit of its own. Lambda takes 6 MB in all, so that the imports end a little below.
 */
// biome-ignore format: one row a route, read like a table
const limits: Readonly<Partial<Record<FunctionId, number>>> = {
  // Anybody calls these: 80 lines with long names, or two addresses, take less than half.
  '1-quote/post-quote':                32 * KB,
  '2-order/post-order':                32 * KB,
  // Every page of a shop may call it: 25 steps take less than half.
  'reports/post-visits':               8 * KB,
  // An item of the table has 400 KB, and JSON may write the same in more.
  'catalogue/put-product':          1_024 * KB,
  'setup/put-warehouse':              512 * KB,
  'setup/put-slots':                  128 * KB,
  'catalogue/post-costs-import':        64 * KB,
  // 300 products with ten prices each, and 100 such suppliers as far as one transaction of 4 MB takes them.
  'replenishment/put-supplier':        384 * KB,
  'replenishment/post-suppliers-import': 2_500 * KB,
  // Many products, rows or lines in one request.
  'catalogue/post-products-import': 5_500 * KB,
  'setup/post-rules-import':        5_500 * KB,
  'setup/post-tariffs-import':      5_500 * KB,
  '5-shipping/post-carrier-invoices': 5_500 * KB,
};

/** The largest body that a route takes, in bytes. */
export const bodyLimitOf = (route: FunctionId): number => limits[route] ?? DEFAULT_BYTES;
