import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';

export interface Request {
  readonly method?: string;
  readonly path?: string;
  /** Names in lower case, as the gateway passes them on. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** The answer of an authorizer: a Lambda's context or a token's claims. */
  readonly authorizer?: object;
  /** The address of the caller. */
  readonly sourceIp?: string;
}

/** A request as API Gateway's HTTP API hands it to a function, payload format 2.0. */
export function gatewayEvent({
  method = 'POST',
  path = '/v1/things',
  headers = {},
  body,
  isBase64Encoded = false,
  params,
  query,
  authorizer,
  sourceIp = '192.0.2.1',
}: Request = {}): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json', 'user-agent': 'tests', ...headers },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(params === undefined ? {} : { pathParameters: params }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: 'api.example.test',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: 'tests' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '23/Nov/2026:10:00:00 +0000',
      timeEpoch: 1_795_428_000_000,
      ...(authorizer === undefined ? {} : { authorizer }),
    },
    isBase64Encoded,
    ...(body === undefined ? {} : { body }),
  } as APIGatewayProxyEventV2;
}

/** A message as SQS delivers it to a function. */
export function queueRecord(messageId: string, body: string): SQSRecord {
  return {
    messageId,
    receiptHandle: `handle-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1795428000000',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1795428000001',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:queue',
    awsRegion: 'eu-central-1',
  };
}

export const queueEvent = (...records: readonly SQSRecord[]): SQSEvent => ({ Records: [...records] });

export const context = {
  functionName: 'function',
  awsRequestId: 'invocation-1',
  getRemainingTimeInMillis: () => 10_000,
} as unknown as Context;

export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | number | boolean>>;
  readonly body: unknown;
}

/** The answer with its parsed body. */
export function answerOf({ statusCode, headers = {}, body }: APIGatewayProxyStructuredResultV2): Answer {
  return { status: statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) };
}
