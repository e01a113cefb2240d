/** The JSON pointer (RFC 6901) to a place in a document; `''` for the empty path, which is the whole document. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
