/**
 * A folder is a thing of the business, a suffix is a layer. What a file may import follows from these two and stands
 * in ONE table each: `ORDER` (which feature's services may call which) and `LAYERS` (what a suffix may import).
 * `house` makes one block per feature and suffix of them, because two blocks with the same rule for one file do not
 * merge: the last wins silently. test/lint/house-rules.test.ts lints a forbidden and an allowed import per block.
 */
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Features from the highest tier to the lowest: a service calls only features of lower tiers, and its own. */
const ORDER = [
  ['ledger'],
  ['public', 'hotline-import', 'wage-checks'],
  ['case-routing', 'mediation', 'settlements', 'follow-ups', 'documents'],
  ['cases', 'hotline-tickets'],
  ['deadlines', 'notifications'],
  ['accounts', 'directory'],
];

/** Reads models instead of asking other services; only areas and the reader's scope come from services. */
const READS_MODELS = 'reports';

/** `server/hotline` is two features: the import stands above everything, its tickets below the routing. */
const FOLDERS = {
  'hotline-import': { folder: 'hotline', name: 'import[\\w-]*' },
  'hotline-tickets': { folder: 'hotline', name: '(?!import)[\\w-]+' },
};

const FEATURES = [...ORDER.flat(), READS_MODELS];
const placeOf = (feature) => FOLDERS[feature] ?? { folder: feature, name: '[\\w-]+' };

/** What a feature's services may call besides their own. The two at the bottom know each other: who did it, and where. */
const lowerThan = (feature) => {
  const bottom = ORDER.at(-1);
  if (feature === READS_MODELS || bottom.includes(feature))
    return bottom.filter((other) => other !== feature);
  const tier = ORDER.findIndex((features) => features.includes(feature));
  return ORDER.slice(tier + 1).flat();
};

/**
 * Import specifiers as regular expressions. A feature folder is flat, so that its own files are `./…`, another
 * feature's are `../feature/…`, and everything outside server/ is `../../…`.
 */
const SUFFIX = {
  services: '(?:\\.service|\\.queries)?',
  rules: '\\.rules',
  presenter: '\\.presenter',
  form: '\\.form',
};
const own = (feature, suffix) => `\\./${placeOf(feature).name}${suffix}\\.ts`;
const of = (feature, suffix) => {
  const { folder, name } = placeOf(feature);
  return `\\.\\./${folder}/${name}${suffix}\\.ts`;
};
const SHARED = '\\.\\./shared/.+';
const CONFIG = '\\.\\./\\.\\./config/.+';
const MODELS = '\\.\\./\\.\\./models/.+';
const WEB = '\\.\\./web/.+';
const ANY_RULES = ['\\./[\\w-]+\\.rules\\.ts', '\\.\\./[\\w-]+/[\\w-]+\\.rules\\.ts'];
/** What the partials print: types, and pure helpers that fill them. */
const PAGE_SHAPES = '\\.\\./web/(?:view-model|form-view|fields|list-view|import-view)\\.ts';
/** The two halves of server/hotline lie in one folder: the import sees the tickets as `./…`. */
const beside = (feature) => (feature === 'hotline-import' ? [own('hotline-tickets', SUFFIX.services)] : []);

const EXPRESS = [
  'express',
  'express-*',
  'multer',
  'csrf-sync',
  'helmet',
  'compression',
  'connect-session-sequelize',
];
const DATABASE = ['sequelize', 'mysql2', 'mysql2/*', '@photostructure/sqlite', 'umzug'];
const MACHINE = ['node:*', 'fs', 'fs/*', 'nodemailer', 'node-cron'];

/**
 * What the files of a suffix may import: `relative` files of this project, files of `types` by `import type` only,
 * and none of `packages`. Plumbing is every other file of a feature folder.
 */
