/** The text above the routes, with the reader's first steps. Markdown. */
export const startHere = `One order across borders: quoted with duty and tax, reserved, paid, screened, declared, dispatched, tracked,
delivered.

## Start here

1. **Key.** Storefront routes take a publishable key in the header \`x-entrepot-key\`. On your own machine this page has
   the key of the sample shop already. It is on the [front page](/) too, and \`npm start\` prints it. Another storefront gets
   its key from \`PUT /v1/admin/storefronts/{storefrontId}\`.
2. **Price a basket**: open [POST /v1/quotes](#/quote/quote.post-quote) and press *Execute*. The example has products of the sample shop.
3. **Order**: put the \`quoteId\` into [POST /v1/orders](#/order/order.post-order). The text of this route says how to pay in the sandbox.
4. **Follow the order**: [GET /v1/orders/{orderId}](#/order/order.get-order) with the \`accessToken\` of the order.

\`docs/storefront.md\` of the repository has the same steps with curl, up to the delivery of the order.

## Conventions

- Amounts are integers in minor units with their currency: \`{ "amount": 5462, "currency": "EUR" }\` is EUR 54.62.
- Times are RFC 3339 in UTC; days are local to the place that they are about.
- Writes that must not happen twice take an \`Idempotency-Key\`: the same key with the same body gets the same answer.
- Refusals are RFC 9457 problem details. \`errors\` names each wrong field. The code of a refusal is the last part of
  \`type\`, and each operation lists its codes. The gateway itself answers 400, 401, 403, 429 and 431 with \`{ "message": ... }\`.
- Lists come in pages. The \`cursor\` of an answer requests the next page.
- The facts of orders are also published as events: [AsyncAPI](/v1/asyncapi.json).
`;

export const securitySchemes = {
  storefrontKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-entrepot-key',
    description: 'Publishable key of the storefront. The key of the sample shop is on the front page',
  },
  orderToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `accessToken` from the answer to `POST /v1/orders`',
  },
  operator: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'OAuth2 access token with the scope that the route names. On your own machine: `POST /_local/issuer/oauth/token` with ' +
      '`grant_type=client_credentials`, the scopes, and the client in `issuer.json` of the data folder',
  },
};
