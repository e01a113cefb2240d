import { describe, expect, it } from 'vitest';
import { closing, type Running, tokenCommand } from '../../../../infra/cli/start/closing.ts';

const running: Running = {
  checkout: {
    url: 'http://127.0.0.1:3001',
    testCards: [{ number: '4000', id: 'card_good', effect: 'pays' }],
    declinedCard: 'card_bad',
    pageScript: new URL('file:///card.mjs'),
    pay: async () => {},
    payCommand: 'curl -s http://127.0.0.1:3001/pay -d "secret=$SECRET"',
  },
  url: 'http://127.0.0.1:3000',
  shopUrl: 'http://127.0.0.1:3000/shop',
  partnerUrls: { till: 'http://127.0.0.1:3001' },
  dataDir: '.local',
  storefrontKey: 'pk_1',
};

describe('the last lines that a start prints', () => {
  it('name the token command with the options of this start', () => {
    expect(tokenCommand(running)).toBe('npx entrepot token');
    expect(tokenCommand({ url: 'http://127.0.0.1:4400', dataDir: "/tmp/it's mine" })).toBe(
      "npx entrepot token --url http://127.0.0.1:4400 --data '/tmp/it'\\''s mine'",
    );
  });

  it('offer requests to copy if there is something to sell', () => {
    const text = closing(running).join('\n');
    expect(text).toContain('Shop      http://127.0.0.1:3000/shop');
    expect(text).toContain('"country":"US"');
    expect(text).toContain('card_bad is refused; http://127.0.0.1:3001 lists all');
    expect(text).toContain('  curl -s http://127.0.0.1:3001/pay -d "secret=$SECRET"');
  });

  it('say what to store where the shop is empty', () => {
    const text = closing({ ...running, storefrontKey: undefined }).join('\n');
    expect(text).toContain('The shop is empty.');
    expect(text).not.toContain('curl');
    expect(text).not.toContain('/shop');
  });
});
