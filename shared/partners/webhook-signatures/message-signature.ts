import { createHash } from 'node:crypto';
import { lookUp } from '../../kernel/look-up.ts';
import type { Instant } from '../../kernel/time.ts';
import { isSignedByEcdsa } from '../ecdsa.ts';
import type { Callback } from '../plug-in.ts';
import { checkAge, refuse, type SignatureCheck } from './signature-check.ts';
import { liveSecrets, type WebhookSecret } from './webhook-secret.ts';

/** Without these a signature would not say to what and where it belongs. */
const NEEDED = ['@method', '@path', 'content-digest'];

/** The digests of a body that are strong enough (RFC 9530). */
const DIGEST = /^sha-(256|512)=:([\w+/]+=*):$/;

interface SignatureInput {
  readonly label: string;
  readonly components: readonly string[];
  /** The list and its parameters as they were sent: the last line of what is signed. */
  readonly parameters: string;
  /** Unix seconds. */
  readonly created: number;
  readonly expires?: number;
}

/**
 * HTTP message signatures (RFC 9421) with one signature by ECDSA on the curve P-256 with SHA-256. The `value` of each
 * secret is a public key of the partner. `url` is the address under which the partner calls us: a proxy may have
 * changed the host that we see. The body counts by its digest, which the signature has to cover.
 */
export function verifyMessageSignature(
  { headers, rawBody }: Pick<Callback, 'headers' | 'rawBody'>,
  message: {
    readonly url: string;
    readonly now: Instant;
    readonly secrets: readonly WebhookSecret[];
  },
): SignatureCheck {
  const { url, now, secrets } = message;
  const header = headers.signature;
  if (header === undefined || header === '') return refuse('no-signature');
  const input = readInput(headers['signature-input']);
  const base = input === undefined ? undefined : signatureBase(input, headers, new URL(url));
  const signature = /^([\w*.-]+)=:([\w+/]+=*):$/.exec(header);
  if (input === undefined || base === undefined || signature?.[1] !== input.label) return refuse('malformed');
  const signer = liveSecrets(secrets, now).find(({ value }) =>
    isSignedByEcdsa(value, base, signature[2] ?? ''),
  );
  // The body is hashed only once the signature was right: nobody else's is worth that work.
  if (signer === undefined || !isDigestOf(headers['content-digest'] ?? '', rawBody))
    return refuse('bad-signature');
  // The age is checked only after the signature: before that, anybody could have written the time.
  const { created, expires } = input;
  const isOver = expires !== undefined && Date.parse(now) / 1_000 > expires;
  return checkAge(created, now) && !isOver ? { genuine: true, secretId: signer.id } : refuse('stale');
}

/** `label=("@method" …);created=…;expires=…`. Undefined for another form, or if it covers too little. */
function readInput(header = ''): SignatureInput | undefined {
  const [, label, parameters = '', list = '', rest = ''] =
    /^([\w*.-]+)=(\(((?:"[\w@-]+" ?)+)\)((?:;[\w-]+=(?:"[^"\\]*"|\d+))*))$/.exec(header.trim()) ?? [];
  const components = list
    .trim()
    .split(' ')
    .map((name) => name.replaceAll('"', ''));
  const numberOf = (name: string) => new RegExp(`;${name}=(\\d{1,12})(?:;|$)`).exec(rest)?.[1];
  const [created, expires] = [numberOf('created'), numberOf('expires')];
  const [, alg] = /;alg="([^"]*)"/.exec(rest) ?? [];
  const isEnough = NEEDED.every((name) => components.includes(name));
  const isKnown = alg === undefined || alg === 'ecdsa-p256-sha256';
  if (label === undefined || created === undefined || !isEnough || !isKnown) return undefined;
  return {
    ...{ label, components, parameters, created: Number(created) },
    ...(expires !== undefined && { expires: Number(expires) }),
  };
}

/** The signed text; undefined if a component is absent or of a kind that we do not know. */
function signatureBase(
  { components, parameters }: SignatureInput,
  headers: Callback['headers'],
  { host, pathname }: URL,
): Buffer | undefined {
  const derived: Readonly<Record<string, string>> = {
    ...{ '@method': 'POST', '@authority': host, '@path': pathname },
  };
  const values = components.map((name) =>
    name.startsWith('@')
      ? derived[name]
      : lookUp(headers, name)
          ?.trim()
          .replaceAll(/\s*\n\s*/g, ' '),
  );
  if (values.includes(undefined)) return undefined;
  const lines = components.map((name, place) => `"${name}": ${values[place]}`);
  return Buffer.from([...lines, `"@signature-params": ${parameters}`].join('\n'));
}

function isDigestOf(header: string, rawBody: Buffer): boolean {
  const [, bits, digest] = DIGEST.exec(header) ?? [];
  return bits !== undefined && createHash(`sha${bits}`).update(rawBody).digest('base64') === digest;
}
