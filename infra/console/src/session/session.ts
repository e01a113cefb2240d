/** A signed-in operator. */
export interface Session {
  readonly accessToken: string;
  /** The scopes of the API that the token has, without the issuer's prefix. */
  readonly scopes: readonly string[];
  /** The end of the token, in milliseconds since 1970. */
  readonly expiresAtMs: number;
}

const KEY = 'entrepot.session';

/** The session of this tab; undefined if nobody is signed in or the token has ended. The token ends with the tab. */
export function keptSession(nowMs: number): Session | undefined {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return undefined;
  const session = JSON.parse(kept) as Session;
  return session.expiresAtMs > nowMs ? session : undefined;
}

export const keepSession = (session: Session): void => sessionStorage.setItem(KEY, JSON.stringify(session));
export const forgetSession = (): void => sessionStorage.removeItem(KEY);

/** What an access token says of its scopes and its end (RFC 9068). The API checks the token; this only reads it. */
export function sessionOf(accessToken: string, scopePrefix: string): Session {
  const [, payload = ''] = accessToken.split('.');
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
    readonly scope?: string;
    readonly exp: number;
  };
  const scopes = (claims.scope ?? '')
    .split(' ')
    .filter((scope) => scope.startsWith(scopePrefix))
    .map((scope) => scope.slice(scopePrefix.length));
  return { accessToken, scopes, expiresAtMs: claims.exp * 1_000 };
}