const LAYERS = {
  rules: {
    may: 'shared, other rules and the type of the settings',
    relative: () => [SHARED, ...ANY_RULES],
    types: ['\\.\\./\\.\\./config/town\\.ts'],
    packages: [...EXPRESS, ...DATABASE, ...MACHINE],
  },
  service: {
    may: 'models, rules, shared, config, own services and services lower in the order',
    relative: servicesOf,
    packages: EXPRESS,
  },
  queries: {
    may: 'models, rules, shared, config, own services and services lower in the order',
    relative: servicesOf,
    packages: EXPRESS,
  },
  plumbing: {
    may: 'models, rules, shared, config, own services and services lower in the order',
    relative: servicesOf,
    packages: [...EXPRESS, ...DATABASE],
  },
  form: {
    may: 'rules, shared and types',
    relative: () => [SHARED, ...ANY_RULES],
    types: ['.+'],
    packages: [...EXPRESS, ...DATABASE, ...MACHINE],
  },
  presenter: {
    may: 'rules, shared, own presenters, the shapes of pages and types',
    relative: (feature) => [SHARED, PAGE_SHAPES, ...ANY_RULES, own(feature, SUFFIX.presenter)],
    types: ['.+'],
    packages: [...EXPRESS, ...DATABASE, ...MACHINE],
  },
  controller: {
    may: 'services, own form and presenter, the form of a case action, shared, web and types of rules',
    relative: (feature) => [
      SHARED,
      WEB,
      own(feature, SUFFIX.presenter),
      own(feature, SUFFIX.form),
      `\\./[\\w-]+${SUFFIX.services}\\.ts`,
      ...FEATURES.map((other) => of(other, SUFFIX.services)),
      '(?:\\.|\\.\\./cases)/case-form\\.controller\\.ts',
      '(?:\\.|\\.\\./hotline)/import-work\\.controller\\.ts',
    ],
    types: ANY_RULES,
    packages: DATABASE,
  },
};

function servicesOf(feature) {
  return [
    SHARED,
    CONFIG,
    MODELS,
    ...ANY_RULES,
    own(feature, SUFFIX.services),
    ...beside(feature),
    ...lowerThan(feature).map((lower) => of(lower, SUFFIX.services)),
  ];
}

/** The folders that are not features: what of the project they may not import, and no packages of these. */
const AROUND = {
  'server/shared/*.ts': {
    may: 'nothing outside of server/shared',
    forbidden: '^\\.\\./',
    packages: [...EXPRESS, ...DATABASE],
  },
  'server/shared/*/**': {
    may: 'nothing outside of server/shared',
    forbidden: '^\\.\\./\\.\\./',
    packages: [...EXPRESS, ...DATABASE],
  },
  'server/web/**': {
    may: 'config, models, shared, accounts, directory, rules and the type of the routes',
    relative: ['\\./.+', CONFIG, MODELS, SHARED, '\\.\\./(?:accounts|directory)/.+', ...ANY_RULES],
    types: ['\\.\\./urls\\.ts'],
    packages: ['sequelize', 'mysql2', 'mysql2/*'],
  },
  'server/web/{view-model,form-view,fields,list-view,import-view}.ts': {
    may: 'shared',
    relative: [SHARED, '\\./(?:view-model|form-view|fields)\\.ts'],
    packages: [...EXPRESS, ...DATABASE, ...MACHINE],
  },
  'server/*.ts': { may: 'anything but the database driver', packages: DATABASE },
  'config/**': {
    may: 'shared',
    forbidden: '(?:^|/)(?:models|jobs|server/(?!shared/))',
    packages: [...EXPRESS, ...DATABASE],
  },
  'models/*.ts': {
    may: 'shared, config, and types and constants of rules',
    forbidden: '(?:^|/)(?:jobs|server/(?!shared/|[\\w-]+/[\\w-]+\\.rules\\.ts$))',
    packages: EXPRESS,
  },
  'models/migrations/**': {
    may: 'the dialect and shared',
    forbidden: '(?:^|/)(?:jobs|server/(?!shared/))',
    packages: EXPRESS,
  },
  'models/seeds/**': { may: 'models and services', forbidden: '(?:^|/)web/', packages: EXPRESS },
  'jobs/**': {
    may: 'services, models, config and shared',
    forbidden: '(?:^|/)(?:web/|.+\\.(?:controller|presenter|form)\\.ts$)',
    packages: EXPRESS,
  },
  'test/**': { may: 'anything', packages: [] },
};

const ban = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));

