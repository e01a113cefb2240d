import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerTo } from './answer-head.ts';
import { type Asset, pageAnswer } from './page-answer.ts';
import { frontHtml } from './pages/front.ts';
import { frontScript } from './pages/front-script.ts';
import { frontStyle, iconSvg } from './pages/front-style.ts';
import { problemAnswer } from './problem-answer.ts';

/** Alternative spellings of an address, each with the address. */
const redirects: Readonly<Record<string, string>> = {
  '/docs/': '/docs',
  '/index.html': '/',
  '/openapi.json': '/v1/openapi.json',
  '/asyncapi.json': '/v1/asyncapi.json',
  '/health': '/v1/health',
  '/favicon.ico': '/front/icon.svg',
};

const DAY_SECONDS = 86_400;

/** The build's page and its assets, by path. */
function assetsOf(build: {
  readonly stage: string;
  readonly build: string;
}): Readonly<Record<string, Asset>> {
  return {
    '/': { type: 'text/html; charset=utf-8', text: frontHtml(build), maxAgeSeconds: 60 },
    '/front/style.css': { type: 'text/css; charset=utf-8', text: frontStyle, maxAgeSeconds: 300 },
    '/front/script.js': { type: 'text/javascript; charset=utf-8', text: frontScript, maxAgeSeconds: 300 },
    '/front/icon.svg': { type: 'image/svg+xml', text: iconSvg, maxAgeSeconds: DAY_SECONDS },
  };
}

/**
 * The front page, and every `GET` that no other route takes: an alternative spelling is redirected, the rest gets a 404
 * problem that points to the contract.
 */
export function frontPage(settings: () => { readonly stage: string; readonly build: string }) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const asset = assetsOf(settings())[event.rawPath];
    if (asset !== undefined) return answerTo(event, pageAnswer(asset));
    const location = redirects[event.rawPath];
    if (location !== undefined) return redirectTo(location);
    return answerTo(event, problemAnswer(noSuchRoute, event.requestContext.requestId));
  };
}

const noSuchRoute = {
  status: 404,
  code: 'not-found',
  title: 'Not found',
  detail: 'No route answers GET here. Every route is in the contract: /v1/openapi.json, to read at /docs.',
} as const;

function redirectTo(location: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode: 308, headers: { location, 'cache-control': 'public, max-age=3600' } };
}
