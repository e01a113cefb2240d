import { z } from 'zod';
import { issuerPath, readClientSecret } from '../../local/front/signing-key.ts';
import { OPERATOR_SCOPES, type SignIn } from './operator-client.ts';

const answerSchema = z.object({ access_token: z.string() });

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Signs in at the issuer of a backend that another process runs on this machine, with the secret in its data folder.
 * Throws an Error whose message can be shown to the user.
 */
export function signInAt(url: string, dataDir: string, scopes: readonly string[] = OPERATOR_SCOPES): SignIn {
  return async () => {
    // The secret is for this machine only. It is sent to no other machine.
    if (!LOOPBACK.includes(new URL(url).hostname))
      throw new Error(`${url} is not a local backend: give a token with --token or in ENTREPOT_TOKEN`);
    const secret = readClientSecret(dataDir);
    if (secret === undefined)
      throw new Error(
        `${dataDir} is not the data folder of a local backend: start a backend with \`npm start\`, or name the data folder of ${url} with --data`,
      );
    const response = await fetch(`${url}${issuerPath}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'operator',
        client_secret: secret,
        scope: scopes.join(' '),
      }),
    });
    const answer = answerSchema.safeParse(response.ok ? await response.json() : undefined);
    if (!answer.success)
      throw new Error(`${url} gave no operator token (${response.status}): is ${dataDir} its data folder?`);
    return answer.data.access_token;
  };
}
