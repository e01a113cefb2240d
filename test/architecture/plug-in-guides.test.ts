import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const guides = [
  { doc: 'docs/add-a-payment-provider.md', toy: 'test/fixtures/toys/payment/coins' },
  { doc: 'docs/add-a-carrier.md', toy: 'test/fixtures/toys/carrier/pigeon' },
  { doc: 'docs/add-a-customs-broker.md', toy: 'test/fixtures/toys/customs/paperwork' },
  { doc: 'docs/add-a-warehouse-system.md', toy: 'test/fixtures/toys/warehouse/shed' },
];

describe.each(guides)('$doc', ({ doc, toy }) => {
  const text = readFileSync(doc, 'utf8');

  it('states the size of its example', () => {
    const files = readdirSync(toy, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const lines = files.map(
      ({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, 'utf8').split('\n').length - 1,
    );
    const total = lines.reduce((sum, count) => sum + count, 0);
    expect(text).toContain(`\`${toy}\``);
    expect(text).toContain(`it is ${files.length} files of ${total} lines`);
  });

  it('names every file of the example', () => {
    for (const file of ['adapter.ts', 'sandbox/partner.ts', 'fixtures/contract.ts', 'README.md']) {
      expect(text).toContain(file);
      readFileSync(`${toy}/${file}`);
    }
  });
});
