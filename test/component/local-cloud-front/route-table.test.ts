import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../../infra/local/front/route-table.ts';

const table = createRouteTable(
  [
    'GET /pets/dog/1',
    'GET /pets/dog/{id}',
    'GET /pets/{proxy+}',
    'ANY /{proxy+}',
    'GET /',
    'POST /orders/{orderId}/lines/{line}',
    'ANY /orders/{orderId}',
    'DELETE /orders/{id}',
    'GET /orders/latest',
    '$default',
  ].map((routeKey) => ({ routeKey })),
);

describe('the route table', () => {
  it.each<[string, string, string, Record<string, string>?]>([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['POST', '/pets/dog/1', 'ANY /{proxy+}', { proxy: 'pets/dog/1' }],
    ['GET', '/', 'GET /'],
    ['POST', '/', '$default'],
    ['GET', '/pets', 'ANY /{proxy+}', { proxy: 'pets' }],
    ['GET', '/orders/latest', 'GET /orders/latest'],
    ['PUT', '/orders/latest', 'ANY /orders/{orderId}', { orderId: 'latest' }],
    ['DELETE', '/orders/7', 'DELETE /orders/{id}', { id: '7' }],
    ['PATCH', '/orders/7', 'ANY /orders/{orderId}', { orderId: '7' }],
    ['POST', '/orders/7/lines/2', 'POST /orders/{orderId}/lines/{line}', { orderId: '7', line: '2' }],
    ['GET', '/orders/7/lines/2', 'ANY /{proxy+}', { proxy: 'orders/7/lines/2' }],
    ['GET', '/orders/', 'ANY /{proxy+}', { proxy: 'orders/' }],
  ])('%s %s takes %s', (method, path, routeKey, pathParameters) => {
    const match = table.match(method, path.slice(1).split('/'));
    expect(match).toEqual({
      route: { routeKey },
      ...(pathParameters === undefined ? {} : { pathParameters }),
    });
  });

  it('finds no route if there is no default route', () => {
    const small = createRouteTable([{ routeKey: 'GET /a' }]);
    expect(small.match('GET', ['b'])).toBeUndefined();
    expect(small.match('POST', ['a'])).toBeUndefined();
    expect(small.match('GET', ['a', ''])).toBeUndefined();
  });

  it.each(['GET a', 'FETCH', 'GET /{a+}/b'])('refuses %s', (routeKey) => {
    expect(() => createRouteTable([{ routeKey }])).toThrow(/route key/);
  });

  it('refuses two routes for the same requests', () => {
    expect(() => createRouteTable([{ routeKey: 'GET /{a}' }, { routeKey: 'GET /{b}' }])).toThrow(/twice/);
  });
});
