import * as z from 'zod';

/** The members of a `NotificationRequestItem` that we read. */
const itemSchema = z.object({
  eventCode: z.string(),
  success: z.enum(['true', 'false']),
  pspReference: z.string(),
  originalReference: z.string().optional(),
  merchantReference: z.string(),
  amount: z.object({ value: z.int(), currency: z.string() }),
  reason: z.string().nullish(),
  /** When Adyen made the event, with its offset from UTC. */
  eventDate: z.string().optional(),
  additionalData: z.record(z.string(), z.unknown()).optional(),
});

export type AdyenItem = z.infer<typeof itemSchema>;

/** The body of one call: {@link verifyAdyen} splits those with several items. */
export const notificationSchema = z.object({
  notificationItems: z.tuple([z.object({ NotificationRequestItem: itemSchema })]),
});

export function textOf({ additionalData }: AdyenItem, name: string): string | undefined {
  const value = additionalData?.[name];
  return typeof value === 'string' ? value : undefined;
}

const MAX_WORD = 60;

/** Adyen's sentence of a reason as a code of ours: `Not enough balance` is `not-enough-balance`. */
export function wordOf(reason: string | null | undefined): string {
  const word = (reason ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return word === '' ? 'unknown' : word.slice(0, MAX_WORD);
}
