import { Command } from 'commander';
import { addBundles } from './bundles/bundles-command.ts';
import { commandPath, everyCommand } from './command-line/commands.ts';
import { addContracts } from './contracts/contracts-command.ts';
import { addCosts } from './costs/costs-command.ts';
import { addDeploy } from './deploy/deploy-command.ts';
import { addDispute } from './dispute/dispute-command.ts';
import { addInvoices } from './invoices/invoices-command.ts';
import { addJobs } from './jobs/jobs-command.ts';
import { addLake } from './lake/lake-command.ts';
import { addPages } from './pages/pages-command.ts';
import { addPartner } from './partner/partner-command.ts';
import { addPerson } from './person/person-command.ts';
import { addProducts } from './products/products-command.ts';
import { addProject } from './project/project-commands.ts';
import { addRates } from './rates/rates-command.ts';
import { addReconcile } from './reconcile/reconcile-command.ts';
import { addReplay } from './replay/replay-command.ts';
import { addReplenish } from './replenish/replenish-command.ts';
import { addReport } from './report/report-command.ts';
import { addRules } from './rules/rules-command.ts';
import { addStart } from './start/start-command.ts';
import { addTariff } from './tariff/tariff-command.ts';
import { addToken } from './token/token-command.ts';

/** The width of the help on every terminal. It is fixed, so that the generated help equals the printed help. */
const HELP_WIDTH = 100;

/** The command `entrepot` with all its subcommands. The code of a subcommand is imported when it runs. */
export function buildProgram(): Command {
  const program = new Command('entrepot')
    .description('Runs an Entrepot backend, and stores data in it.')
    .configureOutput({ getOutHelpWidth: () => HELP_WIDTH, getErrHelpWidth: () => HELP_WIDTH })
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .helpOption('-h, --help', 'print this text')
    .exitOverride();
  program.commandsGroup('Run a backend:');
  addStart(program);
  addReplay(program);
  addToken(program);
  addJobs(program);
  addDeploy(program);
  addPartner(program);
  program.commandsGroup('Fill a running backend:');
  addProducts(program);
  addRates(program);
  addRules(program);
  addTariff(program);
  addCosts(program);
  addInvoices(program);
  addReconcile(program);
  addDispute(program);
  addPerson(program);
  program.commandsGroup('Ask what happened:');
  addLake(program);
  addReport(program);
  addReplenish(program);
  program.commandsGroup('Change the project:');
  addProject(program);
  addBundles(program);
  addContracts(program);
  addPages(program, buildProgram);
  program.commandsGroup('Help:').helpCommand('help [command]', 'print the help of a command');
  for (const command of everyCommand(program)) finish(command);
  return program;
}

/** Sets what all commands share: the way to print their help, and the error of a missing subcommand. */
function finish(command: Command): void {
  command.showHelpAfterError(`See: ${commandPath(command)} --help`);
  if (command.parent === null || command.commands.length === 0) return;
  command.helpCommand(false);
  const verbs = command.commands.map((verb) => verb.name()).join(', ');
  command.addHelpText('before', ({ error }) =>
    error ? `error: ${commandPath(command)} needs one of these subcommands: ${verbs}\n` : '',
  );
}
