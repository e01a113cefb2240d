import { z } from 'zod';
import type { RemoteSignIn } from './token-options.ts';

const tokenSchema = z.object({ access_token: z.string().min(1) });

/** Asks the token endpoint. Throws an Error with the endpoint's reason, and without what was sent. */
export async function askForToken(
  url: string,
  form: URLSearchParams,
  authorization?: string,
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: form,
  });
  const text = await response.text();
  const answer = tokenSchema.safeParse(response.ok ? JSON.parse(text) : undefined);
  if (answer.success) return answer.data.access_token;
  const reason = /"error"\s*:\s*"([\w.-]{1,60})"/.exec(text)?.[1] ?? 'no reason';
  throw new Error(`${url} gave no token: ${response.status}, ${reason}`);
}

/** The token of a program, for the id and the secret of its client. */
export function programToken({ signInUrl, clientId, scopes }: RemoteSignIn, secret: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (scopes.length > 0) form.set('scope', scopes.join(' '));
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString(
    'base64',
  );
  return askForToken(`${signInUrl}/oauth2/token`, form, `Basic ${basic}`);
}
