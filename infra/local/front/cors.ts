import { z } from 'zod';
import type { GatewayAnswer } from './gateway-answer.ts';
import type { GatewayRequest } from './gateway-request.ts';

/** `CorsConfiguration` of an HTTP API. */
export const corsProperties = z.strictObject({
  AllowCredentials: z.boolean().default(false),
  AllowHeaders: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowOrigins: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  MaxAge: z.number().optional(),
});
export type CorsConfiguration = z.infer<typeof corsProperties>;

/** Whether the request is a preflight: a browser asks whether it may send another request. */
export function isPreflight({ method, headers }: GatewayRequest): boolean {
  const asks = headers['access-control-request-method'] !== undefined;
  return method === 'OPTIONS' && headers.origin !== undefined && asks;
}

/**
 * The gateway's own answer to a preflight request. The answer gives no permission to an origin that is not allowed.
 */
export function preflightAnswer(request: GatewayRequest, cors: CorsConfiguration): GatewayAnswer {
  return { status: 204, headers: corsHeaders(request, cors), body: '' };
}

/** The answer with the gateway's CORS headers. They replace CORS headers that the function has set. */
export function withCors(
  answer: GatewayAnswer,
  request: GatewayRequest,
  cors: CorsConfiguration | undefined,
): GatewayAnswer {
  if (cors === undefined) return answer;
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...answer, headers: { ...Object.fromEntries(own), ...corsHeaders(request, cors) } };
}

function corsHeaders(request: GatewayRequest, cors: CorsConfiguration): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined || !isAllowed(origin, cors.AllowOrigins)) return {};
  const list = (name: string, values: readonly string[]): Record<string, string> =>
    values.length === 0 ? {} : { [name]: values.join(',') };
  const common = {
    'access-control-allow-origin': cors.AllowOrigins.includes('*') ? '*' : origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
  };
  if (!isPreflight(request))
    return { ...common, ...list('access-control-expose-headers', cors.ExposeHeaders) };
  return {
    ...common,
    ...list('access-control-allow-methods', cors.AllowMethods),
    ...list('access-control-allow-headers', cors.AllowHeaders),
    ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((rule) => {
    if (rule === '*') return true;
    // API Gateway also accepts a rule for a whole scheme: https://*
    if (rule.endsWith('://*')) return origin.startsWith(rule.slice(0, -1));
    return rule.toLowerCase() === origin.toLowerCase();
  });
}
