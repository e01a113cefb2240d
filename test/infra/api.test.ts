import { describe, expect, it } from 'vitest';
import { functionName } from '../../events/names.ts';
import { type HttpTrigger, triggerList } from '../../events/triggers.ts';
import { methodsOf, pathsOf } from '../../infra/constructs/journey-api.ts';
import { ownStackOf } from '../../infra/stacks/own-stacks.ts';
import { readStage } from '../../infra/stages.ts';
import { synthesise } from './synthesise.ts';

const { ofType, targetOf } = synthesise();
const routes = ofType('AWS::ApiGatewayV2::Route');
const authorizers = ofType('AWS::ApiGatewayV2::Authorizer');
const integrations = ofType('AWS::ApiGatewayV2::Integration');
const functions = ofType('AWS::Lambda::Function');

const expected = triggerList.flatMap(([id, trigger]) =>
  trigger.kind === 'http'
    ? pathsOf(trigger.path).flatMap((path) =>
        methodsOf(trigger).map((method) => ({
          id,
          trigger: trigger as HttpTrigger,
          key: `${method} ${path}`,
        })),
      )
    : [],
);

describe('the HTTP API', () => {
  it('has exactly the declared routes', () => {
    expect(routes.map((route) => route.RouteKey).sort()).toEqual(expected.map(({ key }) => key).sort());
  });

  it('limits each route by the kind of its callers, partners and operators apart from storefronts', () => {
    const [stage] = ofType('AWS::ApiGatewayV2::Stage');
    const { requestLimits } = readStage(() => undefined);
    // A stage can't name the routes of a stack that is deployed after it: they have the limit of operators.
    const { ratePerSecond, burst } = requestLimits.scope;
    expect(stage?.DefaultRouteSettings).toMatchObject({
      ...{ ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst },
    });
    const named = expected.filter(({ id, trigger }) => ownStackOf([id, trigger]) === undefined);
    const limits = named.map(({ key, trigger }) => {
      const { ratePerSecond, burst } = requestLimits[trigger.access.kind];
      return [key, { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst }];
    });
    expect(stage?.RouteSettings).toEqual(Object.fromEntries(limits));
  });

  it('answers HEAD like GET, the front page, and unknown routes', () => {
    const keys = routes.map((route) => String(route.RouteKey));
    const gets = keys.filter((key) => key.startsWith('GET '));
    expect(keys.filter((key) => key.startsWith('HEAD ')).sort()).toEqual(
      gets.map((key) => key.replace('GET', 'HEAD')).sort(),
    );
    expect(gets).toEqual(
      expect.arrayContaining(['GET /', 'GET /{page+}', 'GET /docs', 'GET /docs/{asset+}']),
    );
  });

  it.each(expected)(
    '$key is protected as its trigger says, and calls its function',
    ({ id, trigger, key }) => {
      const route = routes.find((each) => each.RouteKey === key);
      const authorizer = authorizers.find((each) => each.logicalId === targetOf(route?.AuthorizerId));
      const { access } = trigger;
      if (access.kind === 'scope') {
        expect(route?.AuthorizationType).toBe('JWT');
        expect(route?.AuthorizationScopes).toEqual([access.scope, `entrepot/${access.scope}`]);
        expect(authorizer?.Name).toBe('admin');
      } else if (access.kind === 'storefront') {
        expect(route?.AuthorizationType).toBe('CUSTOM');
        expect(authorizer?.Name).toBe('storefront');
      } else {
        expect(route?.AuthorizationType).toBe('NONE');
        expect(authorizer).toBeUndefined();
      }
      const integrationId = targetOf(route?.Target['Fn::Join'][1][1]);
      const integration = integrations.find((each) => each.logicalId === integrationId);
      expect(integration?.PayloadFormatVersion).toBe('2.0');
      const handler = functions.find((each) => each.logicalId === targetOf(integration?.IntegrationUri));
      expect(handler?.FunctionName).toBe(functionName('local', id));
    },
  );

  it('authenticates operators by token and storefronts by key', () => {
    expect(authorizers.find((each) => each.Name === 'admin')).toMatchObject({
      AuthorizerType: 'JWT',
      JwtConfiguration: { Audience: ['entrepot-admin'], Issuer: 'http://127.0.0.1:3000/_local/issuer' },
    });
    expect(authorizers.find((each) => each.Name === 'storefront')).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.x-entrepot-key'],
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it('logs requests without data about the caller', () => {
    const [stage] = ofType('AWS::ApiGatewayV2::Stage');
    const format = JSON.parse(stage?.AccessLogSettings.Format);
    expect(Object.keys(format).sort()).toEqual([
      'functionLatencyMs',
      'latencyMs',
      'requestId',
      'route',
      'status',
    ]);
    expect(stage?.AccessLogSettings.Format).not.toMatch(/identity|sourceIp|userAgent|authorizer|path/);
    expect(stage?.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
  });

  it('allows the web pages of the stage to call, and by default none', () => {
    const [production] = synthesise('production').ofType('AWS::ApiGatewayV2::Api');
    const cors = production?.CorsConfiguration;
    expect(cors.AllowOrigins).toEqual(['https://www.shop.test', 'https://outlet.shop.test']);
    expect(cors.AllowHeaders).toContain('x-entrepot-key');
    expect(cors.AllowHeaders).toContain('idempotency-key');
  });
});
