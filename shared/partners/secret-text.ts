import * as z from 'zod';

/** Beginnings that partners give to their keys. They are no part of what is secret. */
const PREFIX = /^(whsec_|[a-z]{2}_(test|live)_|EZ[AT]K)/;

/** What guides and templates have in the place of a secret, in small letters and without signs between the words. */
const PLACEHOLDER_WORDS = new Set([
  ...['changeme', 'placeholder', 'replaceme', 'fillme', 'insertme', 'todo', 'tbd', 'fixme', 'none', 'null'],
  ...['undefined', 'secret', 'mysecret', 'yoursecret', 'key', 'apikey', 'yourkey', 'yourapikey', 'password'],
  ...['example', 'sample', 'test', 'dummy', 'empty', 'redacted', 'hidden'],
]);

/** Words that ask to write something else in their place. No key of a partner has one between its signs. */
const ASKING_WORDS = new Set([
  ...[
    'your',
    'yours',
    'my',
    'the',
    'change',
    'changeme',
    'changethis',
    'replace',
    'replaceme',
    'replacethis',
  ],
  ...[
    'insert',
    'paste',
    'enter',
    'fill',
    'put',
    'here',
    'placeholder',
    'example',
    'sample',
    'dummy',
    'redacted',
  ],
  ...['todo', 'tbd', 'fixme'],
]);

function isPlaceholder(text: string): boolean {
  const own = text.replace(PREFIX, '');
  const bare = own.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  if (bare === '' || PLACEHOLDER_WORDS.has(bare)) return true;
  // An underscore, a space or a change from a small letter to a capital ends a word.
  const words = own
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  if (words.some((word) => ASKING_WORDS.has(word) || /^x{3,}$/.test(word))) return true;
  const isOneCharacter = /^(.)\1*$/u.test(bare) && bare.length > 1;
  const isInBrackets = /^(<.*>|\[.*\]|\{.*\}|\$\{?.*\}?|%.*%)$/su.test(own.trim());
  return isOneCharacter || isInBrackets;
}

/**
 * A key or secret of a partner, as text. What guides and templates have in its place is refused: a call that is signed
 * with a published word would be genuine. The message never contains the text.
 */
export const secretTextSchema = z
  .string()
  .refine((text) => text.trim() === text && !isPlaceholder(text), 'the secret itself, not a placeholder');
