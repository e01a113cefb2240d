import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultKeyFile, readKeyFile } from '../../../infra/test-accounts/key-file.ts';
import { findTestAccounts } from '../../../infra/test-accounts/registry.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-keys-'));
const file = join(folder, 'partners.json');
const kinds = await findTestAccounts();

const SECRET = '51QaZwSxEdCrFvTgBy';
const good = {
  stripe: { apiKey: `sk_test_${SECRET}` },
  easypost: { apiKey: `EZTK${SECRET}`, customsSigner: 'Erika Musterfrau' },
};

function write(content: unknown, mode = 0o600): void {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(file, mode);
}

/** What the reading of a file with this content says. */
function refusal(content: unknown, mode?: number): string {
  write(content, mode);
  try {
    readKeyFile(file, kinds);
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
  return 'accepted';
}

describe('the key file', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('opens the accounts that it has keys for', () => {
    write(good);
    const opened = readKeyFile(file, kinds);
    expect(opened.map(({ code, baseUrl }) => [code, baseUrl])).toEqual([
      ['stripe', 'https://api.stripe.com'],
      ['easypost', 'https://api.easypost.com'],
    ]);
    expect(opened[1]?.settings({ id: 'poll', value: 'own' })).toEqual({
      apiKey: `EZTK${SECRET}`,
      baseUrl: 'https://api.easypost.com',
      services: {},
      customsSigner: 'Erika Musterfrau',
      webhookSecrets: [{ id: 'poll', value: 'own' }],
    });
    write({ stripe: { apiKey: `rk_test_${SECRET}` } });
    expect(readKeyFile(file, kinds).map(({ code }) => code)).toEqual(['stripe']);
  });

  it.each([
    ['sk_live_', 'stripe', 'this is a live key of Stripe'],
    ['rk_live_', 'stripe', 'this is a live key of Stripe'],
    ['EZAK', 'easypost', 'this is a live key of EasyPost'],
    ['pk_test_', 'stripe', 'a test key of Stripe begins with sk_test_ or rk_test_'],
    ['sk_test_', 'easypost', 'a test key of EasyPost begins with EZTK'],
  ])('refuses a key %s of %s, and does not repeat it', (beginning, code, words) => {
    const said = refusal({ [code]: { apiKey: `${beginning}${SECRET}` } });
    expect(said).toContain(`${file}: /${code}/apiKey: ${words}`);
    expect(said).not.toContain(SECRET);
  });

  it.each([
    ['sk_test_...', 'not a placeholder'],
    ['<your key>', 'not a placeholder'],
    ['sk_test_short', 'this is no whole key'],
  ])('refuses %s', (apiKey, words) => {
    expect(refusal({ stripe: { apiKey } })).toContain(words);
  });

  it.each([
    [{ stripe: { ...good.stripe, apikey: SECRET } }, '/stripe/apikey: unknown field'],
    [{ adyen: { apiKey: SECRET } }, '/adyen: unknown field'],
    [{ stripe: {} }, '/stripe/apiKey: it is missing'],
    [{ stripe: { apiKey: 7 } }, '/stripe/apiKey: it must be a string'],
    [{ stripe: { ...good.stripe, baseUrl: 'de' } }, '/stripe/baseUrl: it is not in the form url'],
    [{ stripe: { ...good.stripe, baseUrl: 'http://example.org' } }, 'https, or a server of this machine'],
    [{}, 'it has no keys: give those of stripe or easypost'],
    [`{"stripe": ${SECRET}`, 'it is not JSON'],
  ])('refuses %j by the name of the field', (content, words) => {
    const said = refusal(content);
    expect(said).toContain(words);
    expect(said).not.toContain(SECRET);
  });

  it.each([0o644, 0o640, 0o660, 0o604])('refuses a file of mode %o', (mode) => {
    expect(refusal(good, mode)).toContain(`(mode ${mode.toString(8)}). Say \`chmod 600 ${file}\``);
  });

  it('says where it looked for a file that is not there', () => {
    expect(() => readKeyFile(join(folder, 'none.json'), kinds)).toThrow('there is no such file');
  });

  it("is in the user's folder of settings", () => {
    expect(defaultKeyFile({ XDG_CONFIG_HOME: '/settings' })).toBe('/settings/entrepot/partners.json');
    expect(defaultKeyFile({})).toMatch(/\/\.config\/entrepot\/partners\.json$/);
  });
});
