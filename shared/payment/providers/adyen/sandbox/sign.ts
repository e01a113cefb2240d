import { createHmac } from 'node:crypto';
import { type HookSecret, listSecrets } from '../../../../../infra/sandbox/signatures.ts';

/** The user name and the password that the sandbox sends with each webhook. Each item is signed besides. */
export const WEBHOOK_USER = { name: 'entrepot-webhooks', password: 'aKx7-local-9tRq2' };

interface SignedItem {
  readonly pspReference: string;
  readonly originalReference?: string;
  readonly merchantAccountCode: string;
  readonly merchantReference: string;
  readonly amount: { readonly value: number; readonly currency: string };
  readonly eventCode: string;
  readonly success: string;
  readonly additionalData?: object;
}

interface Notification {
  readonly notificationItems: readonly { readonly NotificationRequestItem: SignedItem }[];
}

/** The body with a signature in each item, by the newest key. */
export function sealItems(secret: HookSecret, body: string): string {
  const [newest = ''] = listSecrets(secret);
  const key = Buffer.from(/^[0-9a-f]+$/i.test(newest) ? newest : Buffer.from(newest).toString('hex'), 'hex');
  const notification = JSON.parse(body) as Notification;
  const notificationItems = notification.notificationItems.map(({ NotificationRequestItem: item }) => {
    const { value, currency } = item.amount;
    const fields = [
      ...[item.pspReference, item.originalReference ?? '', item.merchantAccountCode, item.merchantReference],
      ...[String(value), currency, item.eventCode, item.success],
    ];
    const hmacSignature = createHmac('sha256', key).update(fields.join(':'), 'utf8').digest('base64');
    return {
      NotificationRequestItem: { ...item, additionalData: { ...item.additionalData, hmacSignature } },
    };
  });
  return JSON.stringify({ ...notification, notificationItems });
}

export function webhookHeaders(): Record<string, string> {
  const { name, password } = WEBHOOK_USER;
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}
