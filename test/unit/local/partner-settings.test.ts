import { describe, expect, it } from 'vitest';
import { settingsToStore } from '../../../infra/local/store-partner-settings.ts';

const at = (port: number) => ({
  stripe: {
    apiKey: 'sk_test_sandbox',
    webhookSecrets: [{ id: 'first', value: 'whsec_sandbox' }],
    baseUrl: `http://127.0.0.1:${port}`,
  },
});

describe('the settings of partners at a start', () => {
  it('are the settings of the sandbox if nothing is stored', () => {
    expect(settingsToStore({}, at(3001))).toEqual(at(3001));
  });

  it('follow the sandbox to another port', () => {
    expect(settingsToStore(at(3001), at(4001))).toEqual(at(4001));
  });

  it('stay as the operator stored them: other keys, another address, further partners', () => {
    const ownKey = { stripe: { ...at(3001).stripe, apiKey: 'sk_test_mine' } };
    expect(settingsToStore(ownKey, at(4001))).toEqual(ownKey);
    const real = { stripe: { apiKey: 'sk_test_mine', webhookSecrets: [] } };
    expect(settingsToStore(real, at(4001))).toEqual(real);
    const elsewhere = { stripe: { ...at(3001).stripe, baseUrl: 'https://proxy.example.com' } };
    expect(settingsToStore(elsewhere, at(4001))).toEqual(elsewhere);
    const further = { ...at(3001), adyen: { apiKey: 'own' } };
    expect(settingsToStore(further, at(4001))).toEqual({ ...at(4001), adyen: { apiKey: 'own' } });
  });

  it('do not restore a partner that the operator removed', () => {
    expect(settingsToStore({ adyen: { apiKey: 'own' } }, at(4001))).toEqual({ adyen: { apiKey: 'own' } });
  });
});
