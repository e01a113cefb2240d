import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { callbackKinds } from '../../events/callback.ts';
import { instantSchema } from '../kernel/time.ts';

/**
 * The largest body of a partner's call that is taken, in bytes. Where it can't be compressed it is a third longer in
 * base 64, which still fits into a message of 256 KB.
 */
export const MAX_CALL_BYTES = 160 * 1024;

const messageSchema = z.strictObject({
  callback: z.strictObject({
    kind: z.enum(callbackKinds),
    code: z.string(),
    /** The partner's own id of the call: the same when it repeats the call. */
    callbackId: z.string(),
    /** Our id of this one delivery: the same whenever its message is handed out again. */
    deliveryId: z.string(),
    receivedAt: instantSchema,
    deflated: z.base64(),
  }),
});

/** A verified call of a partner on its way through our queue. */
export type ReceivedCall = Omit<z.infer<typeof messageSchema>['callback'], 'deflated'> & {
  /** The exact bytes. They may contain personal data, so no log has them. */
  readonly rawBody: Buffer;
};

/** The message that carries a call. */
export function writeCall({ rawBody, ...call }: ReceivedCall): string {
  const deflated = deflateRawSync(rawBody).toString('base64');
  return JSON.stringify({ callback: { ...call, deflated } } satisfies z.infer<typeof messageSchema>);
}

/** The call that a message carries. Throws on any other message; the error quotes nothing of the body. */
export function readCall(message: unknown): ReceivedCall {
  const { deflated, ...call } = messageSchema.parse(message).callback;
  const rawBody = inflateRawSync(Buffer.from(deflated, 'base64'), { maxOutputLength: MAX_CALL_BYTES });
  return { ...call, rawBody };
}
