import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The network that a request came from: its address, or the first half of an address of IPv6, of which a household has
 * very many. `isBehindProxy`: whether the stage takes requests through CloudFront alone, which names the caller in
 * `X-Forwarded-For`. Elsewhere anybody may write that header, and it is not read.
 */
export const clientNetwork = (event: APIGatewayProxyEventV2, isBehindProxy: boolean): string =>
  networkOf(clientAddress(event, isBehindProxy));

/** The whole address that a request came from. Personal data: for a partner that asks for it, and kept nowhere. */
export function clientAddress(event: APIGatewayProxyEventV2, isBehindProxy: boolean): string {
  const { sourceIp } = event.requestContext.http;
  if (!isBehindProxy) return sourceIp;
  const passed = (event.headers['x-forwarded-for'] ?? '').split(',').map((each) => each.trim());
  // The gateway adds CloudFront's own address, and CloudFront that of the caller. What is before them is not theirs.
  const named = passed.at(-1) === sourceIp ? passed.at(-2) : passed.at(-1);
  return named === undefined || named === '' ? sourceIp : named;
}

/** The number of groups of an address of IPv6 that belong to the network. */
const NETWORK_GROUPS = 4;

function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros =
    tail === undefined
      ? []
      : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
