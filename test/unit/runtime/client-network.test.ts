import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { clientAddress, clientNetwork } from '../../../shared/runtime/client-network.ts';

const event = (sourceIp: string, forwarded?: string) =>
  ({
    requestContext: { http: { sourceIp } },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as APIGatewayProxyEventV2;

describe('the address that a request came from', () => {
  test('is that of the connection, and its network the first half of an address of IPv6', () => {
    expect(clientAddress(event('192.0.2.7', '198.51.100.9'), false)).toBe('192.0.2.7');
    expect(clientNetwork(event('192.0.2.7'), false)).toBe('192.0.2.7');
    const six = event('2001:DB8:0:12::34');
    expect(clientAddress(six, false)).toBe('2001:DB8:0:12::34');
    expect(clientNetwork(six, false)).toBe('2001:db8:0:12');
  });

  test('is the one that CloudFront names, and nothing that the caller wrote before it', () => {
    const behind = event('130.176.1.1', '10.9.8.7, 192.0.2.7, 130.176.1.1');
    expect(clientAddress(behind, true)).toBe('192.0.2.7');
    expect(clientAddress(event('130.176.1.1', '10.9.8.7, 192.0.2.7'), true)).toBe('192.0.2.7');
    expect(clientAddress(event('130.176.1.1'), true)).toBe('130.176.1.1');
  });
});
