import type { Command } from 'commander';

/** The command itself and everything below it. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** How the command is called: `entrepot rules import`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

/** The help of every command by how it is called, as `--help` prints it. Of a program that is used for nothing else. */
export function helpTexts(program: Command): ReadonlyMap<string, string> {
  return new Map(everyCommand(program).map((command) => [commandPath(command), helpText(command)]));
}

function helpText(command: Command): string {
  const written: string[] = [];
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp();
  return written.join('');
}