/** Constructs that no file may hold, by the places in which they are allowed nevertheless. */
const ENUMS = ban(
  'Use an object or a union: Node runs this source by stripping the types.',
  'TSEnumDeclaration',
);
const REQUEST_DATA = ban(
  'Request data never reaches a query: allow-listed keys and checked values do.',
  'Property[key.name=/^(order|attributes|where|group|having|include)$/] Identifier[name=/^(req|request)$/]',
  'CallExpression[callee.object.name=/^[A-Z]/][callee.property.name=/^(create|bulkCreate|build|update|upsert|findAll|findOne|findAndCountAll|count|destroy)$/] > MemberExpression[object.name=/^(req|request)$/]',
);
const LITERAL = ban(
  'literal() puts text into SQL as it is: use fn, col, where, or a statement with replacements.',
  "CallExpression[callee.name='literal']",
  "CallExpression[callee.property.name='literal']:not([callee.object.name='z'])",
);
const interpolated = (names) =>
  ban(
    'Values go into replacements, never into the text of a statement.',
    `CallExpression:matches([callee.name=${names}], [callee.property.name=${names}]) > TemplateLiteral.arguments[expressions.length>0]`,
    `CallExpression:matches([callee.name=${names}], [callee.property.name=${names}]) > BinaryExpression.arguments:has(Identifier)`,
  );
const CLOCK = ban(
  'The time is an argument in rules, and now() or today() of server/shared/clock.ts elsewhere.',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
);
const CLOCK_MODULE = ban(
  'Rules, forms and presenters get the time as an argument.',
  'ImportDeclaration[source.value=/shared.clock\\.ts$/]',
);
const RENDER = ban(
  'Pages are rendered by renderPage of server/web/pages.ts only.',
  'CallExpression[callee.object.name=/^(res|response|app)$/][callee.property.name="render"]',
);
const CONSOLE = ban(
  'Use the logger; console belongs to the command line.',
  'MemberExpression[object.name="console"]',
);
const SWITCHED_OFF = ban(
  'A test is not switched off, and not alone.',
  'MemberExpression[object.name=/^(describe|context|suite|it|specify|test)$/][property.name=/^(only|skip)$/]',
  'CallExpression[callee.name=/^x(describe|context|it|specify)$/]',
);
const SCHEMA = ban(
  'On SQLite this rebuilds the table and deletes the rows of its children: write ALTER TABLE.',
  'CallExpression[callee.property.name=/^(changeColumn|removeColumn|renameColumn)$/]',
).concat(
  ban('The schema comes from migrations only.', 'CallExpression[callee.property.name="sync"]'),
  ban(
    'MariaDB drops the milliseconds of a plain DATE: write DataTypes.DATE(3).',
    ':not(CallExpression) > MemberExpression[object.name="DataTypes"][property.name="DATE"]',
  ),
);

const INTERPOLATED_QUERY = interpolated('/^query$/');
const INTERPOLATED_STATEMENT = interpolated('/^(selectRows|runStatement)$/');
const EVERYWHERE = [...ENUMS, ...REQUEST_DATA, ...LITERAL, ...INTERPOLATED_QUERY, ...SWITCHED_OFF];
const IN_PROGRAM = [...EVERYWHERE, ...INTERPOLATED_STATEMENT, ...CLOCK, ...RENDER, ...CONSOLE];
const PURE = [...IN_PROGRAM, ...CLOCK_MODULE];
const without = (all, some) => all.filter((one) => !some.includes(one));

/** One block: the only one that sets these two rules for its files. */
function block(name, files, { ignores = [], may, relative, forbidden, types = [], packages, syntax }) {
  const message = `${name} may import: ${may}.`;
  const patterns = [];
  if (relative) {
    patterns.push({ regex: `^(?!(?:${[...relative, ...types].join('|')})$)\\.`, message });
    if (types.length > 0) {
      const typesOnly = `^(?=\\.)(?!(?:${relative.join('|')})$)(?:${types.join('|')})$`;
      patterns.push({ regex: typesOnly, message, allowTypeImports: true });
    }
  }
  if (forbidden) patterns.push({ regex: forbidden, message });
  if (packages.length > 0) patterns.push({ regex: packagesAsRegex(packages), message });
  return {
    name: `house/${name}`,
    files,
    ignores,
    rules: {
      'no-restricted-imports': patterns.length > 0 ? ['error', { patterns }] : 'off',
      'no-restricted-syntax': ['error', ...syntax],
    },
  };
}

