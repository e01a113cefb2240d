import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import style from 'swagger-ui-dist/swagger-ui.css' with { type: 'text' };
import script from 'swagger-ui-dist/swagger-ui-bundle.js' with { type: 'text' };
import { notFound } from '../kernel/problem.ts';
import { answerTo } from './answer-head.ts';
import { type Asset, pageAnswer } from './page-answer.ts';
import { docsHtml, docsScript, docsStyle } from './pages/docs.ts';
import { problemAnswer } from './problem-answer.ts';

/** The viewer is in the function's bundle, so that our page loads no code from elsewhere. */
function assetsOf(stage: string): Readonly<Record<string, Asset>> {
  return {
    '/docs': { type: 'text/html; charset=utf-8', text: docsHtml, maxAgeSeconds: 60 },
    '/docs/viewer.css': { type: 'text/css', text: style, maxAgeSeconds: 86_400 },
    '/docs/viewer.js': { type: 'text/javascript', text: script, maxAgeSeconds: 86_400 },
    '/docs/own.css': { type: 'text/css', text: docsStyle, maxAgeSeconds: 300 },
    '/docs/start.js': { type: 'text/javascript', text: docsScript(stage), maxAgeSeconds: 60 },
  };
}

/** Serves the contract viewer. */
export function docs(settings: () => { readonly stage: string }) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const asset = assetsOf(settings().stage)[event.rawPath.replace(/\/$/, '')];
    if (asset !== undefined) return answerTo(event, pageAnswer(asset));
    return answerTo(event, problemAnswer(notFound('page'), event.requestContext.requestId));
  };
}
