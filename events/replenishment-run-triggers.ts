import type { Access, Trigger } from './trigger.ts';

const reader: Access = { kind: 'scope', scope: 'replenishment:read' };
const writer: Access = { kind: 'scope', scope: 'replenishment:write' };

/** The daily run of replenishment: its steps, its progress, and what it found. */
// biome-ignore format: one entry a function, read like a table
export const replenishmentRunTriggers = {
  'replenishment/post-run': {
    kind: 'http', method: 'POST', path: '/v1/admin/replenishment/runs', access: writer,
    does: 'starts the run of a day: forecasts, plans and proposed orders of every product and warehouse; once a day',
    table: ['get', 'query', 'put'], sends: ['run-history'],
  },
  'replenishment/get-runs': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/runs', access: reader,
    does: 'lists the runs of replenishment', table: ['query'],
  },
  'replenishment/get-run': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/runs/{day}', access: reader,
    does: 'shows how far a run is and what it counted', table: ['get'],
  },
  'replenishment/get-run-skus': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/runs/{day}/skus', access: reader,
    does: 'lists the products that a run did not plan, would stop, or has cut', table: ['get'], lake: ['read-replenishment'],
  },
  'replenishment/get-proposals': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/proposals', access: reader,
    does: 'lists the orders that wait for an approval and cheaper ways to markets, with their reasons', table: ['query', 'query-lists'],
  },
  'replenishment/get-sku': {
    kind: 'http', method: 'GET', path: '/v1/admin/replenishment/skus/{sku}', access: reader,
    does: 'explains what the last run found for a product', table: ['get', 'query'], lake: ['read-replenishment'],
  },
  'replenishment/make-run-history': {
    kind: 'queue', 'run-history': true, batchSize: 1,
    does: 'reads the sales of every product and warehouse from the lake for a run, and writes them in batches',
    table: ['get', 'query', 'update'], lake: ['read-tables', 'write-replenishment'], engine: 'duckdb',
    sends: ['run-batch'], memoryMb: 3_008, ephemeralMb: 8_192, timeoutSeconds: 900,
  },
  'replenishment/make-run-plans': {
    kind: 'queue', 'run-batch': true, 'run-placing': true, batchSize: 1,
    does: 'plans a batch of a run: what to buy, to move and to stop of each product at each warehouse; then brings all needs within budget and capacities, places the orders once, and announces products that run out before their next arrival',
    table: ['get', 'query', 'put', 'update'], lake: ['read-replenishment', 'write-replenishment'],
    sends: ['run-placing'], memoryMb: 1_769, timeoutSeconds: 300,
  },
} as const satisfies Record<string, Trigger>;
