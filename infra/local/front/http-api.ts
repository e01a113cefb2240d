import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InvokeResult, Parts } from '../cloud-parts.ts';
import { createAdmission, MACHINE_LIMITS } from './admission.ts';
import type { Authorize } from './authorize.ts';
import { type Clock, systemClock } from './clock.ts';
import { isPreflight, preflightAnswer, withCors } from './cors.ts';
import { type GatewayAnswer, gatewayMessage, toGatewayAnswer } from './gateway-answer.ts';
import { type GatewayRequest, lineAndHeaderBytes, readGatewayRequest } from './gateway-request.ts';
import { type HttpApiModel, type RouteModel, readHttpApi, type StageModel } from './http-api-model.ts';
import { type Listener, listen, type Mount, readBody } from './http-listener.ts';
import { createIssuer, type Issuer } from './issuer.ts';
import { createJwtAuthorizer } from './jwt-authorizer.ts';
import { createLambdaAuthorizer } from './lambda-authorizer.ts';
import { proxyEvent, type RequestPlace } from './proxy-event.ts';
import { createRouteTable } from './route-table.ts';
import { isLocalIssuer } from './signing-key.ts';
import { createTokenBucket, type TakeToken } from './token-bucket.ts';

export type { Mount } from './http-listener.ts';

/** The largest body that API Gateway accepts, in bytes (API Gateway quotas for HTTP APIs). */
const maximumBodyBytes = 10 * 1024 * 1024;
/** The most bytes of request line and header values that API Gateway accepts (API Gateway quotas for HTTP APIs). */
const maximumHeaderBytes = 10_240;
/** The size of one billed request, in bytes (API Gateway pricing, HTTP APIs). */
const billedRequestBytes = 512 * 1024;

/** A running HTTP front. */
export interface HttpFront extends Listener {
  /** The issuer of operators' tokens. Present when an authorizer of the templates trusts the local issuer. */
  readonly issuer?: Issuer;
}

/**
 * Starts the HTTP API that the templates declare. It listens on 127.0.0.1 and on the port of the parts; port 0 takes
 * a free one. The mounts answer on the same port. The local issuer is one of them when an authorizer trusts it.
 * Throws an Error that names the logical id of a resource that the local cloud does not understand.
 */
export async function startHttpApi(
  parts: Parts,
  mounts: readonly Mount[] = [],
  clock: Clock = systemClock,
): Promise<HttpFront> {
  const model = readHttpApi(parts.resources);
  const answerOf = model === undefined ? undefined : createApi(model, parts, clock);
  const mounted = [...mounts];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const mount = mounted.find(({ prefix }) => isUnder(request.url ?? '/', prefix));
    if (mount !== undefined) return mount.handle(request, response);
    if (lineAndHeaderBytes(request) > maximumHeaderBytes) {
      request.resume();
      return write(response, gatewayMessage(431, 'Request Header Fields Too Large'));
    }
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined) return write(response, gatewayMessage(413, 'Request Entity Too Large'));
    const given = readGatewayRequest(request, body, clock.now());
    if (given === undefined) return write(response, gatewayMessage(400, 'Bad Request'));
    parts.meter('httpApi.requests', Math.max(1, Math.ceil(body.length / billedRequestBytes)));
    if (model !== undefined)
      parts.tally({ namespace: 'AWS/ApiGateway', name: 'Count', dimensions: { ApiId: model.apiId } }, 1);
    const answer = answerOf === undefined ? gatewayMessage(404, 'Not Found') : await answerOf(given);
    if (model !== undefined) observeAnswer(parts, model.apiId, answer.status);
    write(response, answer, given.requestId);
  };
  const listener = await listen(handle, parts.port, (error) =>
    parts.log({ level: 'error', source: 'http-api', message: 'a request failed', detail: error }),
  );
  const audience = model === undefined ? undefined : localAudience(model);
  if (audience === undefined) return listener;
  const issuer = createIssuer({ dataDir: parts.dataDir, baseUrl: listener.url, audience }, clock);
  mounted.push(issuer.mount);
  return { ...listener, issuer };
}

/** Counts an answer as API Gateway counts it. */
function observeAnswer({ observe }: Parts, ApiId: string, status: number): void {
  const count = (name: string, value: number) =>
    observe({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId } }, value);
  count('Count', 1);
  count('4xx', status >= 400 && status < 500 ? 1 : 0);
  count('5xx', status >= 500 ? 1 : 0);
}

/** The audience of the authorizer that trusts the local issuer. */
function localAudience({ routes }: HttpApiModel): string | undefined {
  for (const { authorizer } of routes) {
    if (authorizer?.kind === 'jwt' && isLocalIssuer(authorizer.issuer)) return authorizer.audiences[0];
  }
  return undefined;
}

