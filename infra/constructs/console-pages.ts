/**
 * The code of the CloudFront function before the console's files, for its runtime `cloudfront-js-2.0`. Every
 * address but those of files is a page of the console, which `index.html` shows: the id in it, such as a SKU, may have
 * a dot. The name alone leads to the console.
 */
export const CONSOLE_PAGES = `
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri === '/' || uri === '/console')
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/console/' } } };
  if (!uri.startsWith('/console/assets/') && uri !== '/console/config.json') request.uri = '/console/index.html';
  return request;
}
`.trim();
