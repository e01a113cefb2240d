import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Parts, Resource } from '../../../infra/local/cloud-parts.ts';
import type { Clock } from '../../../infra/local/front/clock.ts';
import { type Mount, startHttpApi } from '../../../infra/local/front/http-api.ts';
import type { Issuer } from '../../../infra/local/front/issuer.ts';
import { functionArn, lambda, region, resource } from './front-parts.ts';

export const apiId = 'abc123';

/** An HTTP API with one stage, as CDK declares it. */
export function api(
  properties: Record<string, unknown> = {},
  stage: Record<string, unknown> = {},
): readonly Resource[] {
  const all = { Name: 'shop', ProtocolType: 'HTTP', ...properties };
  return [
    resource('AWS::ApiGatewayV2::Api', 'Api', all, { ref: apiId }),
    resource('AWS::ApiGatewayV2::Stage', 'Stage', {
      ApiId: apiId,
      StageName: '$default',
      AutoDeploy: true,
      ...stage,
    }),
  ];
}

/** A route to a separate function. */
export function route(
  routeKey: string,
  options: {
    readonly name?: string;
    readonly integration?: Record<string, unknown>;
    readonly properties?: Record<string, unknown>;
  } = {},
): readonly Resource[] {
  const name = options.name ?? routeKey.replaceAll(/[^A-Za-z]/g, '');
  const integration = {
    ApiId: apiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: functionArn(name),
    PayloadFormatVersion: '2.0',
    ...options.integration,
  };
  return [
    lambda(name),
    resource('AWS::ApiGatewayV2::Integration', `Integration${name}`, integration, { ref: `int-${name}` }),
    resource('AWS::ApiGatewayV2::Route', `Route${name}`, {
      ApiId: apiId,
      RouteKey: routeKey,
      Target: `integrations/int-${name}`,
      AuthorizationType: 'NONE',
      ...options.properties,
    }),
  ];
}

export function jwtAuthorizer(issuer: string, audience = 'shop-api'): Resource {
  const properties = {
    ApiId: apiId,
    AuthorizerType: 'JWT',
    Name: 'jwt',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: issuer, Audience: [audience] },
  };
  return resource('AWS::ApiGatewayV2::Authorizer', 'Jwt', properties, { ref: 'jwt' });
}

export function lambdaAuthorizer(properties: Record<string, unknown> = {}): readonly Resource[] {
  const path = `path/2015-03-31/functions/${functionArn('check')}/invocations`;
  const all = {
    ApiId: apiId,
    AuthorizerType: 'REQUEST',
    Name: 'check',
    AuthorizerUri: `arn:aws:apigateway:${region}:lambda:${path}`,
    AuthorizerPayloadFormatVersion: '2.0',
    EnableSimpleResponses: true,
    IdentitySource: ['$request.header.X-Api-Key'],
    ...properties,
  };
  const authorizer = resource('AWS::ApiGatewayV2::Authorizer', 'Check', all, { ref: 'check' });
  return [lambda('check'), authorizer];
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}

/** Sends a request unchanged: the target is not normalised, and headers may repeat. */
export type Send = (
  method: string,
  target: string,
  options?: { readonly headers?: readonly string[]; readonly body?: string | Buffer },
) => Promise<Answer>;

/** Starts the front for one test. */
export async function startFront(
  parts: Parts,
  options: { readonly mounts?: readonly Mount[]; readonly clock?: Clock } = {},
): Promise<{ readonly url: string; readonly issuer: Issuer | undefined; readonly send: Send }> {
  const { url, issuer, stop } = await startHttpApi(parts, options.mounts, options.clock);
  onTestFinished(stop);
  const { port } = new URL(url);
  const send: Send = (method, target, { headers = [], body } = {}) =>
    new Promise((resolve, reject) => {
      const hasHost = headers.some((name) => name.toLowerCase() === 'host');
      const length = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))];
      const sent = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method,
          path: target,
          agent: false,
          headers: [...(hasHost ? [] : ['Host', `127.0.0.1:${port}`]), ...headers, ...length],
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const bytes = Buffer.concat(chunks);
            const { statusCode: status = 0, headers: received } = response;
            resolve({ status, headers: received, body: bytes.toString('utf8'), bytes });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return { url, issuer, send };
}
