import { z } from 'zod';
import type { Resource } from '../cloud-parts.ts';
import { type CorsConfiguration, corsProperties } from './cors.ts';
import { nameOf, ofType, placeOf, readProperties } from './resource-reading.ts';

/** An HTTP API as the templates declare it. */
export interface HttpApiModel {
  readonly apiId: string;
  readonly accountId: string;
  readonly region: string;
  readonly cors?: CorsConfiguration;
  readonly stages: readonly StageModel[];
  readonly routes: readonly RouteModel[];
}

export interface StageModel {
  readonly name: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly defaultThrottle: ThrottleModel;
  /** Limits by route key. */
  readonly throttles: Readonly<Record<string, ThrottleModel>>;
}

/** The limits of a route. A member that is undefined sets no limit. */
interface ThrottleModel {
  readonly burst?: number | undefined;
  readonly ratePerSecond?: number | undefined;
}

export interface RouteModel {
  readonly routeKey: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer?: AuthorizerModel;
  /** A token must hold at least one of these scopes. */
  readonly scopes: readonly string[];
}

type AuthorizerModel = JwtAuthorizerModel | LambdaAuthorizerModel;
export interface JwtAuthorizerModel {
  readonly kind: 'jwt';
  readonly id: string;
  readonly identitySources: readonly string[];
  readonly issuer: string;
  readonly audiences: readonly string[];
}
export interface LambdaAuthorizerModel {
  readonly kind: 'lambda';
  readonly id: string;
  readonly identitySources: readonly string[];
  readonly functionArn: string;
  /** How long a result is kept, in seconds. With 0 no result is kept. */
  readonly resultTtlSeconds: number;
}

const apiProperties = z.object({
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: corsProperties.optional(),
});
const throttle = z.strictObject({
  ThrottlingBurstLimit: z.number().optional(),
  ThrottlingRateLimit: z.number().optional(),
  DetailedMetricsEnabled: z.boolean().optional(),
});
const stageProperties = z.object({
  StageName: z.string(),
  StageVariables: z.record(z.string(), z.string()).optional(),
  DefaultRouteSettings: throttle.default({}),
  RouteSettings: z.record(z.string(), throttle).default({}),
});
const integrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().min(50).max(30_000).default(30_000),
});
const authorizerProperties = z.discriminatedUnion('AuthorizerType', [
  z.object({
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.array(z.string()).min(1),
    JwtConfiguration: z.strictObject({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
  }),
  z.object({
    AuthorizerType: z.literal('REQUEST'),
    AuthorizerUri: z.string(),
    AuthorizerPayloadFormatVersion: z.literal('2.0'),
    // A function without simple responses answers with an IAM policy. The local cloud does not evaluate IAM policies.
    EnableSimpleResponses: z.literal(true),
    IdentitySource: z.array(z.string()).default([]),
    AuthorizerResultTtlInSeconds: z.number().min(0).max(3600).default(0),
  }),
]);
const routeProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'JWT', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

/**
 * Reads the HTTP API of the templates; undefined when they declare none. Throws an Error that names the logical id of
 * a resource that the local cloud does not understand. Also throws when there is more than one API, because one port
 * cannot serve two.
 */
export function readHttpApi(resources: readonly Resource[]): HttpApiModel | undefined {
  const [api, second] = ofType(resources, 'AWS::ApiGatewayV2::Api');
  if (second !== undefined) throw new Error(`${nameOf(second)}: only one HTTP API can be run`);
  if (api === undefined) return undefined;
  const { CorsConfiguration: cors } = readProperties(api, apiProperties);
  const { account: accountId, region } = placeOf(resources);
  const integrations = readIntegrations(resources);
  const authorizers = readAuthorizers(resources);
  return {
    apiId: api.ref,
    accountId,
    region,
    ...(cors === undefined ? {} : { cors }),
    stages: readStages(resources),
    routes: ofType(resources, 'AWS::ApiGatewayV2::Route').map((resource) => {
      const route = readProperties(resource, routeProperties);
      const integration = integrations.get(route.Target.replace(/^integrations\//, ''));
      if (integration === undefined) throw new Error(`${nameOf(resource)}: no integration ${route.Target}`);
      const authorizer = authorizers.get(route.AuthorizerId ?? '');
      const wanted = { NONE: undefined, JWT: 'jwt', CUSTOM: 'lambda' }[route.AuthorizationType];
      if (authorizer?.kind !== wanted) {
        throw new Error(
          `${nameOf(resource)}: no authorizer ${route.AuthorizerId} of type ${route.AuthorizationType}`,
        );
      }
      return {
        routeKey: route.RouteKey,
        ...integration,
        scopes: route.AuthorizationScopes,
        ...(authorizer === undefined ? {} : { authorizer }),
      };
    }),
  };
}

function readStages(resources: readonly Resource[]): StageModel[] {
  return ofType(resources, 'AWS::ApiGatewayV2::Stage').map((resource) => {
    const stage = readProperties(resource, stageProperties);
    const throttles = Object.entries(stage.RouteSettings).map(([key, limits]) => [key, toThrottle(limits)]);
    return {
      name: stage.StageName,
      defaultThrottle: toThrottle(stage.DefaultRouteSettings),
      throttles: Object.fromEntries(throttles) as Record<string, ThrottleModel>,
      ...(stage.StageVariables === undefined ? {} : { variables: stage.StageVariables }),
    };
  });
}

function toThrottle(limits: z.infer<typeof throttle>): ThrottleModel {
  return { burst: limits.ThrottlingBurstLimit, ratePerSecond: limits.ThrottlingRateLimit };
}

function readIntegrations(
  resources: readonly Resource[],
): Map<string, Pick<RouteModel, 'functionArn' | 'timeoutMs'>> {
  const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration').map((resource) => {
    const { IntegrationUri: uri, TimeoutInMillis: timeoutMs } = readProperties(
      resource,
      integrationProperties,
    );
    return [resource.ref, { functionArn: functionArnIn(uri, resource), timeoutMs }] as const;
  });
  return new Map(integrations);
}

function readAuthorizers(resources: readonly Resource[]): Map<string, AuthorizerModel> {
  const authorizers = ofType(resources, 'AWS::ApiGatewayV2::Authorizer').map((resource) => {
    const properties = readProperties(resource, authorizerProperties);
    const common = { id: resource.ref, identitySources: properties.IdentitySource };
    const model: AuthorizerModel =
      properties.AuthorizerType === 'JWT'
        ? {
            ...common,
            kind: 'jwt',
            issuer: properties.JwtConfiguration.Issuer,
            audiences: properties.JwtConfiguration.Audience,
          }
        : {
            ...common,
            kind: 'lambda',
            functionArn: functionArnIn(properties.AuthorizerUri, resource),
            resultTtlSeconds: properties.AuthorizerResultTtlInSeconds,
          };
    return [resource.ref, model] as const;
  });
  return new Map(authorizers);
}

/**
 * The ARN of the function that a URI names. The URI is this ARN, or an API Gateway invocation ARN that contains it.
 */
function functionArnIn(uri: string, resource: Resource): string {
  const [found] = /arn:[\w-]+:lambda:[\w-]+:\d*:function:[\w:$-]+/.exec(uri) ?? [];
  if (found === undefined) throw new Error(`${nameOf(resource)}: ${uri} names no function`);
  return found;
}
