import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCodeFlow } from '../../../infra/local/front/code-flow.ts';

const BASE = 'http://127.0.0.1:3000';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0001';
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

const asked = (over: Record<string, string> = {}) =>
  new URLSearchParams({
    ...{ client_id: 'console', response_type: 'code', redirect_uri: `${BASE}/console/signed-in` },
    ...{ scope: 'orders:read orders:write', state: 'a-state', code_challenge: challenge },
    ...{ code_challenge_method: 'S256', person: 'operator' },
    ...over,
  });

function flowAt(start = '2026-12-01T10:00:00.000Z') {
  let now = new Date(start);
  const flow = createCodeFlow(BASE, { now: () => now });
  const codeFor = (over: Record<string, string> = {}) =>
    new URL(flow.authorize(asked(over)).location ?? BASE).searchParams.get('code') ?? '';
  const redeem = (code: string, over: Record<string, string> = {}) =>
    flow.redeem(
      new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: 'console', code, code_verifier: VERIFIER },
        ...{ redirect_uri: `${BASE}/console/signed-in`, ...over },
      }),
    );
  const wait = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  return { flow, codeFor, redeem, wait };
}

test('a code is worth its scopes, once', () => {
  const { codeFor, redeem } = flowAt();
  const code = codeFor();
  expect(redeem(code)?.scopes).toEqual(['orders:read', 'orders:write']);
  expect(redeem(code)).toBeUndefined();
});

test('a reader gets the scopes to read alone', () => {
  const { codeFor, redeem } = flowAt();
  expect(redeem(codeFor({ person: 'reader' }))?.scopes).toEqual(['orders:read']);
});

test('the state comes back with the code', () => {
  const { location = '' } = flowAt().flow.authorize(asked());
  expect(new URL(location).searchParams.get('state')).toBe('a-state');
});

test('a code is worth nothing with another verifier, address or client, or after a minute', () => {
  const { codeFor, redeem, wait } = flowAt();
  expect(
    redeem(codeFor(), { code_verifier: 'another-verifier-of-forty-three-characters-001' }),
  ).toBeUndefined();
  expect(redeem(codeFor(), { redirect_uri: `${BASE}/elsewhere` })).toBeUndefined();
  expect(redeem(codeFor(), { client_id: 'operator' })).toBeUndefined();
  const late = codeFor();
  wait(60_001);
  expect(redeem(late)).toBeUndefined();
});

test.each([
  ['another client', { client_id: 'operator' }],
  ['an address outside of this backend', { redirect_uri: 'https://evil.example/console/signed-in' }],
  ['another flow', { response_type: 'token' }],
  ['a challenge in plain text', { code_challenge_method: 'plain' }],
  ['no challenge', { code_challenge: '' }],
])('%s is refused without a redirect', (_, over) => {
  const { status, location } = flowAt().flow.authorize(asked(over));
  expect({ status, location }).toEqual({ status: 400, location: undefined });
});

test('what a caller sends stays text on the page', () => {
  const { person: _, ...rest } = Object.fromEntries(asked({ state: '"><script>alert(1)</script>' }));
  const { page = '' } = flowAt().flow.authorize(new URLSearchParams(rest));
  expect(page).not.toContain('<script>');
});
