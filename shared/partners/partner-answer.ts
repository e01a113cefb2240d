import * as z from 'zod';
import { InvariantBroken } from '../kernel/invariant.ts';
import { plainText } from '../kernel/plain-text.ts';
import { type PartnerResponse, PartnerUnavailable } from './send.ts';

/**
 * The partner understood the request and refused it. Repeating doesn't help and the order is not the cause: a wrong
 * key, a malformed request, an account without funds. A person has to look.
 */
export class PartnerRefused extends Error {
  override readonly name = 'PartnerRefused';
  readonly partner: string;
  readonly status: number;
  /** The partner's own code, if it gives one: never its free text, because that may repeat personal data. */
  readonly code: string;

  constructor(partner: string, status: number, code: string) {
    super(`${partner}: refused with ${status} ${code}`);
    this.partner = partner;
    this.status = status;
    this.code = code;
  }
}

/** Throws {@link PartnerUnavailable} for the answers that say "not now": 408, 425, 429 and every 5xx. */
export function refuseNotNow(partner: string, response: PartnerResponse): void {
  const { status } = response;
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    throw new PartnerUnavailable(partner, `answered ${status}`);
  }
}

/** Reads an answer's JSON by a schema. An answer that does not fit counts as no answer: {@link PartnerUnavailable}. */
export function readAnswer<Answer>(
  partner: string,
  response: PartnerResponse,
  schema: z.ZodType<Answer>,
): Answer {
  const read = schema.safeParse(parseJson(response.body));
  if (read.success) return read.data;
  const places = read.error.issues.slice(0, 5).map((issue) => `/${issue.path.join('/')}`);
  throw new PartnerUnavailable(partner, `answered ${response.status} with garbage at ${places.join(', ')}`);
}

/**
 * Reads a callback by a schema. Throws when it does not fit, because the partner changed its format. The
 * callback then stays in the dead-letter queue until our code can read the new format.
 */
export function readCallbackBody<Body>(partner: string, rawBody: Buffer, schema: z.ZodType<Body>): Body {
  const read = schema.safeParse(parseJson(rawBody.toString('utf8')));
  if (read.success) return read.data;
  const places = read.error.issues.slice(0, 5).map((issue) => `/${issue.path.join('/')}`);
  throw new InvariantBroken('a genuine callback has the shape that its partner publishes', {
    partner,
    places,
  });
}

/**
 * The JSON of a text, its texts without hidden characters; undefined when the text isn't JSON. No schema accepts
 * undefined.
 */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? plainText(value) : value));
  } catch {
    // The caller reports the error with the partner's name.
    return undefined;
  }
}

/** A partner's time, with any offset and precision, as an instant of ours. */
export const partnerTimeSchema = z.iso
  .datetime({ offset: true })
  .transform((time) => new Date(time).toISOString());

/** Where a partner's API is: https, or a server on this machine. Returned without a trailing slash. */
export const baseUrlSchema = z
  // The next rule reads the address.
  .url({ protocol: /^https?$/, abort: true })
  .refine(
    (url) => url.startsWith('https:') || ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname),
    'https, or a server of this machine',
  )
  .transform((url) => url.replace(/\/+$/, ''));
