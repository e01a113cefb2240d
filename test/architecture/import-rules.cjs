// Which folder may import which. `npm run check` runs it.
//
// Floors, from the top; each imports only what is below it, never sideways between stages:
//   functions -> runtime -> aws -> stages -> planning -> catalogue -> freight, duties, restrictions
//   -> rates, timeline -> partners -> events -> kernel
const STAGES =
  'quote|slots|order|payment|screening|warehouse|customs|shipping|stock|ledger|reports|visits|privacy|lake|replenishment';
const REFERENCE = 'catalogue|freight|duties|restrictions|rates';
/** Folders that hold plug-ins, one folder each, beside their registry `index.ts`. */
const PLUGINS = '(payment/providers|shipping/carriers|customs/brokers|warehouse/systems)';
/** Stands in a plug-in's folder, and is never part of what is deployed. */
const SANDBOX = `^shared/${PLUGINS}/[^/]+/(sandbox|fixtures|test-account)/`;

const floor = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  ...(comment === undefined ? {} : { comment }),
  from: { path: `^shared/${from}/` },
  to: { path: '^(shared|events|functions|infra|test)/', pathNot: `^(${allowed})` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'console-knows-the-contract-alone',
      severity: 'error',
      comment: 'The console runs in a browser and calls the public API.',
      from: { path: '^infra/console/src/' },
      to: { path: '^(shared|events|functions|infra|test)/', pathNot: '^infra/console/src/' },
    },

    floor('kernel-imports-nothing', 'kernel', 'shared/kernel/'),
    {
      name: 'events-import-kernel-only',
      severity: 'error',
      from: { path: '^events/' },
      to: { path: '^(shared|functions|infra|test)/', pathNot: '^shared/kernel/' },
    },
    floor('partners-are-a-kit', 'partners', 'shared/(kernel|partners)/'),
    floor('timeline-knows-no-stage', 'timeline', 'shared/(kernel|timeline)/|events/'),
    floor('usage-stands-alone', 'usage', 'shared/(kernel|usage)/|events/'),
    floor('rates-stand-alone', 'rates', 'shared/(kernel|rates)/|events/'),
    floor('freight-stands-on-the-kernel', 'freight', 'shared/(kernel|freight)/|events/'),
    floor('duties-stand-on-the-kernel', 'duties', 'shared/(kernel|duties)/|events/'),
    floor(
      'restrictions-are-rows-too',
      'restrictions',
      'shared/(kernel|restrictions)/|shared/duties/(rule-book\\.ts|rules/)|events/',
      'Restrictions are kept as rows with a law and a review flag, as the trade rules are.',
    ),
    floor(
      'catalogue-composes-reference-data',
      'catalogue',
      `shared/(kernel|${REFERENCE})/|events/`,
      'A product, a warehouse and a seller are described in terms of freight, duties and restrictions.',
    ),
    floor(
      'planning-is-a-library',
      'planning',
      'shared/(kernel|planning)/',
      'The plan search knows prices and lines, and nothing of what they are prices of.',
    ),
    {
      name: 'stage-imports-reference-data-and-the-spine',
      severity: 'error',
      comment:
        'Stages talk through facts, which they find on the timeline. Reference data may be read by every stage.',
      from: {
        path: `^shared/(${STAGES})/`,
        pathNot: `^shared/(quote/|order/|slots/|reports/|replenishment/|${PLUGINS}/[^/]+/)`,
      },
      to: {
        path: '^(shared|functions|infra|test)/',
        pathNot: `^shared/((kernel|partners|$1)/|(timeline|${REFERENCE})/index\\.ts$)`,
      },
    },
    ...['order', 'slots'].flatMap((stage) => [
      floor(
        `${stage}-may-name-a-quote`,
        stage,
        `shared/((kernel|partners|${stage})/|(timeline|quote|${REFERENCE})/index\\.ts$)|events/`,
        'An order is placed on a quote and a slot is held for one: both name its type.',
      ),
      {
        name: `${stage}-is-given-quotes`,
        severity: 'error',
        comment: 'The quote itself is read and verified by what is passed in.',
        from: { path: `^shared/${stage}/` },
        to: { path: '^shared/quote/', dependencyTypesNot: ['type-only'] },
      },
    ]),
    floor(
      'reports-ask-the-lake',
      'reports',
      `shared/((kernel|partners|reports)/|(timeline|usage|${REFERENCE})/index\\.ts$|lake/(subject\\.ts|subjects/|views/))`,
      'A report names the tables of the lake. The engine that answers is passed in.',
    ),
    floor(
      'replenishment-asks-the-lake',
      'replenishment',
      `shared/((kernel|partners|replenishment)/|(timeline|${REFERENCE})/index\\.ts$|lake/views/)|events/`,
      'Demand is read from the lake. The engine that answers is passed in.',
    ),
    {
      name: 'quote-uses-public-doors',
      severity: 'error',
      from: { path: '^shared/quote/' },
      to: {
        path: '^(shared|functions|infra|test)/',
        pathNot: `^shared/((kernel|quote)/|(planning|warehouse|${REFERENCE})/index\\.ts$)`,
      },
    },

    {
      name: 'plugin-knows-only-its-port',
      severity: 'error',
      comment: 'A plug-in may import its own folder, its stage port, the kit of partners and the kernel.',
      from: { path: `^shared/${PLUGINS}/([^/]+)/`, pathNot: SANDBOX },
      to: {
        path: '^(shared|functions|infra|test)/',
        pathNot:
          '^shared/((kernel|partners)/|payment/wallet/|(payment|shipping|customs|warehouse)/[^/]+\\.ts$|$1/$2/)',
      },
    },
    {
      name: 'adapter-never-sees-its-sandbox',
      severity: 'error',
      comment:
        'What is deployed holds no sandbox and no fixture, and an error on one side is not repeated on the other.',
      from: { pathNot: `^(test/|infra/sandbox/)|${SANDBOX}` },
      to: { path: SANDBOX },
    },
    {
      name: 'sandbox-partner-shares-no-code-with-its-adapter',
      severity: 'error',
      from: { path: `^shared/${PLUGINS}/([^/]+)/sandbox/` },
      to: {
        path: '^(shared|functions|infra|test)/',
        pathNot: '^infra/sandbox/|^shared/(kernel/|$1/$2/sandbox/)',
      },
    },
    {
      name: 'regime-knows-only-its-port',
      severity: 'error',
      from: { path: '^shared/duties/regimes/(?!index\\.ts$)' },
      to: {
        path: '^(shared|functions|infra|test)/',
        pathNot: '^shared/(kernel/|duties/(rules|assess|regimes)/|duties/[^/]+\\.ts$)',
      },
    },
    {
      name: 'plugins-are-reached-through-their-registry',
      severity: 'error',
      from: { pathNot: `^(test/|infra/sandbox/|shared/${PLUGINS}/)` },
      to: { path: `^shared/${PLUGINS}/`, pathNot: '/(index|offers|fees)\\.ts$' },
    },

    {
      name: 'aws-adapters-below-runtime',
      severity: 'error',
      from: { path: '^shared/aws/' },
      to: { path: '^(shared/runtime|functions|infra|test)/' },
    },

    {
      name: 'functions-are-leaves',
      severity: 'error',
      comment: 'The program that writes the contract reads it from the functions that answer by it.',
      from: { path: '^(shared|events|infra)/' },
      to: { path: '^functions/' },
    },
    {
      name: 'functions-do-not-import-functions',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^functions/' },
    },
    {
      name: 'functions-reach-aws-through-runtime',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(shared/aws|infra|test)/' },
    },

    {
      name: 'infra-sees-contracts-only',
      severity: 'error',
      comment:
        'The list of prices is for both sides. Ten exceptions: the command replenish tries the rules of replenishment on sales of the past, Athena gets the tables and views as the lake defines them, the command report makes reports of the lake, the commands of trade rules, of tariffs, of products, of exchange rates and of partners check files as the backend does, the command reconcile reads settlement files as the adapters do, the command lake asks the lake as reports do, the programs that write contracts and pages read the schemas and the rules that these show, and the commands for those who change the project run its checks and measurements.',
      from: {
        path: '^infra/',
        pathNot:
          '^infra/(cli/(rates|rules|tariff|products/check|lake|contracts|pages|partner|project|reconcile|report|replenish)/|constructs/lake-athena\\.ts$)',
      },
      to: { path: '^(shared|functions|test)/', pathNot: `^shared/(kernel|usage)/|${SANDBOX}` },
    },
    {
      name: 'athena-has-the-tables-of-the-lake',
      severity: 'error',
      from: { path: '^infra/constructs/lake-athena\\.ts$' },
      to: {
        path: '^(shared|functions|test)/',
        pathNot: '^shared/lake/(subject|lake-keys|(subjects|views)/index)\\.ts$',
      },
    },
    {
      name: 'project-commands-see-the-tests',
      severity: 'error',
      from: { path: '^infra/cli/project/' },
      to: {
        path: '^(shared|functions|test)/',
        pathNot:
          '^(shared/kernel/|test/(run-all|bench/bench|bench/load/(load|growth)|mutations/run-mutations|other-clouds/(check-engine|check-cloud)|textbook/check-policies|ubl-schemas/check-ubl|fuzz/check-fuzz|recount/check-recount|statsforecast/check-forecast|pictures/take-pictures)\\.ts$)',
      },
    },
    {
      name: 'rates-command-sees-the-readers',
      severity: 'error',
      from: { path: '^infra/cli/rates/' },
      to: {
        path: '^(shared|functions|test)/',
        pathNot: '^shared/(kernel/|rates/(published/|exchange-rates\\.ts$))',
      },
    },
    {
      name: 'partner-command-sees-the-settings',
      severity: 'error',
      from: { path: '^infra/cli/partner/' },
      to: {
        path: '^(shared|functions|test)/',
        pathNot: `^shared/(kernel/|${PLUGINS}/index\\.ts$)`,
      },
    },
    {
      name: 'report-command-sees-the-reports',
      severity: 'error',
      from: { path: '^infra/cli/report/' },
      to: { path: '^(shared|functions|test)/', pathNot: '^shared/(kernel|lake|reports)/' },
    },
    {
      name: 'replenish-command-sees-replenishment',
      severity: 'error',
      from: { path: '^infra/cli/replenish/' },
      to: {
        path: '^(shared|functions|test)/',
        pathNot: '^shared/(kernel|replenishment|reports/(page|answer))/',
      },
    },
    {
      name: 'drawing-only-on-pages-of-reports',
      severity: 'error',
      comment: 'The library that draws is heavy. Only what makes pages loads it.',
      from: { pathNot: '^(shared/reports/page/|test/)' },
      to: { path: '(^|/)echarts(/|$)' },
    },
    {
      name: 'lake-command-sees-the-lake',
      severity: 'error',
      from: { path: '^infra/cli/lake/' },
      to: {
        path: '^(shared|functions|test)/',
        pathNot: '^shared/(kernel/|lake/|aws/(lake/|lease\\.ts$|clients\\.ts$))',
      },
    },
    {
      name: 'rules-command-sees-the-rules',
      severity: 'error',
      from: { path: '^infra/cli/rules/' },
      to: { path: '^(shared|functions|test)/', pathNot: '^shared/(kernel|duties)/' },
    },

    {
      name: 'aws-sdk-only-in-shared-aws',
      severity: 'error',
      comment:
        'The local cloud speaks to its engines as AWS clients do, and its start stores secrets as an operator does. A ' +
        'deployment asks an account, and an operator stores the settings of partners there.',
      from: { pathNot: '^(shared/aws/|infra/local/|infra/cli/(deploy|partner)/|test/)' },
      to: { path: '(^|/)@aws-sdk/' },
    },
    {
      name: 'duckdb-only-in-the-engine-of-the-lake',
      severity: 'error',
      comment: 'It weighs 68 MB: only what asks the lake loads it.',
      from: { pathNot: '^(shared/lake/engine/|test/)' },
      to: { path: '(^|/)@duckdb/' },
    },
    {
      name: 'solver-only-in-the-network-of-replenishment',
      severity: 'error',
      comment: 'It weighs 3.7 MB: only what plans transfers loads it.',
      from: { pathNot: '^(shared/replenishment/network/|test/)' },
      to: { path: '(^|/)highs(/|$)' },
    },
    {
      name: 'engine-only-where-the-lake-is-asked',
      severity: 'error',
      from: { pathNot: '^(shared/lake/engine/|shared/runtime/deps/lake-|infra/cli/(lake|report)/|test/)' },
      to: { path: '^shared/lake/engine/' },
    },
    {
      name: 'cdk-only-in-infra',
      severity: 'error',
      from: { pathNot: '^(infra/|test/(infra|component)/)' },
      to: { path: '(^|/)(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
