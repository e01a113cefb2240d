import * as oauth from 'oauth4webapi';
import type { ConsoleConfig } from './console-config.ts';
import { keepSession, type Session, sessionOf } from './session.ts';

const KEY = 'entrepot.sign-in';
/** Every scope that a page of the console uses. The issuer grants those that the person may have. */
const WANTED = [
  ...[
    'orders:read',
    'orders:write',
    'catalogue:read',
    'catalogue:write',
    'stock:read',
    'stock:write',
    'seller:read',
    'seller:write',
  ],
  ...['rates:read', 'rates:write', 'rules:read', 'rules:write', 'storefronts:write', 'reports:read'],
  ...['replenishment:read', 'replenishment:write', 'replenishment:approve', 'privacy:erase'],
];

/** What is remembered between the departure to the issuer and the return. */
interface Departure {
  readonly verifier: string;
  readonly state: string;
  /** The page to which the person wants to return, with its query. */
  readonly page: string;
}

const redirectUri = () => `${location.origin}/console/signed-in`;
const client = (config: ConsoleConfig): oauth.Client => ({ client_id: config.clientId });

/** The local issuer has no certificate. Every other has to have one. */
const requestOptions = (config: ConsoleConfig) => ({
  [oauth.allowInsecureRequests]: new URL(config.issuer).hostname === '127.0.0.1',
});

async function serverOf(config: ConsoleConfig): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(config.issuer);
  const answer = await oauth.discoveryRequest(issuer, requestOptions(config));
  return oauth.processDiscoveryResponse(issuer, answer);
}

/** Leaves for the issuer: the code flow with PKCE (RFC 7636). The person returns to the present page. */
export async function signIn(config: ConsoleConfig): Promise<void> {
  const server = await serverOf(config);
  if (server.authorization_endpoint === undefined) throw new Error('the issuer has no page to sign in');
  const departure: Departure = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    page: location.pathname.endsWith('/signed-in') ? '/console/' : location.pathname + location.search,
  };
  sessionStorage.setItem(KEY, JSON.stringify(departure));
  const to = new URL(server.authorization_endpoint);
  const asked = {
    ...{ response_type: 'code', client_id: config.clientId, redirect_uri: redirectUri() },
    scope: WANTED.map((scope) => config.scopePrefix + scope).join(' '),
    state: departure.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(departure.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) to.searchParams.set(name, value);
  location.assign(to);
}

/** Ends the sign-in after the return, and gives the session and the page to show. Throws where the issuer refused. */
export async function finishSignIn(
  config: ConsoleConfig,
): Promise<{ readonly session: Session; readonly page: string }> {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) throw new Error('the sign-in was not begun in this tab');
  sessionStorage.removeItem(KEY);
  const { verifier, state, page } = JSON.parse(kept) as Departure;
  const server = await serverOf(config);
  const parameters = oauth.validateAuthResponse(server, client(config), new URL(location.href), state);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client(config),
    oauth.None(),
    parameters,
    redirectUri(),
    verifier,
    requestOptions(config),
  );
  const { access_token: token } = await oauth.processAuthorizationCodeResponse(
    server,
    client(config),
    answer,
  );
  const session = sessionOf(token, config.scopePrefix);
  keepSession(session);
  return { session, page };
}
