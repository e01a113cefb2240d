/**
 * The code of the CloudFront function before the console's files, for its runtime `cloudfront-js-2.0`. An address whose
 * last part has no dot is a page of the console, which `index.html` shows; the name alone leads to the console.
 */
export const CONSOLE_PAGES = `
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri === '/' || uri === '/console')
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/console/' } } };
  if (uri.lastIndexOf('.') < uri.lastIndexOf('/')) request.uri = '/console/index.html';
  return request;
}
`.trim();
