import type { ApiClient } from './api-client.ts';
import { signInAt } from './local-sign-in.ts';
import { operatorClient } from './operator-client.ts';
import type { OperatorOptions } from './operator-options.ts';

/** A client of the admin API. It uses the given token, or else a token of the local backend's issuer. */
export function operatorAt({ url, token, dataDir }: OperatorOptions): Promise<ApiClient> {
  return operatorClient(url, token === undefined ? signInAt(url, dataDir) : async () => token);
}
