import { type ApiClient, ApiProblem, type Call, createApiClient } from '../demo/api-client.ts';

const SCOPES = [
  'catalogue:write',
  'stock:write',
  'stock:read',
  'orders:read',
  'orders:write',
  'storefronts:write',
];

/** A client of the admin API with a token of the local issuer, which it renews when the old one has run out. */
export async function operatorClient(url: string): Promise<ApiClient> {
  let client = await signIn(url);
  return {
    async call<T>(call: Call): Promise<T> {
      try {
        return await client.call<T>(call);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
        client = await signIn(url);
        return client.call<T>(call);
      }
    },
  };
}

async function signIn(url: string): Promise<ApiClient> {
  const response = await fetch(`${url}/_local/issuer/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'replay',
      client_secret: 'local',
      scope: SCOPES.join(' '),
    }),
  });
  const text = await response.text();
  const token = response.ok ? (JSON.parse(text) as { access_token?: string }).access_token : undefined;
  if (token === undefined) {
    throw new Error(
      `${url} gave no operator token (${response.status}): a replay needs a local cloud of this project`,
    );
  }
  return createApiClient(url, { authorization: `Bearer ${token}` });
}
