import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Log } from '../cloud-parts.ts';
import type { Authorize, Verdict } from './authorize.ts';
import type { Clock } from './clock.ts';
import { gatewayMessage } from './gateway-answer.ts';
import type { JwtAuthorizerModel } from './http-api-model.ts';
import { compileIdentitySource } from './identity-source.ts';
import { isLocalIssuer, openSigningKey } from './signing-key.ts';

/** API Gateway accepts only RSA signatures (developer guide, "Control access with JWT authorizers"). */
const algorithms = ['RS256', 'RS384', 'RS512'];

/**
 * Makes a JWT authorizer of an HTTP API. It checks the signature, issuer, audience (or client id), times and scopes.
 * It finds the keys through the issuer's discovery document. The keys of the local issuer come from the data folder.
 */
export function createJwtAuthorizer(
  model: JwtAuthorizerModel,
  place: { readonly dataDir: string; readonly log: Log; readonly clock: Clock },
): Authorize {
  const sources = model.identitySources.map(compileIdentitySource);
  const local = isLocalIssuer(model.issuer);
  const keyOf = local ? openSigningKey(place.dataDir).verificationKey : remoteKeys(model.issuer);

  async function verify(token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, keyOf, { algorithms, currentDate: place.clock.now() });
    const issued = payload.iss ?? '';
    if (local ? !isLocalIssuer(issued) : issued !== model.issuer)
      throw new errors.JWTInvalid('the issuer is not valid');
    const audience = payload.aud ?? payload.client_id;
    const audiences = Array.isArray(audience) ? audience : [audience];
    if (!audiences.some((name) => typeof name === 'string' && model.audiences.includes(name))) {
      throw new errors.JWTInvalid('the audience is not valid');
    }
    if (payload.exp === undefined) throw new errors.JWTInvalid('the token has no expiry');
    if ((payload.iat ?? 0) > place.clock.now().getTime() / 1000 + 1) {
      throw new errors.JWTInvalid('the token is issued in the future');
    }
    return payload;
  }

  return async (request, requestPlace, scopes): Promise<Verdict> => {
    const given = sources.map((source) => source(request, requestPlace)).find((value) => value !== undefined);
    const token = given?.replace(/^Bearer +/i, '').trim() ?? '';
    if (token === '') return refuse(401, 'Unauthorized', 'Bearer');
    let payload: JWTPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      const { message } = error as Error;
      if (!(error instanceof errors.JOSEError)) {
        place.log({
          level: 'error',
          source: 'jwt-authorizer',
          message: `no keys could be read from ${model.issuer}: ${message}`,
        });
      }
      const description = message.replaceAll('"', "'");
      return refuse(
        401,
        'Unauthorized',
        `Bearer scope="" error="invalid_token" error_description="${description}"`,
      );
    }
    const held = scopesOf(payload);
    const matching = scopes.filter((scope) => held.includes(scope));
    if (scopes.length > 0 && matching.length === 0) {
      const challenge = `Bearer scope="${scopes.join(' ')}" error="insufficient_scope"`;
      return refuse(403, 'Forbidden', challenge);
    }
    return {
      authorised: { jwt: { claims: claimTexts(payload), scopes: scopes.length === 0 ? null : matching } },
    };
  };
}

function refuse(status: number, message: string, challenge: string): Verdict {
  return { refused: gatewayMessage(status, message, { 'www-authenticate': challenge }) };
}

/** The keys of an issuer on the network. Its discovery document is read at the first use. */
function remoteKeys(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    const document = (await answer.json()) as { readonly jwks_uri?: string };
    if (!answer.ok || document.jwks_uri === undefined) throw new Error(`${url} names no jwks_uri`);
    return createRemoteJWKSet(new URL(document.jwks_uri));
  };
  return async (header, token) => {
    keys ??= discover().catch((error: Error) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

function scopesOf(payload: JWTPayload): readonly string[] {
  const given = payload.scope ?? payload.scp ?? '';
  return Array.isArray(given) ? given.map(String) : String(given).split(' ');
}

/**
 * Claims as a function receives them: each is a text, an array is in brackets, and null is left out. The form was
 * measured at API Gateway.
 */
function claimTexts(payload: JWTPayload): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) texts[name] = `[${value.join(' ')}]`;
    else texts[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return texts;
}
