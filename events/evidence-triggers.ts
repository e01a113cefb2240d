import type { Access, Scope, TableAction, Trigger } from './trigger.ts';

const scope = (name: Scope): Access => ({ kind: 'scope', scope: name });

/** Loading an order's timeline and appending to it. */
const journeyStep: readonly TableAction[] = ['get', 'query', 'put', 'update'];

/** The evidence for disputes. These functions have the library that prints PDFs, and its font. */
// biome-ignore format: one entry a function, read like a table
export const evidenceTriggers = {
  '3-payment/get-dispute-evidence': {
    kind: 'http', method: 'GET', path: '/v1/admin/orders/{orderId}/disputes/{disputeId}/evidence',
    access: scope('orders:write'), does: 'prints the evidence for a dispute as a PDF',
    table: ['get', 'query'], memoryMb: 1024, timeoutSeconds: 28,
  },
  '3-payment/post-dispute-evidence': {
    kind: 'http', method: 'POST', path: '/v1/admin/orders/{orderId}/disputes/{disputeId}/evidence',
    access: scope('orders:write'),
    does: 'submits the evidence for a dispute to its provider, or records that a person has',
    table: journeyStep, secrets: ['partners-payment'], memoryMb: 1024, timeoutSeconds: 28,
  },
} as const satisfies Record<string, Trigger>;
