import { CfnOutput, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnApiMapping,
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpJwtAuthorizer,
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { plainName, stageWide } from '../../events/names.ts';
import type { Access, FunctionPath, HttpTrigger } from '../../events/triggers.ts';
import type { Domain } from '../domain.ts';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { keptName } from './names.ts';
import { API_IDENTIFIER } from './operator-pool.ts';
import { removalOf } from './removal.ts';

/** The header that carries a storefront's publishable key. */
const STOREFRONT_KEY_HEADER = 'x-entrepot-key';
/** The header by which CloudFront proves itself. */
export const ORIGIN_HEADER = 'x-entrepot-origin';
/** How long API Gateway keeps the authorizer's answer for a key. */
const AUTHORIZER_CACHE_SECONDS = 300;

/** The reason why a route needs no authorizer, for each kind of access. */
const openReasons = {
  signature:
    'The caller is a partner: the function itself checks the signature over the raw body, because an authorizer does not receive the body.',
  public: 'The route shows only public content: front page, health, contract, documentation.',
} as const;

export interface JourneyApiProps {
  readonly stage: Stage;
  /** The function that identifies a storefront by its key. */
  readonly storefrontAuthorizer: IFunction;
  /** The issuer of the operators' tokens, and the audiences or clients that they may be for. */
  readonly tokens: { readonly issuer: string; readonly audiences: readonly string[] };
}

/** The HTTP API: its authorizers, its access log and a route for each HTTP trigger. */
export class JourneyApi extends Construct {
  readonly api: HttpApi;
  private readonly admin: HttpJwtAuthorizer;
  private readonly storefront: HttpLambdaAuthorizer;
  /** Asks routes without another authorizer whether a request came through CloudFront; undefined without CloudFront. */
  private readonly origin: HttpLambdaAuthorizer | undefined;
  /** In CloudFormation's spelling, because CDK passes this map on unchanged. */
  private readonly routeSettings: Record<string, object> = {};
  private readonly limits: Stage['requestLimits'];
  private readonly httpStage: HttpStage;

  constructor(scope: Construct, id: string, { stage, storefrontAuthorizer, tokens }: JourneyApiProps) {
    super(scope, id);
    // API Gateway compares the audiences with `aud`, and with `client_id` where a token has no `aud`, like Cognito's.
    this.admin = new HttpJwtAuthorizer('Admin', tokens.issuer, {
      authorizerName: 'admin',
      jwtAudience: [...tokens.audiences],
    });
    const cameByCloudFront = stage.domain?.firewall ? [`$request.header.${ORIGIN_HEADER}`] : [];
    const ask = (name: string, identitySource: string[]) =>
      new HttpLambdaAuthorizer(name, storefrontAuthorizer, {
        authorizerName: name.toLowerCase(),
        identitySource,
        responseTypes: [HttpLambdaResponseType.SIMPLE],
        resultsCacheTtl: Duration.seconds(AUTHORIZER_CACHE_SECONDS),
      });
    // API Gateway itself refuses a request without one of the headers.
    this.storefront = ask('Storefront', [`$request.header.${STOREFRONT_KEY_HEADER}`, ...cameByCloudFront]);
    this.origin = cameByCloudFront.length === 0 ? undefined : ask('Origin', cameByCloudFront);
    this.api = new HttpApi(this, 'Api', {
      apiName: stageWide(stage.name),
      description: 'The API for storefronts, operators, merchants and partners',
      createDefaultStage: false,
      // With a name of its own the API has no second address. CloudFront needs the one that AWS gave it.
      disableExecuteApiEndpoint: stage.domain !== undefined && !stage.domain.firewall,
      ...(stage.allowedOrigins.length === 0 ? {} : { corsPreflight: corsFor(stage) }),
    });
    this.limits = stage.requestLimits;
    this.httpStage = this.addStage(stage);
    const url = stage.domain === undefined ? this.api.apiEndpoint : `https://${stage.domain.name}`;
    new CfnOutput(this, 'Url', { value: url, description: 'Base URL of the HTTP API' });
    if (stage.domain !== undefined && !stage.domain.firewall) this.answerUnder(stage.domain);
  }

  /** Leads the stage's own name here. The name itself is in a stack of its own. */
  private answerUnder({ name }: Domain): void {
    new CfnApiMapping(this, 'Mapping', {
      apiId: this.api.apiId,
      domainName: name,
      stage: '$default',
    }).node.addDependency(this.httpStage);
  }

  /**
   * Adds the routes of a trigger: each of its paths by each of its methods. They are in the stack of the function.
   * Those of another stack have the API's limit for operators: a stage can name only routes that are there before it.
   */
  addTrigger(id: FunctionPath, trigger: HttpTrigger, handler: IFunction): void {
    const isOwn = Stack.of(handler) === Stack.of(this);
    // One permission for each function. With one for each route, the stack would come near CloudFormation's limit of
    // 500 resources.
    const integration = new HttpLambdaIntegration(plainName(id), handler, { scopePermissionToRoute: false });
    for (const path of pathsOf(trigger.path)) {
      for (const method of methodsOf(trigger)) {
        const route = new HttpRoute(isOwn ? this.api : handler, `${method}${path}`, {
          httpApi: this.api,
          routeKey: HttpRouteKey.with(path, HttpMethod[method]),
          integration,
          ...this.authorization(trigger.access),
        });
        if (this.origin === undefined) acknowledgeOpen(route, trigger.access);
        if (isOwn) this.limit(route, `${method} ${path}`, trigger.access);
      }
    }
  }

  /** Gives a route a limit of its own. The stage waits for the routes that it names. */
  private limit(route: HttpRoute, key: string, { kind }: Access): void {
    const { ratePerSecond, burst } = this.limits[kind];
    this.routeSettings[key] = { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst };
    this.httpStage.node.addDependency(route);
  }

  private authorization(access: Access): {
    authorizer?: IHttpRouteAuthorizer;
    authorizationScopes?: string[];
  } {
    if (access.kind === 'scope')
      return { authorizer: this.admin, authorizationScopes: scopeForms(access.scope) };
    if (access.kind === 'storefront') return { authorizer: this.storefront };
    return this.origin === undefined ? {} : { authorizer: this.origin };
  }

  // The access log records the route and the time that it took. It records nothing about the caller: no addresses, no
  // keys, no paths with order numbers and no user agents.
  private addStage(stage: Stage): HttpStage {
    const logGroup = new LogGroup(this, 'Requests', {
      logGroupName: keptName(stage, `/aws/vendedlogs/${stageWide(stage.name, 'requests')}`),
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: removalOf(stage),
    });
    // The limit of routes of other stacks; those of this one have limits of their own.
    const { ratePerSecond, burst } = stage.requestLimits.scope;
    const httpStage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: ratePerSecond, burstLimit: burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: AccessLogField.contextRequestId(),
            route: AccessLogField.contextRouteKey(),
            status: AccessLogField.contextStatus(),
            latencyMs: AccessLogField.contextResponseLatency(),
            functionLatencyMs: AccessLogField.contextIntegrationLatency(),
          }),
        ),
      },
    });
    const resource = httpStage.node.defaultChild;
    if (!(resource instanceof CfnStage)) throw new Error('the stage of the HTTP API has another resource');
    // CDK's own construct cannot limit single routes.
    resource.routeSettings = Lazy.any({ produce: () => this.routeSettings });
    return httpStage;
  }
}

