import { LOCAL_ADDRESSES_PATH } from './front-script.ts';

/** The page of the contract viewer. */
export const docsHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Entrepot API</title>
    <link rel="icon" href="/front/icon.svg">
    <link rel="stylesheet" href="/docs/viewer.css">
    <link rel="stylesheet" href="/docs/own.css">
  </head>
  <body>
    <nav><a href="/">Entrepot</a> <a href="/v1/openapi.json">OpenAPI</a> <a href="/v1/asyncapi.json">AsyncAPI</a></nav>
    <div id="contract"></div>
    <script src="/docs/viewer.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

export const docsStyle = `body { margin: 0; }
nav { display: flex; gap: 1.25rem; padding: 0.75rem 1.25rem; background: #1b2330; font: 0.95rem system-ui, sans-serif; }
nav a { color: #e6e9ee; text-decoration: none; }
nav a:first-child { font-weight: 700; }
nav a:hover, nav a:focus-visible { text-decoration: underline; }
.swagger-ui .info { margin: 1.5rem 0; }
.swagger-ui .info .title { font-size: 1.8rem; }
.swagger-ui .opblock .opblock-summary-path { max-width: none; word-break: break-word; }
.swagger-ui .markdown pre { overflow-x: auto; }
@media (max-width: 640px) {
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-description { padding: 0.25rem 0; }
  .swagger-ui .parameters-col_name { width: auto; }
  .swagger-ui table tbody tr td { display: block; width: 100%; }
}
`;

const fillInKey = `fetch('${LOCAL_ADDRESSES_PATH}').then((answer) => (answer.ok ? answer.json() : {})).then(({ storefrontKey }) => {
      if (storefrontKey !== undefined) viewer.preauthorizeApiKey('storefrontKey', storefrontKey);
    });`;

/** Starts the viewer. On a developer's machine the sample shop's publishable key is filled in. */
export const docsScript = (stage: string) => `const viewer = SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#contract',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  onComplete: () => {
    ${stage === 'local' ? fillInKey : ''}
  },
});
`;
