import { describe, expect, it } from 'vitest';
import { PAGES, planOf } from '../../other-clouds/guide/follow-guide.ts';
import { readCommands, readHookAddresses } from '../../other-clouds/guide/read-commands.ts';

const page = `
## 1. First

Run \`aws sts get-caller-identity --output text\` with \`npx cdk\`:

\`\`\`
one
  two
\`\`\`

\`\`\`json
{ "no": "command" }
\`\`\`

### More

1. In a list:

   \`\`\`sh
   three \\
     --four
   \`\`\`

| carrier | \`<API>/v1/hooks/carrier/fast\` | all |
`;

describe('the commands of a guide', () => {
  it('are its blocks and its commands in sentences, each with its heading', () => {
    expect(readCommands(page)).toEqual([
      { section: '1. First', text: 'aws sts get-caller-identity --output text' },
      { section: '1. First', text: 'one\n  two' },
      { section: 'More', text: 'three \\\n  --four' },
    ]);
  });

  it('have addresses of webhooks', () => {
    expect(readHookAddresses(page)).toEqual(['<API>/v1/hooks/carrier/fast']);
  });
});

describe.each(Object.keys(PAGES) as (keyof typeof PAGES)[])('%s', (name) => {
  it('has no command that npm run check:cloud does not know, and every one that it knows', async () => {
    const followed = await planOf(name);
    expect(followed).toHaveLength(PAGES[name].length);
    const begins = followed.map(({ planned }) => planned.begins);
    expect(begins).toEqual(PAGES[name].map((planned) => planned.begins));
  });
});
