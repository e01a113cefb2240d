/** How long each kind of file may be kept: for ever with a hash in the name; the others are asked for each time. */
export const CACHE_CONTROL = {
  hashed: 'public, max-age=31536000, immutable',
  fixed: 'no-cache',
} as const;

/**
 * What the pages may load: their own scripts, styles, fonts and pictures, and calls to this server and to the named
 * origins, which are those of the issuer. A name that someone typed can start no script.
 */
export const consolePolicy = (issuerOrigins: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...issuerOrigins].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
