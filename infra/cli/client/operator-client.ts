import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { issuerPath, openSigningKey } from '../../local/front/signing-key.ts';
import { type ApiClient, ApiProblem, type Call, createApiClient } from './api-client.ts';
import type { OperatorOptions } from './operator-options.ts';

/** What the commands do as an operator: open the shop, import, read work lists and reports, release what is held. */
export const OPERATOR_SCOPES = [
  'catalogue:write',
  'stock:write',
  'stock:read',
  'orders:read',
  'orders:write',
  'reports:read',
  'storefronts:write',
];

/** Gives an access token with {@link OPERATOR_SCOPES}. */
export type SignIn = () => Promise<string>;

/** A client of the admin API that signs in again when its token has run out. */
export async function operatorClient(url: string, signIn: SignIn): Promise<ApiClient> {
  const open = async () => createApiClient(url, { authorization: `Bearer ${await signIn()}` });
  let client = await open();
  return {
    async call<T>(call: Call): Promise<T> {
      try {
        return await client.call<T>(call);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
        client = await open();
        return client.call<T>(call);
      }
    },
  };
}

/** Signs in at the issuer of a local cloud that another process runs, with the secret in its data folder. */
export function signInAt(url: string, dataDir: string): SignIn {
  return async () => {
    if (!existsSync(join(dataDir, 'issuer.json'))) {
      throw new Error(`${dataDir} is no data folder of a local cloud: name that of ${url} with --data`);
    }
    const response = await fetch(`${url}${issuerPath}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'operator',
        client_secret: openSigningKey(dataDir).clientSecret,
        scope: OPERATOR_SCOPES.join(' '),
      }),
    });
    const text = await response.text();
    const token = response.ok ? (JSON.parse(text) as { access_token?: string }).access_token : undefined;
    if (token === undefined) {
      throw new Error(`${url} gave no operator token (${response.status}): is ${dataDir} its data folder?`);
    }
    return token;
  };
}

/** A client of the admin API with the token that was given, or with one of the local cloud. */
export function operatorAt({ url, token, dataDir }: OperatorOptions): Promise<ApiClient> {
  return operatorClient(url, token === undefined ? signInAt(url, dataDir) : async () => token);
}
