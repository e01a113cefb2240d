import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** The client of the console: a page, which keeps no secret. PKCE (RFC 7636) takes its place. */
export const CONSOLE_CLIENT = 'console';
/** Codes are used at once, and end soon (RFC 6749 section 4.1.2 recommends ten minutes at most). */
const CODE_MS = 60_000;

interface Granted {
  readonly scopes: readonly string[];
  readonly subject: string;
}

interface Code extends Granted {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly endsMs: number;
}

/** A person that the local sign-in offers: one click takes its place. */
const PEOPLE = [
  { subject: 'operator', says: 'Everything that the console can do', may: () => true },
  { subject: 'reader', says: 'Looks only', may: (scope: string) => scope.endsWith(':read') },
] as const;

type Answer = { readonly status: number; readonly location?: string; readonly page?: string };

/** The authorization code flow of the local issuer, for pages of this backend only. */
export function createCodeFlow(baseUrl: string, clock: Pick<Clock, 'now'>) {
  const codes = new Map<string, Code>();
  const nowMs = () => clock.now().getTime();

  /** The page that asks who signs in, or the return to the console with a code. */
  function authorize(query: URLSearchParams): Answer {
    const refusal = refusalOf(query, baseUrl);
    if (refusal !== undefined) return { status: 400, page: page(`<p>${refusal}</p>`) };
    const person = PEOPLE.find(({ subject }) => subject === query.get('person'));
    if (person === undefined) return { status: 200, page: page(choices(query)) };
    const code = randomBytes(24).toString('base64url');
    const redirectUri = query.get('redirect_uri') ?? '';
    const scopes = (query.get('scope') ?? '').split(' ').filter(person.may);
    codes.set(code, {
      ...{ scopes, subject: person.subject, redirectUri, challenge: query.get('code_challenge') ?? '' },
      endsMs: nowMs() + CODE_MS,
    });
    const to = new URL(redirectUri);
    to.searchParams.set('code', code);
    to.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, location: to.href };
  }

  /** What a code grants, once; undefined if it does not count. */
  function redeem(form: URLSearchParams): Granted | undefined {
    const given = form.get('code') ?? '';
    const code = codes.get(given);
    codes.delete(given);
    if (code === undefined || code.endsMs < nowMs()) return undefined;
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isSame = form.get('redirect_uri') === code.redirectUri && challenge === code.challenge;
    return isSame && form.get('client_id') === CONSOLE_CLIENT ? code : undefined;
  }

  return { authorize, redeem };
}

function refusalOf(query: URLSearchParams, baseUrl: string): string | undefined {
  if (query.get('client_id') !== CONSOLE_CLIENT) return 'This client is not known here.';
  if (query.get('redirect_uri') !== `${baseUrl}/console/signed-in`)
    return 'This is not the address of the console.';
  if (query.get('response_type') !== 'code') return 'Only the code flow is served.';
  if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
    return 'A challenge by S256 is needed.';
  return undefined;
}

function choices(query: URLSearchParams): string {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
  const buttons = PEOPLE.map(
    ({ subject, says }) =>
      `<p><button name="person" value="${subject}">Sign in as ${subject}</button> ${says}</p>`,
  ).join('');
  return `<p>This page stands for the identity provider of a deployment. Nobody needs a password here.</p>
<form method="get">${hidden}${buttons}</form>`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const page = (body: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in</title>
<link rel="stylesheet" href="/_local/issuer/page.css"><main><h1>Sign in to the local backend</h1>${body}</main></html>`;

/** The look of the page. */
export const PAGE_STYLE = `body{font:16px/1.5 system-ui;margin:3rem auto;max-width:36rem;padding:0 1rem}
button{font:inherit;padding:.5rem 1rem;margin-right:.75rem;cursor:pointer}`;