function createApi(
  model: HttpApiModel,
  parts: Parts,
  clock: Clock,
): (request: GatewayRequest) => Promise<GatewayAnswer> {
  const table = createRouteTable(model.routes);
  const authorizers = createAuthorizers(model, parts, clock);
  const buckets = new Map<string, TakeToken | undefined>();
  const admission = createAdmission(MACHINE_LIMITS);

  function isThrottled(stage: StageModel, { routeKey }: RouteModel): boolean {
    const key = `${stage.name} ${routeKey}`;
    if (!buckets.has(key)) buckets.set(key, bucketOf(stage, routeKey));
    return buckets.get(key)?.(clock.now().getTime()) === false;
  }

  async function answer(request: GatewayRequest): Promise<GatewayAnswer> {
    const found = stageOf(model.stages, request);
    if (found === undefined) return gatewayMessage(404, 'Not Found');
    const { stage, segments } = found;
    const match = table.match(request.method, segments);
    if (match === undefined) {
      const asked = model.cors !== undefined && isPreflight(request);
      return asked ? preflightAnswer(request, model.cors) : gatewayMessage(404, 'Not Found');
    }
    const { route, pathParameters } = match;
    if (isThrottled(stage, route)) return gatewayMessage(429, 'Too Many Requests', COME_BACK);
    const place: RequestPlace = {
      accountId: model.accountId,
      apiId: model.apiId,
      stage: stage.name,
      routeKey: route.routeKey,
      ...(stage.variables === undefined ? {} : { stageVariables: stage.variables }),
      ...(pathParameters === undefined ? {} : { pathParameters }),
    };
    const leave = await admission.enter(goesFirst(request, route));
    if (leave === undefined) return gatewayMessage(503, 'Service Unavailable', COME_BACK);
    try {
      return await work(request, route, place);
    } finally {
      leave();
    }
  }

  async function work(
    request: GatewayRequest,
    route: RouteModel,
    place: RequestPlace,
  ): Promise<GatewayAnswer> {
    const authorize = authorizers.get(route.authorizer?.id ?? '');
    if (authorize === undefined) return integrate(parts, route, proxyEvent(request, place));
    const verdict = await authorize(request, place, route.scopes);
    if ('refused' in verdict) return verdict.refused;
    return integrate(parts, route, proxyEvent(request, { ...place, authorizer: verdict.authorised }));
  }

  return async (request) => withCors(await answer(request), request, model.cors);
}

/**
 * Whether a request goes before the others: one that completes what a shopper has begun, or a partner's call. If quotes
 * went before orders, a machine under too much load would make quotes that nobody can order.
 */
function goesFirst({ headers, method }: GatewayRequest, { authorizer }: RouteModel): boolean {
  return headers['idempotency-key'] !== undefined || (authorizer === undefined && method === 'POST');
}

/** Advice for a client that was refused: the seconds after which it may try again. API Gateway gives none. */
const COME_BACK = { 'retry-after': '1' };

/** Invokes the function of the route and gives the answer that API Gateway would make from the result. */
async function integrate(parts: Parts, route: RouteModel, event: unknown): Promise<GatewayAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, route.timeoutMs, undefined);
  });
  const result: InvokeResult | undefined = await Promise.race([
    parts.invoke(route.functionArn, event),
    timeout,
  ]);
  clearTimeout(timer);
  if (result === undefined) return gatewayMessage(503, 'Service Unavailable', COME_BACK);
  if (result.error === undefined) return toGatewayAnswer(result.payload);
  const throttled = result.error.errorType === 'TooManyRequestsException';
  return throttled
    ? gatewayMessage(503, 'Service Unavailable', COME_BACK)
    : gatewayMessage(500, 'Internal Server Error');
}

function createAuthorizers(model: HttpApiModel, parts: Parts, clock: Clock): Map<string, Authorize> {
  const authorizers = new Map<string, Authorize>();
  for (const { authorizer } of model.routes) {
    if (authorizer === undefined || authorizers.has(authorizer.id)) continue;
    const authorize =
      authorizer.kind === 'jwt'
        ? createJwtAuthorizer(authorizer, { dataDir: parts.dataDir, log: parts.log, clock })
        : createLambdaAuthorizer(authorizer, { invoke: parts.invoke, region: model.region, clock });
    authorizers.set(authorizer.id, authorize);
  }
  return authorizers;
}

/** The stage whose name begins the path, or else the default stage. The routes match the path without that name. */
function stageOf(
  stages: readonly StageModel[],
  { segments }: GatewayRequest,
): { readonly stage: StageModel; readonly segments: readonly string[] } | undefined {
  const named = stages.find(({ name }) => name !== '$default' && name === segments[0]);
  if (named !== undefined)
    return { stage: named, segments: segments.length === 1 ? [''] : segments.slice(1) };
  const stage = stages.find(({ name }) => name === '$default');
  return stage === undefined ? undefined : { stage, segments };
}

function bucketOf(stage: StageModel, routeKey: string): TakeToken | undefined {
  const own = stage.throttles[routeKey];
  const burst = own?.burst ?? stage.defaultThrottle.burst;
  const ratePerSecond = own?.ratePerSecond ?? stage.defaultThrottle.ratePerSecond;
  if (burst === undefined && ratePerSecond === undefined) return undefined;
  return createTokenBucket({
    burst: burst ?? Math.max(1, ratePerSecond ?? 1),
    ratePerSecond: ratePerSecond ?? burst ?? 1,
  });
}

function isUnder(target: string, prefix: string): boolean {
  return target.startsWith(prefix) && ['', '/', '?'].includes(target.charAt(prefix.length));
}

function write(response: ServerResponse, answer: GatewayAnswer, requestId?: string): void {
  const { status, headers, cookies = [], body } = answer;
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, {
    ...headers,
    ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
    ...(bodiless ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(requestId === undefined ? {} : { 'apigw-requestid': requestId }),
  });
  response.end(bodiless ? undefined : body);
}
