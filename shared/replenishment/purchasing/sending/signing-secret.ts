import { createHmac } from 'node:crypto';

/**
 * The secret with which orders to a supplier are signed, in the form of Standard Webhooks. It is derived from the key
 * of the deployment: a supplier knows its own secret, and can't find another one by it.
 */
export const supplierSigningSecret = (supplierId: string, key: string): string =>
  `whsec_${createHmac('sha256', key).update(`supplier/${supplierId}`).digest('base64')}`;
