import type { Access, Trigger } from './trigger.ts';

const everyone: Access = { kind: 'public' };

/** The routes that need no key: health, the contracts, and the pages that show them. */
// biome-ignore format: one entry a function, read like a table
export const pageTriggers = {
  'operations/get-health': {
    kind: 'http', method: 'GET', path: '/v1/health', access: everyone,
    does: 'gives the build and the state of dependencies', table: ['get'],
  },
  'operations/get-openapi': {
    kind: 'http', method: 'GET', path: '/v1/openapi.json', access: everyone, does: 'serves the contract of the API',
  },
  'operations/get-asyncapi': {
    kind: 'http', method: 'GET', path: '/v1/asyncapi.json', access: everyone, does: 'serves the contract of the events',
  },
  'operations/get-front-page': {
    kind: 'http', method: 'GET', path: '/{page+}', access: everyone,
    does: 'shows where everything is; redirects other spellings of an address to the right one',
  },
  'operations/get-docs': {
    kind: 'http', method: 'GET', path: '/docs/{asset+}', access: everyone, does: 'shows the contract as pages',
  },
} as const satisfies Record<string, Trigger>;
