import { createDecipheriv } from 'node:crypto';
import * as z from 'zod';
import { InvariantBroken } from '../../../kernel/invariant.ts';
import { readCallbackBody } from '../../../partners/partner-answer.ts';

const resourceSchema = z.looseObject({
  algorithm: z.literal('AEAD_AES_256_GCM'),
  ciphertext: z.string(),
  associated_data: z.string().default(''),
  nonce: z.string(),
});

const TAG_BYTES = 16;

/**
 * The object that a notification reports, encrypted by AES-256-GCM with the APIv3 key. Throws if it was made with
 * another key: the callback then stays in the dead-letter queue until the settings have the right one.
 */
export function decryptResource(resource: unknown, apiV3Key: string): Record<string, unknown> {
  const read = resourceSchema.safeParse(resource);
  if (!read.success) throw new InvariantBroken('a notification has the shape that its partner publishes', {});
  const { ciphertext, associated_data: associated, nonce } = read.data;
  const bytes = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce);
  decipher.setAAD(Buffer.from(associated));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const text = Buffer.concat([
    decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)),
    decipher.final(),
  ]);
  return readCallbackBody('wechatpay', text, z.looseObject({}));
}
