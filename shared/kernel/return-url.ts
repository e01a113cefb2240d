import * as z from 'zod';

/** Browsers and partners take addresses of this length everywhere. */
const MAX_LENGTH = 2_000;
const LOCAL: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address of the shop's page to which a shopper's browser comes back from the provider: https, or http on the
 * developer's own machine. It holds no credentials, which would be sent to whoever the address names, and no character
 * that makes it look like another address.
 */
export const returnUrlSchema = z
  .string()
  .min(1)
  .max(MAX_LENGTH)
  .superRefine((text, { addIssue }) => {
    const message = whyRefused(text);
    if (message !== undefined) addIssue({ code: 'custom', message });
  })
  .meta({
    format: 'uri',
    description: 'An https address of the shop',
    example: 'https://shop.example.com/thanks',
  });

function whyRefused(text: string): string | undefined {
  // The parser of addresses drops line breaks and tabs, takes a backslash for a slash, and changes other letters.
  if (/[^!-~]|\\/.test(text)) return 'letters, digits and signs of ASCII, without spaces and backslashes';
  if (!URL.canParse(text)) return 'no address with its protocol';
  const { protocol, username, password, hostname } = new URL(text);
  if (username !== '' || password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text)) return 'no credentials in it';
  if (protocol === 'https:') return /^https:\/\/[^/]/i.test(text) ? undefined : 'https:// and a host';
  return protocol === 'http:' && LOCAL.has(hostname) ? undefined : 'https, or http on localhost';
}
