import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Instant } from '../../../kernel/time.ts';
import type { Callback, CallPart, Verdict } from '../../../partners/plug-in.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import {
  findSigner,
  nameCallback,
  refuse,
  type SignatureCheck,
  type WebhookSecret,
  webhookSecretsOf,
} from '../../../partners/webhook-signatures/index.ts';

/** Adyen's keys are the hexadecimal text of 32 bytes. */
const KEY = /^[0-9a-f]{64}$/i;

export const webhookSettings = {
  /** The HMAC keys of the webhook, as the Customer Area shows them. */
  webhookSecrets: webhookSecretsOf(
    secretTextSchema.refine((text) => KEY.test(text), 'the 64 hexadecimal digits of an HMAC key'),
  ),
  /** The user name and the password that Adyen sends with each webhook. */
  webhookUser: z.strictObject({ name: z.string().min(1), password: secretTextSchema }),
};

interface WebhookAccess {
  readonly webhookSecrets: readonly WebhookSecret[];
  readonly webhookUser: { readonly name: string; readonly password: string };
}

/** The members of an item that are signed, that name it, and the signature. */
const itemSchema = z.object({
  pspReference: z.string(),
  originalReference: z.string().optional(),
  merchantAccountCode: z.string(),
  merchantReference: z.string(),
  amount: z.object({ value: z.int(), currency: z.string() }),
  eventCode: z.string(),
  success: z.string(),
  additionalData: z.looseObject({ hmacSignature: z.string().min(1).optional() }).optional(),
});

const bodySchema = z.looseObject({
  notificationItems: z.array(z.object({ NotificationRequestItem: z.looseObject({}) })).min(1),
});

/**
 * A standard webhook: its user and password, and the signature of each item. The body is only read once the password is
 * right. An item's signature is HMAC-SHA256 over eight members joined by colons, in base 64. It covers no time, so a
 * replay is recognised by its id. A body with several items is as many calls, and none of them counts unless all are
 * signed.
 */
export function verifyAdyen(
  { settings, now }: { readonly settings: WebhookAccess; readonly now: Instant },
  { headers, rawBody }: Callback,
): Verdict {
  if (headers.authorization === undefined) return { genuine: false, reason: 'no-signature' };
  if (!isUser(headers.authorization, settings.webhookUser))
    return { genuine: false, reason: 'bad-signature' };
  const body = bodySchema.safeParse(parseJson(rawBody));
  if (!body.success) return { genuine: false, reason: 'malformed' };
  const { notificationItems, ...head } = body.data;
  const read = notificationItems.map(({ NotificationRequestItem: item }) => itemSchema.safeParse(item));
  const items = read.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (items.length < read.length) return { genuine: false, reason: 'malformed' };
  const checks = items.map((item) => checkItem(item, settings.webhookSecrets, now));
  const check = checks.find(({ genuine }) => !genuine) ?? checks[0] ?? refuse('malformed');
  const [first = '', ...more] = items.map(idOf);
  const verdict = nameCallback(check, () => first);
  if (!verdict.genuine || more.length === 0) return verdict;
  const parts = notificationItems.map((item, index): CallPart => {
    const part = JSON.stringify({ ...head, notificationItems: [item] });
    return { callbackId: [first, ...more][index] ?? '', rawBody: Buffer.from(part) };
  });
  return { ...verdict, parts };
}

type SignedItem = z.infer<typeof itemSchema>;

/** Adyen gives its events no id: these three tell them apart. */
const idOf = ({ pspReference, eventCode, success }: SignedItem): string =>
  `${pspReference}:${eventCode}:${success}`;

function checkItem(item: SignedItem, secrets: readonly WebhookSecret[], now: Instant): SignatureCheck {
  const signature = item.additionalData?.hmacSignature;
  if (signature === undefined) return refuse('no-signature');
  const { pspReference, originalReference = '', merchantAccountCode, merchantReference } = item;
  const signed = [
    ...[pspReference, originalReference, merchantAccountCode, merchantReference],
    ...[item.amount.value, item.amount.currency, item.eventCode, item.success],
  ].join(':');
  return findSigner(secrets, now, [Buffer.from(signature)], (key) =>
    Buffer.from(createHmac('sha256', Buffer.from(key, 'hex')).update(signed).digest('base64')),
  );
}

function isUser(header: string, { name, password }: WebhookAccess['webhookUser']): boolean {
  const given = Buffer.from(header);
  const wanted = Buffer.from(`Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    // Not JSON: the caller refuses it as malformed.
    return undefined;
  }
}
