import type { Parts } from '../cloud-parts.ts';
import type { Authorize, Verdict } from './authorize.ts';
import type { Clock } from './clock.ts';
import { gatewayMessage } from './gateway-answer.ts';
import type { LambdaAuthorizerModel } from './http-api-model.ts';
import { compileIdentitySource } from './identity-source.ts';
import { authorizerEvent } from './proxy-event.ts';

/** The largest number of results that are kept. When it is reached, the oldest result is removed. */
const maximumKept = 10_000;

/**
 * Makes a Lambda authorizer with simple responses (API Gateway developer guide, "Create an HTTP API Lambda
 * authorizer"). A request without an identity source is refused, and the function is not invoked. A result is kept
 * under the values of the identity sources.
 */
export function createLambdaAuthorizer(
  model: LambdaAuthorizerModel,
  place: Pick<Parts, 'invoke'> & { readonly region: string; readonly clock: Clock },
): Authorize {
  const sources = model.identitySources.map(compileIdentitySource);
  const kept = new Map<string, { readonly verdict: Verdict; readonly untilMs: number }>();

  return async (request, requestPlace) => {
    const identity: string[] = [];
    for (const source of sources) {
      const value = source(request, requestPlace);
      if (value === undefined || value === '') return { refused: gatewayMessage(401, 'Unauthorized') };
      identity.push(value);
    }
    const keeps = model.resultTtlSeconds > 0 && identity.length > 0;
    const key = JSON.stringify(identity);
    const nowMs = place.clock.now().getTime();
    const known = keeps ? kept.get(key) : undefined;
    if (known !== undefined && known.untilMs > nowMs) return known.verdict;

    const { accountId, apiId, stage } = requestPlace;
    const resource = `${apiId}/${stage}/${request.method}${request.path}`;
    const routeArn = `arn:aws:execute-api:${place.region}:${accountId}:${resource}`;
    const event = authorizerEvent(request, requestPlace, routeArn, identity);
    const { payload, error } = await place.invoke(model.functionArn, event);
    const answer = payload as { readonly isAuthorized?: unknown; readonly context?: unknown } | null;
    if (error !== undefined || typeof answer?.isAuthorized !== 'boolean') {
      return { refused: gatewayMessage(500, 'Internal Server Error') };
    }
    const verdict: Verdict = answer.isAuthorized
      ? { authorised: { lambda: answer.context ?? null } }
      : { refused: gatewayMessage(403, 'Forbidden') };
    if (keeps) {
      kept.delete(key);
      kept.set(key, { verdict, untilMs: nowMs + model.resultTtlSeconds * 1000 });
      const [oldest] = kept.keys();
      if (kept.size > maximumKept && oldest !== undefined) kept.delete(oldest);
    }
    return verdict;
  };
}