function packagesAsRegex(packages) {
  const names = packages.map((name) => name.replaceAll('/', '\\/').replaceAll('*', '.*'));
  return `^(?:${names.join('|')})$`;
}

function filesOf(feature, layer) {
  const { folder } = placeOf(feature);
  const start = feature === 'hotline-import' ? 'import*' : '*';
  const ending = layer === 'plumbing' ? '.ts' : `.${layer}.ts`;
  return {
    files: [`server/${folder}/${start}${ending}`],
    ignores: [
      ...(feature === 'hotline-tickets' ? ['server/hotline/import*'] : []),
      ...(layer === 'plumbing'
        ? [`server/${folder}/*.{rules,service,queries,form,presenter,controller}.ts`]
        : []),
    ],
  };
}

const PURE_LAYERS = ['rules', 'form', 'presenter'];

/** The blocks of the features, one per feature and suffix. */
export const featureBlocks = FEATURES.flatMap((feature) =>
  Object.entries(LAYERS).map(([layer, { may, relative, types, packages }]) => {
    const { files, ignores } = filesOf(feature, layer);
    return block(`${feature} ${layer}`, files, {
      ignores,
      may,
      relative: relative(feature),
      types,
      packages,
      syntax: PURE_LAYERS.includes(layer) ? PURE : IN_PROGRAM,
    });
  }),
);

const COMMAND_LINE = ['server/cli.ts', 'server/demo.ts'];

const around = (files, syntax, { ignores, only = files } = {}) =>
  block(only, [only], { ignores, ...AROUND[files], syntax });

const surroundings = [
  around('server/shared/*.ts', IN_PROGRAM, { ignores: ['server/shared/clock.ts'] }),
  around('server/shared/*.ts', without(IN_PROGRAM, CLOCK), { only: 'server/shared/clock.ts' }),
  around('server/shared/*/**', IN_PROGRAM),
  around('server/web/**', IN_PROGRAM, {
    ignores: ['server/web/pages.ts', 'server/web/{view-model,form-view,fields,list-view,import-view}.ts'],
  }),
  around('server/web/{view-model,form-view,fields,list-view,import-view}.ts', PURE),
  around('server/web/**', without(IN_PROGRAM, RENDER), { only: 'server/web/pages.ts' }),
  around('server/*.ts', IN_PROGRAM, { ignores: COMMAND_LINE }),
  ...COMMAND_LINE.map((only) => around('server/*.ts', without(IN_PROGRAM, CONSOLE), { only })),
  around('config/**', IN_PROGRAM),
  around('models/*.ts', [...IN_PROGRAM, ...SCHEMA], { ignores: ['models/{dialect,rows}.ts'] }),
  // The dialect, the rows of models and the migrations build statements of identifiers that the program itself names.
  around('models/*.ts', [...without(IN_PROGRAM, INTERPOLATED_STATEMENT), ...SCHEMA], {
    only: 'models/{dialect,rows}.ts',
  }),
  around('models/migrations/**', [...without(IN_PROGRAM, INTERPOLATED_STATEMENT), ...SCHEMA]),
  around('models/seeds/**', IN_PROGRAM),
  around('jobs/**', IN_PROGRAM),
  around('test/**', [...ENUMS, ...SWITCHED_OFF]),
];

const TYPESCRIPT = ['**/*.ts'];

/** The rules of the house alone, without typed rules: quick, and usable on text that is no file. */
export const house = defineConfig({ files: TYPESCRIPT, languageOptions: { parser: tseslint.parser } }, [
  ...featureBlocks,
  ...surroundings,
]);

/** What the scripts of the pages use of the browser. */
const BROWSER_GLOBALS = ['document', 'window', 'setTimeout', 'clearTimeout', 'fetch', 'FormData', 'URL'];

export default defineConfig(
  { ignores: ['dist/', 'data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      // Cleaning what came in by file or form is full of them.
      'no-control-regex': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Tables hold functions written as methods, and these use no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // What an interface wants asynchronous may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // tsc reports these.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      // chai: expect(x).to.be.true; answers over HTTP are any.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['views/assets/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(BROWSER_GLOBALS.map((name) => [name, 'readonly'])),
    },
  },
  ...house,
);