/** A scope as most issuers write it, and as Cognito does, with the name of the API before it. One is enough. */
export function scopeForms(scope: string): string[] {
  return [scope, `${API_IDENTIFIER}/${scope}`];
}

function corsFor(stage: Stage) {
  return {
    allowOrigins: [...stage.allowedOrigins],
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.HEAD, CorsHttpMethod.POST, CorsHttpMethod.PUT],
    allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', STOREFRONT_KEY_HEADER],
    exposeHeaders: ['etag', 'location', 'retry-after'],
    maxAge: Duration.hours(1),
  };
}

/** `/docs/{asset+}` answers `/docs` too, and `/{page+}` answers `/`. */
export function pathsOf(path: HttpTrigger['path']): HttpTrigger['path'][] {
  const withoutRest = path.replace(/\/\{[^/}]+\+\}$/, '');
  return withoutRest === path
    ? [path]
    : [path, withoutRest === '' ? '/' : (withoutRest as HttpTrigger['path'])];
}

/** Every `GET` route also answers `HEAD` (RFC 9110, section 9.1). API Gateway does not add `HEAD` by itself. */
export function methodsOf({ method }: HttpTrigger): (HttpTrigger['method'] | 'HEAD')[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

function acknowledgeOpen(route: HttpRoute, access: Access): void {
  if (access.kind === 'signature' || access.kind === 'public') {
    acknowledge(route, 'AwsSolutions-APIG4', openReasons[access.kind]);
  }
}
