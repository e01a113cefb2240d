import type { Access, Trigger } from './trigger.ts';

const storefront: Access = { kind: 'storefront' };
const reader: Access = { kind: 'scope', scope: 'reports:read' };

/** What storefronts report, and the reports of operators. */
// biome-ignore format: one entry a function, read like a table
export const reportTriggers = {
  'reports/post-visits': {
    kind: 'http', method: 'POST', path: '/v1/visits', access: storefront,
    does: 'takes what shoppers looked at and put into the cart, and puts it into the delivery stream of the lake',
    captures: true,
  },
  'reports/get-report': {
    kind: 'http', method: 'GET', path: '/v1/admin/reports/{name}', access: reader,
    does: 'answers a report by its name: a tax return of a period, or a stored report of the lake, which it asks for if there is none',
    table: ['get', 'query-taxes', 'put'], lake: ['read-reports'], sends: ['reports'], memoryMb: 1769, timeoutSeconds: 28,
  },
  'reports/get-reports': {
    kind: 'http', method: 'GET', path: '/v1/admin/reports', access: reader,
    does: 'lists the reports, and the stored ones with their periods and files', table: ['query'],
  },
  'reports/make-report': {
    kind: 'queue', reports: true, batchSize: 1,
    does: 'makes a report of the lake that is asked for, and stores it as JSON, CSV and a page',
    table: ['get', 'put'], lake: ['read-tables', 'read-reports', 'write-reports'], engine: 'duckdb',
    memoryMb: 1769, ephemeralMb: 4_096, timeoutSeconds: 300,
  },
} as const satisfies Record<string, Trigger>;
