import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Instant } from '../../../kernel/time.ts';

/** The name in the certificates by which PayPal signs webhooks, as PayPal's own libraries check it. */
const NAME = 'messageverificationcerts.paypal.com';

/** A certificate of PayPal's, and whether the file beside it leads to a root that we trust. */
export interface SigningCertificate {
  readonly leaf: X509Certificate;
  readonly isChained: boolean;
}

const MAX_CERTIFICATES = 6;

/** Reads a file of certificates, the signing one first. Undefined if it is none, or another one's. */
export function readCertificates(
  pem: string,
  roots: readonly string[] = rootCertificates,
): SigningCertificate | undefined {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (texts.length === 0 || texts.length > MAX_CERTIFICATES) return undefined;
  try {
    const [leaf, ...others] = texts.map((text) => new X509Certificate(text));
    if (leaf === undefined || leaf.ca || !isNamed(leaf)) return undefined;
    return { leaf, isChained: leadsToRoot(leaf, others, roots) };
  } catch {
    // Not a certificate: nothing is signed by it.
    return undefined;
  }
}

/** Whether that time is within the time of the certificate. */
export function isValidAt({ leaf }: SigningCertificate, now: Instant): boolean {
  const time = Date.parse(now);
  return Date.parse(leaf.validFrom) <= time && time <= Date.parse(leaf.validTo);
}

const isNamed = (leaf: X509Certificate): boolean =>
  leaf.subject.split('\n').includes(`CN=${NAME}`) || leaf.checkHost(NAME) !== undefined;

/** Follows the issuers through the file. Each must be an authority, and the last one issued by a trusted root. */
function leadsToRoot(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly string[],
): boolean {
  let last = leaf;
  for (let step = 0; step <= others.length; step += 1) {
    const current = last;
    if (rootsNamed(roots, current.issuer).some((root) => isIssuedBy(current, root))) return true;
    const issuer = others.find((one) => one.ca && one !== current && isIssuedBy(current, one));
    if (issuer === undefined) return false;
    last = issuer;
  }
  return false;
}

const isIssuedBy = (one: X509Certificate, issuer: X509Certificate): boolean =>
  one.checkIssued(issuer) && one.verify(issuer.publicKey);

let known: readonly X509Certificate[] | undefined;

function rootsNamed(roots: readonly string[], issuer: string): readonly X509Certificate[] {
  const read = () => roots.map((pem) => new X509Certificate(pem));
  if (roots === rootCertificates) known ??= read();
  return (roots === rootCertificates ? (known ?? []) : read()).filter(({ subject }) => subject === issuer);
}
