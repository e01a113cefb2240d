import type { GatewayRequest } from './gateway-request.ts';
import { queryParameters, type RequestPlace } from './proxy-event.ts';

/** Gives the value of an identity source; undefined when the request has no such value. */
export type IdentitySource = (request: GatewayRequest, place: RequestPlace) => string | undefined;

const contextValues: Record<string, IdentitySource> = {
  httpMethod: ({ method }) => method,
  path: ({ path }) => path,
  routeKey: (_request, { routeKey }) => routeKey,
  stage: (_request, { stage }) => stage,
  'identity.sourceIp': ({ sourceIp }) => sourceIp,
};

/**
 * Compiles the selection expression of an identity source (API Gateway developer guide, "Create an HTTP API Lambda
 * authorizer"). Throws an Error when the local cloud does not understand the expression.
 */
export function compileIdentitySource(expression: string): IdentitySource {
  const [, kind = '', name = ''] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  const header = name.toLowerCase();
  if (kind === 'request.header') return ({ headers }) => headers[header];
  if (kind === 'request.querystring') return ({ query }) => queryParameters(query)?.[name];
  if (kind === 'stageVariables') return (_request, { stageVariables }) => stageVariables?.[name];
  const value = kind === 'context' ? contextValues[name] : undefined;
  if (value === undefined) throw new Error(`the identity source ${expression} is not understood`);
  return value;
}
