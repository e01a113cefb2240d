import { type ApiClient, ApiProblem, type Call, createApiClient } from './api-client.ts';

/** The scopes that the commands need: open the shop, import, read work lists and reports, release held orders. */
export const OPERATOR_SCOPES = [
  'catalogue:read',
  'catalogue:write',
  'seller:read',
  'seller:write',
  'rates:read',
  'rates:write',
  'rules:read',
  'rules:write',
  'stock:write',
  'stock:read',
  'orders:read',
  'orders:write',
  'reports:read',
  'storefronts:write',
  'privacy:erase',
  'replenishment:read',
  'replenishment:write',
  'replenishment:approve',
];

/** Gives an access token with {@link OPERATOR_SCOPES}. */
export type SignIn = () => Promise<string>;

/** A client of the admin API. It signs in again when its token has expired. */
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
