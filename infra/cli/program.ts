import { Command } from 'commander';
import { addReplay } from './replay/replay-command.ts';
import { addStart } from './start/start-command.ts';

/** Help is wrapped at this column on every terminal, so that what is generated is what is printed. */
const HELP_WIDTH = 100;

/** The command `entrepot` with all its nouns. A verb's modules are imported when it runs. */
export function buildProgram(): Command {
  const program = new Command('entrepot')
    .description('Runs, fills and looks after an Entrepot backend. `entrepot help <command>` tells more.')
    .configureOutput({ getOutHelpWidth: () => HELP_WIDTH, getErrHelpWidth: () => HELP_WIDTH })
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .helpOption('-h, --help', 'print this text')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride();
  addStart(program);
  addReplay(program);
  for (const command of everyCommand(program))
    command.showHelpAfterError(`See: ${commandPath(command)} --help`);
  return program;
}

/** The command itself and everything below it. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** How the command is called: `entrepot rules import`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}
