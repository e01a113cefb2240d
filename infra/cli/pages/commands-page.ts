import type { Command } from 'commander';
import { commandPath, everyCommand, helpTexts } from '../command-line/commands.ts';

const OPENING = `# Commands

Entrepot has one command for the terminal, \`entrepot <noun> <verb>\`. In a checkout, call it with \`npx entrepot\` or
with the script of the same name: \`npm run rules -- import FILE.json\` is \`npx entrepot rules import FILE.json\`.
\`npm run pages\` writes this page from the command itself, and a test fails when the page is not current.

- The first command of a fresh checkout installs the dependencies, which takes about a minute. Help needs no
  installation: \`--help\` after any command prints its help and does nothing else.
- Node 20 or newer starts the command. The command then runs on the Node release of the Lambda runtime, which is one of
  the dependencies.
- The exit code is 0 for success, 1 if something failed or a file is wrong, and 2 if the command line can't be read.
- Paths of files are relative to the current folder.
`;

/** Scripts of package.json whose name differs from the name of their command. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'entrepot start': '`npm start`; `npm run dev` is `entrepot start --watch`',
  'entrepot test': '`npm test`',
  'entrepot bundles list': '`npm run bundles`; with options `npm run bundles -- list`',
  'entrepot contracts write': '`npm run contracts`',
  'entrepot pages write': '`npm run pages`',
};

/** docs/commands.md: each command with its help. Do not use the program for anything else afterwards. */
export function commandsPage(program: Command): string {
  const texts = helpTexts(program);
  const verbs = everyCommand(program).filter(({ commands }) => commands.length === 0);
  const sections = verbs.map((verb) => {
    const path = commandPath(verb);
    return `## ${path}\n\n${scriptOf(path)}\n\n\`\`\`text\n${(texts.get(path) ?? '').trimEnd()}\n\`\`\`\n`;
  });
  return [OPENING, ...sections].join('\n');
}

function scriptOf(path: string): string {
  const [, noun = '', ...verb] = path.split(' ');
  const own = SCRIPTS[path] ?? `\`npm run ${noun}${verb.length === 0 ? '' : ` -- ${verb.join(' ')}`}\``;
  return `By script: ${own}.`;
}

/** infra/cli/generated/help.json. The launcher prints these texts before anything is installed. */
export function helpFile(program: Command): string {
  return `${JSON.stringify(Object.fromEntries(helpTexts(program)), undefined, 2)}\n`;
}
