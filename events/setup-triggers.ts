import type { Access, Scope, Trigger } from './trigger.ts';

const scope = (name: Scope): Access => ({ kind: 'scope', scope: name });

/** What an operator sets up before a shop sells. */
// biome-ignore format: one entry a function, read like a table
export const setupTriggers = {
  'setup/put-warehouse': {
    kind: 'http', method: 'PUT', path: '/v1/admin/warehouses/{warehouseId}', access: scope('catalogue:write'),
    does: 'stores a warehouse: place, cut-off, calendar, lanes, parent; no new plan uses a warehouse that is not active',
    table: ['get', 'query', 'put', 'update'],
  },
  'setup/get-warehouses': {
    kind: 'http', method: 'GET', path: '/v1/admin/warehouses', access: scope('catalogue:read'),
    does: 'lists warehouses with their carriers and services', table: ['query'],
  },
  'setup/get-warehouse': {
    kind: 'http', method: 'GET', path: '/v1/admin/warehouses/{warehouseId}', access: scope('catalogue:read'),
    does: 'shows a warehouse as it is stored, with its lanes, rate cards and version', table: ['get'],
  },
  'setup/get-carriers': {
    kind: 'http', method: 'GET', path: '/v1/admin/carriers', access: scope('catalogue:read'),
    does: 'lists the carriers on the lanes of the network, and what of each is down', table: ['get', 'query'],
  },
  'setup/put-carrier-health': {
    kind: 'http', method: 'PUT', path: '/v1/admin/carriers/{code}/health', access: scope('catalogue:write'),
    does: 'marks a carrier or some of its services as down, or up again; plans leave out services that are down',
    table: ['get', 'query', 'put', 'update'],
  },
  'setup/get-carrier-health': {
    kind: 'http', method: 'GET', path: '/v1/admin/carriers/{code}/health', access: scope('catalogue:read'),
    does: 'lists the services of a carrier that are down, and says who marked each and when', table: ['query'],
  },
  'setup/put-seller': {
    kind: 'http', method: 'PUT', path: '/v1/admin/seller', access: scope('seller:write'),
    does: "stores the merchant's registrations: EORI, IOSS, VAT, and its choice of partners", table: ['get', 'put'],
  },
  'setup/get-seller': {
    kind: 'http', method: 'GET', path: '/v1/admin/seller', access: scope('seller:read'),
    does: "shows the merchant's registrations and settings as they are stored, with their version", table: ['get'],
  },
  'setup/put-exchange-rates': {
    kind: 'http', method: 'PUT', path: '/v1/admin/exchange-rates', access: scope('rates:write'),
    does: 'stores the exchange rates that new quotes lock', table: ['put', 'update'],
  },
  'setup/get-exchange-rates': {
    kind: 'http', method: 'GET', path: '/v1/admin/exchange-rates', access: scope('rates:read'),
    does: 'lists the exchange rates that are stored, the newest first', table: ['get', 'query'],
  },
  'setup/post-rules-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/rules/imports', access: scope('rules:write'),
    does: 'imports trade rules over those in force', table: ['get', 'query', 'query-lists', 'put'], memoryMb: 512,
  },
  'setup/get-rules': {
    kind: 'http', method: 'GET', path: '/v1/admin/rules', access: scope('rules:read'),
    does: 'lists the trade rules of a destination on a date', table: ['get', 'query'],
  },
  'setup/post-tariffs-import': {
    kind: 'http', method: 'POST', path: '/v1/admin/tariffs/imports', access: scope('rules:write'),
    does: 'imports an edition of a tariff: its rates hold from its first day',
    table: ['get', 'query', 'query-lists', 'put'], memoryMb: 512,
  },
  'setup/get-tariffs': {
    kind: 'http', method: 'GET', path: '/v1/admin/tariffs', access: scope('rules:read'),
    does: 'lists the editions of tariffs, and says which of them prices use', table: ['get', 'query'],
  },
  'setup/put-storefront': {
    kind: 'http', method: 'PUT', path: '/v1/admin/storefronts/{storefrontId}', access: scope('storefronts:write'),
    does: 'stores a storefront and gives its publishable key', table: ['put'], secrets: ['quote-signing'],
  },
  'setup/put-slots': {
    kind: 'http', method: 'PUT', path: '/v1/admin/slots/{zoneId}', access: scope('catalogue:write'),
    does: 'stores a delivery zone: its area, its carrier and the weekly pattern of its slots', table: ['put'],
  },
} as const satisfies Record<string, Trigger>;
