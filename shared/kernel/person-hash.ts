import { createHmac } from 'node:crypto';

/**
 * The name under which a person's orders are found: a keyed hash of the e-mail address, without regard to case and
 * surrounding spaces. Nobody can compute it, or try addresses against it, without the key of the deployment.
 */
export function personHashBy(key: string): (email: string) => string {
  return (email) =>
    createHmac('sha256', key)
      .update(`person:${email.normalize('NFC').trim().toLowerCase()}`)
      .digest('base64url')
      .slice(0, 22);
}
