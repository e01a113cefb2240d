import type { GatewayRequest } from './gateway-request.ts';

/** The facts about a request that the gateway adds to it. */
export interface RequestPlace {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly routeKey: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** The result of the authorizer. */
  readonly authorizer?: Authorised;
}

/** `requestContext.authorizer` of an event. */
export type Authorised =
  | { readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: string[] | null } }
  | { readonly lambda: unknown };

/**
 * A function receives bodies of these types as text and all others in base64. AWS does not document this list: it was
 * measured at API Gateway.
 */
const textTypes = /^(text\/.*|application\/(json|xml|javascript))$/i;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The event that a function receives for a request: payload format 2.0 (API Gateway developer guide, "Create AWS
 * Lambda proxy integrations for HTTP APIs"). Members without content are left out. `rawPath` is decoded, as at API
 * Gateway.
 */
export function proxyEvent(request: GatewayRequest, place: RequestPlace): Record<string, unknown> {
  const { body } = request;
  const isBase64Encoded = body.length > 0 && !isText(request.headers['content-type']);
  return {
    version: '2.0',
    routeKey: place.routeKey,
    ...requestParts(request),
    requestContext: requestContext(request, place),
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    ...(place.pathParameters === undefined ? {} : { pathParameters: place.pathParameters }),
    isBase64Encoded,
    ...(place.stageVariables === undefined ? {} : { stageVariables: place.stageVariables }),
  };
}

/** The event that a Lambda authorizer receives, in payload format 2.0. It has the identity sources and no body. */
export function authorizerEvent(
  request: GatewayRequest,
  place: RequestPlace,
  routeArn: string,
  identitySource: readonly string[],
): Record<string, unknown> {
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn,
    identitySource: identitySource.length === 0 ? null : identitySource,
    routeKey: place.routeKey,
    ...requestParts(request),
    requestContext: requestContext(request, place),
    ...(place.pathParameters === undefined ? {} : { pathParameters: place.pathParameters }),
    ...(place.stageVariables === undefined ? {} : { stageVariables: place.stageVariables }),
  };
}

/** Decoded query parameters; undefined when there are none. Several values of one name are joined by commas. */
export function queryParameters(query: string): Record<string, string> | undefined {
  if (query === '') return undefined;
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return Object.keys(parameters).length === 0 ? undefined : parameters;
}

function requestParts(request: GatewayRequest): Record<string, unknown> {
  const queryStringParameters = queryParameters(request.query);
  return {
    rawPath: request.path,
    rawQueryString: request.query,
    ...(request.cookies.length === 0 ? {} : { cookies: request.cookies }),
    headers: request.headers,
    ...(queryStringParameters === undefined ? {} : { queryStringParameters }),
  };
}

function requestContext(request: GatewayRequest, place: RequestPlace): Record<string, unknown> {
  const domainName = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  return {
    accountId: place.accountId,
    apiId: place.apiId,
    ...(place.authorizer === undefined ? {} : { authorizer: place.authorizer }),
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: {
      method: request.method,
      path: request.path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.requestId,
    routeKey: place.routeKey,
    stage: place.stage,
    time: commonLogTime(request.receivedAt),
    timeEpoch: request.receivedAt.getTime(),
  };
}

function isText(contentType: string | undefined): boolean {
  return textTypes.test(contentType?.split(';')[0]?.trim() ?? '');
}

function commonLogTime(time: Date): string {
  const day = String(time.getUTCDate()).padStart(2, '0');
  return `${day}/${monthNames[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}
