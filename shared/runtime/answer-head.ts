import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The answer for the request's method: `HEAD` gets the headers of the `GET` answer. */
export function answerTo(
  event: APIGatewayProxyEventV2,
  answer: APIGatewayProxyStructuredResultV2,
): APIGatewayProxyStructuredResultV2 {
  if (event.requestContext.http.method !== 'HEAD') return answer;
  const { body: _body, isBase64Encoded: _encoding, ...head } = answer;
  return head;
}
