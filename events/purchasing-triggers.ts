import type { Access, Trigger } from './trigger.ts';

const reader: Access = { kind: 'scope', scope: 'replenishment:read' };
const writer: Access = { kind: 'scope', scope: 'replenishment:write' };
const approver: Access = { kind: 'scope', scope: 'replenishment:approve' };

const signature: Access = { kind: 'signature' };

/** What a step of an order does with the table. */
const writesOrder = ['get', 'query', 'put', 'update'] as const;

/** Suppliers, purchase orders and transfer orders, and what comes in. */
// biome-ignore format: one entry a function, read like a table
export const purchasingTriggers = {
  'replenishment/put-supplier': {
    kind: 'http', method: 'PUT', path: '/v1/admin/replenishment/suppliers/{supplierId}', access: writer,
    does: 'stores a supplier: its products with prices, cartons and lead times, its certificates, whether it is down',
    table: ['get', 'put'], secrets: ['quote-signing'],
  },
  'replenishment/get-supplier': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/suppliers/{supplierId}', access: reader,
    does: 'shows a supplier with its score and the reasons of it', table: ['get', 'query'],
  },
  'replenishment/get-suppliers': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/suppliers', access: reader,
    does: 'lists suppliers', table: ['query'],
  },
  'replenishment/post-suppliers-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/suppliers/import', access: writer,
    does: 'stores and retires many suppliers, all of them or none', table: ['get', 'put'],
  },
  'replenishment/get-purchasing-settings': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/purchasing-settings', access: reader,
    does: 'shows up to which total purchase orders approve themselves', table: ['get'],
  },
  'replenishment/put-purchasing-settings': {
    kind: 'http', method: 'PUT', path: '/v1/admin/replenishment/purchasing-settings', access: approver,
    does: 'stores up to which total purchase orders approve themselves', table: ['put'],
  },
  'replenishment/post-replenishment-order': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/orders', access: writer,
    does: 'proposes a purchase order or a transfer order by hand, once for each need',
    table: writesOrder,
  },
  'replenishment/get-replenishment-orders': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/orders', access: reader,
    does: 'lists purchase orders and transfer orders that are open, or have ended', table: ['query', 'query-lists'],
  },
  'replenishment/get-replenishment-order': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/orders/{replenishmentOrderId}', access: reader,
    does: 'shows a purchase order or a transfer order with its deliveries and its timeline', table: ['query'],
  },
  'replenishment/post-approval': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/orders/{replenishmentOrderId}/approve', access: approver,
    does: 'approves a purchase order or a transfer order', table: writesOrder,
  },
  'replenishment/post-order-decision': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/orders/{replenishmentOrderId}/{decision}', access: writer,
    does: "stores that the supplier took an order, cancels it, or gives up the rest of it",
    table: writesOrder,
  },
  'replenishment/post-notice': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/orders/{replenishmentOrderId}/notices', access: writer,
    does: 'takes an advance shipment notice: what is on its way, its freight, and the figures of its entry',
    table: writesOrder,
  },
  'replenishment/post-receipt': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/orders/{replenishmentOrderId}/receipts', access: writer,
    does: 'counts a delivery at the dock: stock, what a unit costs, and the score of the supplier follow',
    table: writesOrder,
  },
  'replenishment/post-supplier-call': {
    kind: 'http', method: 'POST', path: '/v1/hooks/supplier/{code}', access: signature,
    does: "checks a supplier's signature and takes its answer to an order, or its notice of a delivery",
    table: writesOrder, secrets: ['quote-signing'],
  },
  'replenishment/put-port': {
    kind: 'http', method: 'PUT', path: '/v1/admin/replenishment/ports/{port}', access: writer,
    does: 'stores that goods wait at a port, and for how long', table: ['put'],
  },
  'replenishment/post-ports-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/ports/import', access: writer,
    does: 'stores many ports where goods wait, and closes others', table: ['query', 'put'],
  },
  'replenishment/post-slotting': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/slotting/{warehouseId}', access: writer,
    does: 'stores the storage zones of a warehouse, or in which of them products lie', table: ['get', 'query', 'put', 'update'],
  },
  'replenishment/get-slotting': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/slotting/{warehouseId}', access: reader,
    does: 'lists the moves of products between storage zones that the last run proposed', table: ['get', 'query'],
  },
  'replenishment/post-signals-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/signals/import', access: writer,
    does: 'stores and retires signals of demand: holidays, campaigns, feeds', table: ['get', 'put'],
  },
  'replenishment/get-signals': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/signals', access: reader,
    does: 'lists signals of demand with their days', table: ['query'],
  },
  'replenishment/get-supply-risks': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/risks', access: reader,
    does: 'lists the open risks of missing goods: SKUs that run out, late orders, congested ports', table: ['query'],
  },
} as const satisfies Record<string, Trigger>;
