import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import style from 'swagger-ui-dist/swagger-ui.css' with { type: 'text' };
import script from 'swagger-ui-dist/swagger-ui-bundle.js' with { type: 'text' };

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Entrepot API</title>
    <link rel="stylesheet" href="/docs/viewer.css">
  </head>
  <body>
    <div id="contract"></div>
    <script src="/docs/viewer.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#contract', deepLinking: true, docExpansion: 'list' });
`;

interface Asset {
  readonly type: string;
  readonly text: string;
  /** How long a browser may keep it, in seconds. */
  readonly maxAgeSeconds: number;
}

/** The viewer is in the function's bundle, so that no page of ours loads code from elsewhere. */
const assets: Readonly<Record<string, Asset>> = {
  '/docs': { type: 'text/html; charset=utf-8', text: page, maxAgeSeconds: 60 },
  '/docs/viewer.css': { type: 'text/css', text: style, maxAgeSeconds: 86_400 },
  '/docs/viewer.js': { type: 'text/javascript', text: script, maxAgeSeconds: 86_400 },
  '/docs/start.js': { type: 'text/javascript', text: start, maxAgeSeconds: 60 },
};

/** Serves the contract viewer. */
export function docs() {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>().handler(async (event) => {
    const path = event.rawPath.replace(/\/$/, '');
    const asset = assets[path];
    if (asset === undefined)
      return { statusCode: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' };
    return {
      statusCode: 200,
      headers: {
        'content-type': asset.type,
        'cache-control': `public, max-age=${asset.maxAgeSeconds}`,
        'content-security-policy':
          "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
        'x-content-type-options': 'nosniff',
      },
      body: asset.text,
    };
  });
}
