/** No field of a contract has a longer name. A longer one comes from a caller, and is cut before it is sent back. */
const MAX_NAME_LENGTH = 100;

/**
 * The JSON pointer (RFC 6901) to a place in a document; `''` for the empty path, which is the whole document. A name of
 * more than 100 characters is cut.
 */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).slice(0, MAX_NAME_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
