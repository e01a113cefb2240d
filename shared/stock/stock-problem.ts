import { keyReused, type Problem } from '../kernel/problem.ts';
import type { MovementOutcome } from './stock.ts';

const refused = (status: 409 | 422, pointer: string, code: string, detail: string): Problem => ({
  status,
  code,
  title: 'Movement refused',
  detail,
  errors: [{ pointer, code, detail }],
});

/** The answers to a caller whose movement of stock is refused. */
export const stockProblems = {
  'key-reused': keyReused,
  'not-enough': {
    status: 409,
    code: 'stock-not-enough',
    title: 'Not enough stock',
    detail: 'The warehouse has fewer units than that in the state from which they are taken.',
    errors: [
      {
        pointer: '/quantity',
        code: 'stock-not-enough',
        detail: 'more units than the warehouse has in that state',
      },
    ],
  },
  'transfer-exists': refused(
    409,
    '/transferId',
    'transfer-exists',
    'The SKU was dispatched under this transfer before.',
  ),
  'transfer-unknown': refused(
    422,
    '/transferId',
    'transfer-unknown',
    'The SKU was never dispatched under this transfer.',
  ),
  'transfer-elsewhere': refused(
    422,
    '/warehouseId',
    'transfer-elsewhere',
    'The transfer goes to another warehouse.',
  ),
  busy: {
    status: 503,
    code: 'stock-busy',
    title: 'Stock is busy',
    detail: 'Other requests are changing this stock. Repeat the request in a moment.',
  },
} as const satisfies Record<Exclude<MovementOutcome, 'moved' | 'already-moved'>, Problem>;

/** A field names a warehouse that is not in the network. */
export const unknownWarehouse = (pointer: string) => ({
  pointer,
  code: 'warehouse-unknown',
  detail: 'there is no such warehouse in the network',
});
