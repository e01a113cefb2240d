import type { Command } from 'commander';

/** The command itself and all of its subcommands. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** The full name of a command: `entrepot rules import`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

/**
 * The help of every command, by its full name, as `--help` prints it. Do not use the program for anything else
 * afterwards.
 */
export function helpTexts(program: Command): ReadonlyMap<string, string> {
  return new Map(everyCommand(program).map((command) => [commandPath(command), helpText(command)]));
}

function helpText(command: Command): string {
  const written: string[] = [];
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp();
  return written.join('');
}
