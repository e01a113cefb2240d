import { verify as verifySignature } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { type Instant, instantSchema } from '../../../kernel/time.ts';
import { readAnswer } from '../../../partners/partner-answer.ts';
import type { Callback, Verdict } from '../../../partners/plug-in.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import { nameCallback, readBodyId, refuse } from '../../../partners/webhook-signatures/index.ts';
import { call, type PayPalContext, refusalOf } from './call.ts';
import { isValidAt, readCertificates, type SigningCertificate } from './certificate.ts';

export const webhookSettings = {
  /** The ids of our webhook at PayPal. Each signature contains the id of its webhook. */
  webhooks: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        webhookId: secretTextSchema,
        notAfter: instantSchema.optional(),
      }),
    )
    .min(1),
  /** The root of a sandbox's certificates, in PEM. Only with a server of this machine. */
  sandboxRoot: z.string().optional(),
};

/** The members of the settings that the check needs, beside those of calls. */
interface Context extends PayPalContext {
  readonly settings: PayPalContext['settings'] & {
    readonly webhooks: readonly {
      readonly id: string;
      readonly webhookId: string;
      readonly notAfter?: Instant | undefined;
    }[];
    readonly sandboxRoot?: string | undefined;
  };
}

/** Certificates by their address and the root that they were checked with. PayPal uses a few for months. */
const certificates = new Map<string, SigningCertificate>();
const MAX_CERTIFICATES = 20;

/**
 * PayPal's signature: RSA with SHA-256 over `id|time|webhook id|CRC 32 of the body`, by the certificate whose address
 * is in a header. The address must be PayPal's. If the file does not lead to a root that we know, PayPal is asked
 * whether the signature is its own. The sum of 32 bits protects a body weakly: so each callback is a hint only, and
 * what it is about is looked up.
 */
export async function verifyPayPal(context: Context, { headers, rawBody }: Callback): Promise<Verdict> {
  const { settings, now } = context;
  const named = readHeaders(headers);
  if (named === undefined) return { genuine: false, reason: 'no-signature' };
  const address = certificateAddress(named.certUrl, settings);
  const signature = readBase64(named.signature);
  if (address === undefined || signature === undefined || named.algorithm !== 'SHA256withRSA')
    return { genuine: false, reason: 'bad-signature' };
  const certificate = await certificateAt(context, address);
  if (certificate === undefined || !isValidAt(certificate, now))
    return { genuine: false, reason: 'bad-signature' };
  const live = settings.webhooks.filter(({ notAfter }) => notAfter === undefined || now <= notAfter);
  const sum = crc32(rawBody);
  const signer = live.find(({ webhookId }) => {
    const signed = Buffer.from(`${named.id}|${named.time}|${webhookId}|${sum}`);
    return verifySignature('sha256', signed, certificate.leaf.publicKey, signature);
  });
  if (signer === undefined) return { genuine: false, reason: 'bad-signature' };
  const isOwn = certificate.isChained || (await isConfirmed(context, named, { signer, rawBody }));
  const check = isOwn ? ({ genuine: true, secretId: signer.id } as const) : refuse('bad-signature');
  return nameCallback(check, () => readBodyId(rawBody));
}

interface NamedHeaders {
  readonly id: string;
  readonly time: string;
  readonly signature: string;
  readonly certUrl: string;
  readonly algorithm: string;
}

function readHeaders(headers: Callback['headers']): NamedHeaders | undefined {
  const text = (name: string) => headers[`paypal-${name}`] || undefined;
  const [id, time, signature] = [
    text('transmission-id'),
    text('transmission-time'),
    text('transmission-sig'),
  ];
  const [certUrl, algorithm] = [text('cert-url'), text('auth-algo')];
  if (id === undefined || time === undefined || signature === undefined) return undefined;
  return certUrl === undefined || algorithm === undefined
    ? undefined
    : { id, time, signature, certUrl, algorithm };
}

/** The address of a certificate, if it is PayPal's; with a sandbox's root, if it is the sandbox's own. */
function certificateAddress(text: string, { baseUrl, sandboxRoot }: Context['settings']): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, origin, href } = new URL(text);
  if (sandboxRoot !== undefined) return origin === new URL(baseUrl).origin ? href : undefined;
  const isPayPal = hostname === 'paypal.com' || hostname.endsWith('.paypal.com');
  return protocol === 'https:' && isPayPal && port === '' && username === '' ? href : undefined;
}

/** The bytes of a text in exact base 64: a loose reading would accept changed texts. */
function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : undefined;
}

/** Fetches a certificate once. Throws PartnerUnavailable if it can't be had now. */
async function certificateAt(
  { settings, send }: Context,
  url: string,
): Promise<SigningCertificate | undefined> {
  const { sandboxRoot } = settings;
  const place = `${url} ${sandboxRoot ?? ''}`;
  const known = certificates.get(place);
  if (known !== undefined) return known;
  const response = await send({ method: 'GET', url, headers: {}, timeoutMs: 3_000 });
  if (response.status >= 500)
    throw new PartnerUnavailable('paypal', `answered ${response.status} for a certificate`);
  if (response.status !== 200) return undefined;
  const read = readCertificates(response.body, ...(sandboxRoot === undefined ? [] : [[sandboxRoot]]));
  if (read === undefined) return undefined;
  if (certificates.size >= MAX_CERTIFICATES) certificates.clear();
  certificates.set(place, read);
  return read;
}

const confirmationSchema = z.object({ verification_status: z.enum(['SUCCESS', 'FAILURE']) });

/** Asks PayPal whether the signature is its own. The event is sent as it came. */
async function isConfirmed(
  context: Context,
  { id, time, signature, certUrl, algorithm }: NamedHeaders,
  { signer, rawBody }: { readonly signer: { readonly webhookId: string }; readonly rawBody: Buffer },
): Promise<boolean> {
  const event = parseJson(rawBody);
  if (event === undefined) return false;
  const body = {
    ...{ transmission_id: id, transmission_time: time, transmission_sig: signature, cert_url: certUrl },
    ...{ auth_algo: algorithm, webhook_id: signer.webhookId, webhook_event: event },
  };
  const path = '/v1/notifications/verify-webhook-signature';
  const response = await call(context, { method: 'POST', path, body });
  if (response.status >= 300) throw refusalOf(response);
  return readAnswer('paypal', response, confirmationSchema).verification_status === 'SUCCESS';
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    // Not JSON: it is no event.
    return undefined;
  }
}
