import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The exact bytes of a request's body; undefined if they are more than `maxBytes`. A body that is much too long is not
 * decoded, so that it costs no memory beside the event.
 */
export function readBody(
  { body = '', isBase64Encoded }: APIGatewayProxyEventV2,
  maxBytes: number,
): Buffer | undefined {
  // Base 64 has four characters for three bytes. In UTF-8 a character has at least one byte.
  const most = isBase64Encoded ? Math.ceil(maxBytes / 3) * 4 : maxBytes;
  if (body.length > most) return undefined;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return bytes.length > maxBytes ? undefined : bytes;
}
