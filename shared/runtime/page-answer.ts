import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** One of our pages, or a file that a page loads. */
export interface Asset {
  readonly type: string;
  readonly text: string;
  /** How long a browser may keep it, in seconds. */
  readonly maxAgeSeconds: number;
}

/** A page loads nothing from elsewhere, can't be framed by another page, and sends no referrer. */
const headers = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    // The contract viewer sets styles on its elements.
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The asset with the security headers. */
export function pageAnswer({ type, text, maxAgeSeconds }: Asset): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 200,
    headers: { ...headers, 'content-type': type, 'cache-control': `public, max-age=${maxAgeSeconds}` },
    body: text,
  };
}
