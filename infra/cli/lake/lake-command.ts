import { type Command, Option } from 'commander';
import { dataOption, urlOption } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { day, path, wholeNumber } from '../command-line/option-values.ts';
import { createProgress } from '../terminal/progress.ts';
import { say } from '../terminal/say.ts';
import {
  type AnswerFormat,
  answerFormats,
  type CheckCommandOptions,
  type LakeWhere,
  type RebuildCommandOptions,
  type RefillCommandOptions,
  type SqlOptions,
} from './lake-options.ts';

/** The actions of the subcommands. They receive the options. */
export interface LakeVerbs {
  sql(options: SqlOptions): Promise<void>;
  tables(where: LakeWhere, table: string | undefined): Promise<void>;
  build(where: LakeWhere): Promise<void>;
  rebuild(options: RebuildCommandOptions): Promise<void>;
  refill(options: RefillCommandOptions): Promise<void>;
  check(options: CheckCommandOptions): Promise<void>;
}

const verbs: LakeVerbs = {
  sql: async (options) =>
    (await import('./run-sql.ts')).runSql(options, (text) => void process.stdout.write(text)),
  tables: async (where, table) => (await import('./list-tables.ts')).listTables(where, table, say),
  build: async (where) =>
    exitWith(await (await import('./make-tables.ts')).buildTables(where, createProgress(process.stdout))),
  rebuild: async (options) =>
    exitWith(await (await import('./make-tables.ts')).rebuildTables(options, createProgress(process.stdout))),
  refill: async (options) =>
    exitWith(await (await import('./refill-lake.ts')).refillLake(options, createProgress(process.stdout))),
  check: async (options) =>
    exitWith(await (await import('./check-lake-command.ts')).checkWholeLake(options, say)),
};

/** The options of {@link withWhere}. */
export interface WhereValues {
  readonly folder?: string;
  readonly stage?: string;
  readonly bucket?: string;
  readonly url: string;
  readonly data: string;
}

const DEFAULT_SAMPLE = 200;

/** `entrepot lake`: questions to the lake, and its tables. */
export function addLake(program: Command, run: LakeVerbs = verbs): void {
  const lake = program
    .command('lake')
    .summary('ask, build and check the lake of facts')
    .description(
      'The lake keeps every fact, and tables that are made of them. Without --folder, --stage or --bucket a command ' +
        'works on the backend that runs on this machine. docs/lake.md is the guide.',
    );
  addSql(lake, run);
  addTables(lake, run);
  withWhere(
    lake
      .command('build')
      .summary('bring the tables up to the facts')
      .description('Reads the facts that have arrived and brings the tables up to them. It may be repeated.'),
  ).action((values: WhereValues) => run.build(whereOf(values)));
  withWhere(
    lake
      .command('rebuild')
      .summary('make all tables again, and compare')
      .description(
        'Makes all tables again from the facts, says which table days differ in rows or checksum, and replaces those.',
      )
      .option('--dry-run', 'compare, and replace nothing'),
  ).action(({ dryRun, ...values }: WhereValues & { readonly dryRun?: true }) =>
    run.rebuild({ where: whereOf(values), dryRun: dryRun ?? false }),
  );
  addRefill(lake, run);
  addCheck(lake, run);
}

function addRefill(lake: Command, run: LakeVerbs): void {
  withWhere(
    lake
      .command('refill')
      .summary('bring facts of the table that the lake lacks')
      .description(
        'Reads the whole table of a backend, and puts what it has since a day into the facts of the lake again: after ' +
          'an outage of more than 23 hours, or for orders from before the lake. A fact that is there already counts ' +
          'once. Build the tables afterwards.',
      )
      .addOption(
        new Option('--since <day>', 'the first day, UTC, by when facts were written down')
          .argParser(day)
          .makeOptionMandatory(),
      )
      .addOption(new Option('--until <day>', 'the last day, UTC').argParser(day))
      .option('--dry-run', 'count, and write nothing'),
  ).action(({ since, until, dryRun, ...values }: WhereValues & RefillValues) =>
    run.refill({ where: whereOf(values), since, until, dryRun: dryRun ?? false }),
  );
}

interface RefillValues {
  readonly since: string;
  readonly until?: string;
  readonly dryRun?: true;
}

function addSql(lake: Command, run: LakeVerbs): void {
  withWhere(
    lake
      .command('sql')
      .summary('answer a query')
      .description('Answers a query about the tables. Nothing can be changed, and no other file can be read.')
      .argument('<query>', 'SELECT … or WITH … SELECT …')
      .addOption(
        new Option('--format <format>', 'JSON is one object a line').choices(answerFormats).default('table'),
      ),
  ).action((sql: string, { format, ...values }: WhereValues & { readonly format: AnswerFormat }) =>
    run.sql({ where: whereOf(values), sql, format }),
  );
}

function addTables(lake: Command, run: LakeVerbs): void {
  withWhere(
    lake
      .command('tables')
      .summary('list the tables, or the columns of one')
      .description('Lists the tables and views with their number of rows, or the columns of one.')
      .argument('[table]', 'the name of a table or view'),
  ).action((table: string | undefined, values: WhereValues) => run.tables(whereOf(values), table));
}

function addCheck(lake: Command, run: LakeVerbs): void {
  withWhere(
    lake
      .command('check')
      .summary('check that nothing is missing and all sums are equal')
      .description(
        'Joins every order and parcel through all tables, looks for facts that are missing, and compares the sums of ' +
          'prices, payments and ledger. With --backend, or for the backend on this machine, orders, facts and ' +
          'ledger are compared with its table too. Build the tables first.',
      )
      .option('--backend', 'compare with the backend at --url, also for a folder, a stage or a bucket')
      .addOption(
        new Option('--token <token>', 'an access token with orders:read, for the backend').env(
          'ENTREPOT_TOKEN',
        ),
      )
      .addOption(
        new Option('--sample <orders>', 'how many orders are compared fact by fact')
          .argParser(wholeNumber(0, 1_000_000))
          .default(DEFAULT_SAMPLE, String(DEFAULT_SAMPLE)),
      ),
  ).action((values: WhereValues & CheckValues) => {
    const where = whereOf(values);
    const { url, token, data: dataDir } = values;
    const backend = where.kind === 'local' || values.backend ? { url, token, dataDir } : undefined;
    return run.check({ where, backend, sample: values.sample });
  });
}

interface CheckValues {
  readonly backend?: true;
  readonly token?: string;
  readonly sample: number;
}

/** Adds the options that say which lake a command works on. */
export function withWhere(command: Command): Command {
  return command
    .addOption(
      new Option('--folder <folder>', 'a folder with the objects of a lake')
        .argParser(path)
        .conflicts(['stage', 'bucket']),
    )
    .addOption(
      new Option('--stage <name>', 'the lake of a stage on AWS')
        .choices(['sandbox', 'production'])
        .conflicts('bucket'),
    )
    .option('--bucket <name>', 'a bucket on AWS')
    .addOption(urlOption())
    .addOption(dataOption('the data folder; copies of tables are under lake-copies'));
}

/** The lake that the options name. */
export function whereOf({ folder, stage, bucket, url, data: dataDir }: WhereValues): LakeWhere {
  if (folder !== undefined) return { kind: 'folder', folder };
  if (stage !== undefined) return { kind: 'stage', stage, dataDir };
  if (bucket !== undefined) return { kind: 'bucket', bucket, dataDir };
  return { kind: 'local', url, dataDir };
}
