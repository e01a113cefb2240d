import type { Access, Scope, TableAction, Trigger } from './trigger.ts';

const scope = (name: Scope): Access => ({ kind: 'scope', scope: name });

/** Loading an order's timeline and appending to it. */
const journeyStep: readonly TableAction[] = ['get', 'query', 'put', 'update'];

/** The comparison of payment providers' settlements with the ledger, and what their payments cost. */
// biome-ignore format: one entry a function, read like a table
export const reconciliationTriggers = {
  '3-payment/post-reconciliation': {
    kind: 'http', method: 'POST', path: '/v1/admin/reconciliations', access: scope('orders:write'),
    does: "compares lines of a provider's settlement with the ledger, and books those that match",
    table: journeyStep, timeoutSeconds: 28,
  },
  '3-payment/get-reconciliations': {
    kind: 'http', method: 'GET', path: '/v1/admin/reconciliations/{provider}', access: scope('orders:read'),
    does: "lists what differs between a provider's settlements and the ledger, and the latest runs", table: ['query'],
  },
  '3-payment/get-payment-costs': {
    kind: 'http', method: 'GET', path: '/v1/admin/payment-methods', access: scope('orders:read'),
    does: 'lists the payment methods of a market with the fees that providers are expected to keep, and with licences',
    table: ['get'], secrets: ['partners-payment'],
  },
} as const satisfies Record<string, Trigger>;
