import { randomBytes } from 'node:crypto';
import type { PartnerSettings } from '../sandbox/partner.ts';
import { issuedCodes } from '../sandbox/partner-keys.ts';
import { checkAccounts, type Polling, startPolling } from './poll-account.ts';
import { polledCodes, pollPositions } from './poll-positions.ts';
import type { TestAccount } from './test-account.ts';

/** Test accounts that answered their check. */
export interface UsedAccounts {
  /** The values of the partners' secrets, by the secret's name and the partner's code. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, PartnerSettings>>>>;
  /** Polls the accounts from now on. `apiUrl` is the address of our API. The settings have to be stored before. */
  poll(apiUrl: string): Polling;
}

interface Surroundings {
  readonly dataDir: string;
  /** Receives a line of progress. */
  readonly say: (line: string) => void;
}

/**
 * Checks the accounts, and makes the secret that signs what is polled. The secret is new at each start, and only this
 * process and the backend's own store know it. So an event that it signs was read with our key, over TLS, from the
 * partner. Throws an Error that says which account does not answer.
 */
export async function useTestAccounts(
  accounts: readonly TestAccount[],
  { dataDir, say }: Surroundings,
): Promise<UsedAccounts> {
  const positions = pollPositions(dataDir);
  await checkAccounts(accounts, positions);
  const secret = randomBytes(24).toString('hex');
  const settings: Record<string, Record<string, PartnerSettings>> = {};
  for (const account of accounts) {
    const name = `partners-${account.kind}`;
    settings[name] = { ...settings[name], [account.code]: account.settings({ id: 'poll', value: secret }) };
  }
  return { settings, poll: (apiUrl) => startPolling(accounts, { positions, apiUrl, secret, say }) };
}

/**
 * Throws an Error where the folder's orders were placed with the other kind of a partner: the sandbox does not know the
 * payments and labels of the real account, nor the other way round.
 */
export function refuseOtherPartners(dataDir: string, accounts: readonly Pick<TestAccount, 'code'>[]): void {
  const real = new Set(accounts.map(({ code }) => code));
  const wasSandbox = issuedCodes(dataDir).find((code) => real.has(code));
  if (wasSandbox !== undefined)
    throw new Error(
      `the orders in ${dataDir} belong to the sandbox of ${wasSandbox}: give another data folder with --data`,
    );
  const wasReal = polledCodes(dataDir).find((code) => !real.has(code));
  if (wasReal !== undefined)
    throw new Error(
      `the orders in ${dataDir} belong to a test account of ${wasReal}: give its key, or another data folder with --data`,
    );
}
