import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A page of ours, or what a page loads. */
export interface Asset {
  readonly type: string;
  readonly text: string;
  /** How long a browser may keep it, in seconds. */
  readonly maxAgeSeconds: number;
}

/** A page loads nothing from elsewhere, stands in no other page's frame, and sends no referrer. */
const headers = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data:",
    // The viewer of the contract sets styles on its elements.
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The asset with the headers that keep it to itself. */
export function pageAnswer({ type, text, maxAgeSeconds }: Asset): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 200,
    headers: { ...headers, 'content-type': type, 'cache-control': `public, max-age=${maxAgeSeconds}` },
    body: text,
  };
}
