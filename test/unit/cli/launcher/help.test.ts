import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPath, everyCommand, helpTexts } from '../../../../infra/cli/command-line/commands.ts';
import { reportError } from '../../../../infra/cli/command-line/report-error.ts';
import { buildProgram } from '../../../../infra/cli/program.ts';
import { Checkout } from './checkout.ts';

const texts = helpTexts(buildProgram());
const everyPath = [...texts.keys()];

describe('help in a checkout without installed dependencies', () => {
  let checkout: Checkout;
  let before: string[];
  beforeAll(() => {
    checkout = new Checkout();
    before = checkout.files();
  });
  afterAll(() => checkout.remove());

  it.each(everyPath)(
    '%s --help prints the help of that program, and installs and writes nothing',
    async (path) => {
      const words = path.split(' ').slice(1);
      expect(await checkout.run(...words, '--help')).toEqual({ code: 0, out: texts.get(path), err: '' });
      expect(checkout.files()).toEqual(before);
    },
  );

  it.each([
    [[], 'entrepot'],
    [['help'], 'entrepot'],
    [['-h'], 'entrepot'],
    [['help', 'rules', 'import'], 'entrepot rules import'],
    [['rules', 'help'], 'entrepot rules'],
    [['rules', 'import', 'a.json', '--dry-run', '-h'], 'entrepot rules import'],
    [['start', '--port', '3', '--help'], 'entrepot start'],
    [['nonsense', '--help'], 'entrepot'],
  ])('%j asks for the help of %s', async (words, path) => {
    expect(await checkout.run(...words)).toEqual({ code: 0, out: texts.get(path), err: '' });
  });

  it.each([[['rules']], [['products', 'import', 'help']], [['replay', '--', '--help']]])(
    '%j does not ask for help',
    async (words) => {
      expect((await checkout.run(...words)).err).toContain('Installing dependencies');
    },
  );
});

describe('the program', () => {
  it.each(everyPath)('%s --help prints its usage and does nothing else', async (path) => {
    const written: string[] = [];
    const program = buildProgram();
    for (const command of everyCommand(program))
      command.configureOutput({ writeOut: (text) => written.push(text) });
    await expect(
      program.parseAsync([...path.split(' ').slice(1), '--help'], { from: 'user' }),
    ).rejects.toMatchObject({ code: 'commander.helpDisplayed', exitCode: 0 });
    expect(written.join('')).toBe(texts.get(path));
    expect(written.join('')).toContain(`Usage: ${path}`);
  });

  /** The exit code and the message of a command line that can't be read. */
  async function refused(words: readonly string[]) {
    const messages: string[] = [];
    const program = buildProgram();
    for (const command of everyCommand(program))
      command.configureOutput({ writeErr: (text) => messages.push(text) });
    const error = await program.parseAsync(words, { from: 'user' }).catch((reason: unknown) => reason);
    return { code: reportError(error), message: messages.join('') };
  }

  // A command may have a subcommand that runs without being named. That one then gives the message.
  const seeHelp = (path: string) => new RegExp(`\\nSee: ${path}( \\w+)? --help\\n$`);

  it.each(everyPath)('%s refuses an unknown option, and does nothing else', async (path) => {
    const command = everyCommand(buildProgram()).find((each) => commandPath(each) === path);
    // A required option is missed before an unknown one is found.
    const required = (command?.options ?? []).flatMap(({ mandatory, long }) =>
      mandatory ? [String(long), '2026-11-28'] : [],
    );
    const { code, message } = await refused([...path.split(' ').slice(1), ...required, '--no-such-option']);
    expect(code).toBe(2);
    expect(message).toMatch(/^error: unknown option '--no-such-option'\n/);
    expect(message).toMatch(seeHelp(path));
  });

  const groups = everyPath.filter((path) => everyPath.some((other) => other.startsWith(`${path} `)));
  it.each(groups)('%s refuses an unknown subcommand', async (path) => {
    const { code, message } = await refused([...path.split(' ').slice(1), 'nonsense']);
    expect(code).toBe(2);
    // A command that takes a name besides its subcommands says which names it takes.
    expect(message).toMatch(
      /^error: (unknown command 'nonsense'|too many arguments .* nonsense\.|.* value 'nonsense' is invalid .*)\n/,
    );
    expect(message).toMatch(seeHelp(path));
  });

  it('says in its list what each command does', () => {
    const silent = everyCommand(buildProgram()).filter(
      (command) => command.description() === '' || (command.parent !== null && command.summary() === ''),
    );
    expect(silent.map(commandPath)).toEqual([]);
  });

  it('prints at most 100 columns, except for addresses and commands to copy', () => {
    const wide = [...texts.values()].flatMap((text) => text.split('\n')).filter((line) => line.length > 100);
    expect(wide).toEqual([]);
  });
});
