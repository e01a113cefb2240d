// Which folder may import which. `npm run check` runs it.
const STAGES = 'quote|slots|order|payment|screening|warehouse|customs|shipping|stock|ledger|reports';
const PLUGINS = 'providers|regimes|carriers|brokers|systems';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },

    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^shared/kernel/' },
      to: { path: '^(shared|events|functions|infra)/', pathNot: '^shared/kernel/' },
    },

    {
      name: 'events-import-kernel-only',
      severity: 'error',
      from: { path: '^events/' },
      to: { path: '^(shared|functions|infra)/', pathNot: '^shared/kernel/' },
    },

    {
      name: 'stage-imports-itself-kernel-events',
      severity: 'error',
      comment:
        'Stages talk through facts, which they find on the timeline, the spine that all of them share.',
      from: { path: `^shared/(${STAGES})/`, pathNot: `^shared/(quote/|(${STAGES})/(${PLUGINS})/)` },
      to: { path: '^(shared|functions|infra)/', pathNot: '^shared/((kernel|$1)/|timeline/index\\.ts$)' },
    },

    {
      name: 'timeline-knows-no-stage',
      severity: 'error',
      from: { path: '^shared/timeline/' },
      to: { path: '^(shared|functions|infra)/', pathNot: '^shared/(kernel|timeline)/' },
    },

    {
      name: 'quote-uses-public-doors',
      severity: 'error',
      from: { path: '^shared/quote/' },
      to: {
        path: '^(shared|functions|infra)/',
        pathNot: '^shared/(kernel/|quote/|(customs|shipping|warehouse)/index\\.ts$)',
      },
    },

    {
      name: 'plugin-knows-only-its-port',
      severity: 'error',
      comment:
        'A provider, carrier, regime or warehouse may import its own folder, its stage port and the kernel.',
      from: { path: `^shared/(${STAGES})/(${PLUGINS})/(?!index\\.ts$)([^/]+?)(\\.ts|/)` },
      to: {
        path: '^(shared|functions|infra)/',
        pathNot: '^shared/(kernel/|$1/(rules|assess)/|$1/[^/]+\\.ts$|$1/$2/$3(\\.ts|/))',
      },
    },

    {
      name: 'plugins-are-reached-through-their-registry',
      severity: 'error',
      from: { pathNot: `^(test/|shared/(${STAGES})/(${PLUGINS})/)` },
      to: { path: `^shared/(${STAGES})/(${PLUGINS})/`, pathNot: '/index\\.ts$' },
    },

    {
      name: 'aws-adapters-below-runtime',
      severity: 'error',
      from: { path: '^shared/aws/' },
      to: { path: '^(shared/runtime|functions|infra)/' },
    },

    {
      name: 'functions-are-leaves',
      severity: 'error',
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
      to: { path: '^(shared/aws|infra)/' },
    },

    {
      name: 'infra-sees-contracts-only',
      severity: 'error',
      comment: 'The command that imports trade rules checks files as the backend does, before it sends them.',
      from: { path: '^infra/', pathNot: '^infra/cli/rules/' },
      to: { path: '^(shared|functions)/', pathNot: '^shared/kernel/' },
    },
    {
      name: 'rules-command-sees-the-rules',
      severity: 'error',
      from: { path: '^infra/cli/rules/' },
      to: { path: '^(shared|functions)/', pathNot: '^shared/(kernel|customs)/' },
    },

    {
      name: 'aws-sdk-only-in-shared-aws',
      severity: 'error',
      comment:
        'The local cloud speaks to its engines as AWS clients do, and its start stores secrets as an operator does.',
      from: { pathNot: '^(shared/aws/|infra/(local|demo)/|test/)' },
      to: { path: '(^|/)@aws-sdk/' },
    },
    {
      name: 'cdk-only-in-infra',
      severity: 'error',
      from: { pathNot: '^(infra/|test/(infra|component)/)' },
      to: { path: '(^|/)(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
    },
    {
      name: 'middleware-only-in-runtime',
      severity: 'error',
      from: { pathNot: '^(shared/runtime/|test/)' },
      to: { path: '(^|/)(@middy|@aws-lambda-powertools)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
