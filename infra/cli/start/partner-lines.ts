import type { TestAccount } from '../../test-accounts/test-account.ts';

/** What the start says about real partners: which are real, what is polled how often, and what can't work. */
export function partnerLines(
  accounts: readonly TestAccount[],
  sandboxUrls: Readonly<Record<string, string>>,
): string[] {
  return [
    ...accounts.map(
      ({ code, baseUrl, polled, pollEveryMs }) =>
        `Partner   ${code} is real, at ${baseUrl}: its test key is accepted; ${polled} are polled every ${pollEveryMs / 1_000} s`,
    ),
    `          ${Object.keys(sandboxUrls).join(', ')}: sandboxes on this machine`,
    '',
    "What can't work here:",
    '  - Webhooks do not reach this machine. Polling brings the same events, some seconds later.',
    ...accounts.flatMap(({ limits }) => limits.map((limit) => `  - ${limit}`)),
    '  - The sandboxes are no partners: no authority sees a declaration, and nobody packs a parcel.',
  ];
}
