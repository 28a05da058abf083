import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { ESLint, type Linter } from 'eslint';
import { projectRoot } from '../../config/root.ts';

const configuration = (await import(pathToFileURL(join(projectRoot, 'eslint.config.js')).href)) as {
  house: Linter.Config[];
  featureBlocks: { name: string; files: string[] }[];
};

/** The rules of the house only: typed rules need files that exist. */
const eslint = new ESLint({
  cwd: projectRoot,
  overrideConfigFile: true,
  overrideConfig: configuration.house,
});

async function brokenRules(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: join(projectRoot, filePath) });
  return result!.messages.map((message) => message.ruleId ?? message.message);
}

const IMPORTS = 'no-restricted-imports';
const SYNTAX = 'no-restricted-syntax';

/** The order of services as HOUSE writes it: a service may call what stands further down. */
const TIERS = [
  ['ledger'],
  ['public', 'hotline/import', 'wage-checks'],
  ['case-routing', 'mediation', 'settlements', 'follow-ups', 'documents'],
  ['cases', 'hotline/tickets'],
  ['deadlines', 'notifications'],
  ['accounts', 'directory'],
];
const FEATURES = [...TIERS.flat(), 'reports'];

/** `cases` + `service` is `cases/thing.service.ts`; the two halves of hotline differ by the file's name. */
function fileOf(feature: string, suffix: string): string {
  const [folder, name = 'thing'] = feature.split('/');
  return `${folder}/${name}${suffix === 'plumbing' ? '-helper' : `.${suffix}`}.ts`;
}

function specifier(from: string, to: string): string {
  const [folder, name] = to.split('/');
  return from.split('/')[0] === folder ? `./${name}` : `../${folder}/${name}`;
}

function mayCall(caller: string, called: string): boolean {
  if (caller === called) return true;
  const bottom = TIERS.at(-1)!;
  if (caller === 'reports' || bottom.includes(caller)) return bottom.includes(called);
  if (called === 'reports') return false;
  const tier = (feature: string): number => TIERS.findIndex((features) => features.includes(feature));
  return tier(called) > tier(caller);
}

interface Cell {
  allowed: string[];
  forbidden: string[];
}

const SERVICE_LIKE: Cell = {
  allowed: [
    "import { X } from '../../models/cases.ts'",
    "import { X } from '../../config/town.ts'",
    "import { X } from '../shared/errors.ts'",
    "import { X } from './other.rules.ts'",
    "import { X } from '../deadlines/clocks.rules.ts'",
    "import { createHash } from 'node:crypto'",
  ],
  forbidden: [
    "import express from 'express'",
    "import type { Request } from 'express'",
    "import { X } from '../web/pages.ts'",
    "import { X } from './thing.controller.ts'",
    "import { X } from './thing.presenter.ts'",
    "import { X } from './thing.form.ts'",
    "import { X } from '../urls.ts'",
    "export { X } from '../web/pages.ts'",
  ],
};

/** What each suffix may and may not import, in every feature. */
const SUFFIXES: Record<string, Cell> = {
  rules: {
    allowed: [
      "import { X } from '../shared/calendar-day.ts'",
      "import { X } from './other.rules.ts'",
      "import { X } from '../deadlines/clocks.rules.ts'",
      "import type { TownSettings } from '../../config/town.ts'",
    ],
    forbidden: [
      "import { X } from '../../config/town.ts'",
      "import { X } from '../../models/cases.ts'",
      "import type { X } from '../../models/cases.ts'",
      "import express from 'express'",
      "import { Op } from 'sequelize'",
      "import { readFileSync } from 'node:fs'",
      "import { X } from './thing.service.ts'",
      "import { X } from '../directory/areas.ts'",
      "import { now } from '../shared/clock.ts'",
      "import { X } from '../web/pages.ts'",
    ],
  },
  service: {
    allowed: [...SERVICE_LIKE.allowed, "import { Op } from 'sequelize'"],
    forbidden: SERVICE_LIKE.forbidden,
  },
  queries: {
    allowed: [...SERVICE_LIKE.allowed, "import { Op } from 'sequelize'"],
    forbidden: SERVICE_LIKE.forbidden,
  },
  plumbing: {
    allowed: SERVICE_LIKE.allowed,
    forbidden: [...SERVICE_LIKE.forbidden, "import { Op } from 'sequelize'"],
  },
  form: {
    allowed: [
      "import { X } from '../shared/form.ts'",
      "import { X } from './thing.rules.ts'",
      "import { z } from 'zod'",
      "import type { X } from './thing.service.ts'",
    ],
    forbidden: [
      "import { X } from './thing.service.ts'",
      "import { X } from '../../models/cases.ts'",
      "import type { Request } from 'express'",
      "import { X } from './thing.presenter.ts'",
      "import { X } from '../web/pages.ts'",
      "import { Op } from 'sequelize'",
    ],
  },
  presenter: {
    allowed: [
      "import { X } from '../shared/money.ts'",
      "import { X } from '../deadlines/clocks.rules.ts'",
      "import type { DisputeCase } from '../../models/cases.ts'",
      "import { type DisputeCase } from '../../models/cases.ts'",
      "import type { Table } from '../web/view-model.ts'",
      "import { withErrors } from '../web/form-view.ts'",
    ],
    forbidden: [
      "import { DisputeCase } from '../../models/cases.ts'",
      "import { X } from './thing.service.ts'",
      "import { X } from '../../config/town.ts'",
      "import type { Request } from 'express'",
      "import { Op } from 'sequelize'",
      "import { X } from './thing.controller.ts'",
      "import { now } from '../shared/clock.ts'",
      "import { X } from '../web/pages.ts'",
    ],
  },
  controller: {
    allowed: [
      "import type { Request } from 'express'",
      "import { X } from '../web/pages.ts'",
      "import { X } from '../shared/errors.ts'",
      "import { X } from '../settlements/settlement.service.ts'",
      "import { X } from '../cases/case.queries.ts'",
    ],
    forbidden: [
      "import { X } from '../../models/cases.ts'",
      "import type { X } from '../../models/cases.ts'",
      "import { Op } from 'sequelize'",
      "import { X } from './thing.rules.ts'",
      "import { X } from '../../config/town.ts'",
      "import { X } from '../urls.ts'",
    ],
  },
};

describe('the rules of the house', () => {
  it('have a block for every feature and suffix, and this test knows each', () => {
    const expected = FEATURES.flatMap((feature) =>
      Object.keys(SUFFIXES).map((suffix) => `house/${feature.replace('/', '-')} ${suffix}`),
    );
    expect(configuration.featureBlocks.map((block) => block.name).sort()).to.deep.equal(expected.sort());
  });

  it('apply to every source file by exactly one block, in the configuration that `npm run lint` uses', async () => {
    const real = new ESLint({ cwd: projectRoot });
    const files = [
      ...FEATURES.flatMap((feature) =>
        Object.keys(SUFFIXES).map((suffix) => `server/${fileOf(feature, suffix)}`),
      ),
      'server/app.ts',
      'server/cli.ts',
      'server/web/pages.ts',
      'server/web/session.ts',
      'server/web/form-view.ts',
      'server/shared/clock.ts',
      'server/shared/spreadsheets/csv.ts',
      'config/index.ts',
      'models/cases.ts',
      'models/dialect.ts',
      'models/migrations/0001-areas.ts',
      'models/seeds/demo.ts',
      'jobs/start.ts',
      'test/models/cases.test.ts',
    ];
    for (const file of files) {
      const path = join(projectRoot, file);
      const rulesOf = async (linter: ESLint): Promise<unknown> => {
        const { rules } = (await linter.calculateConfigForFile(path)) as { rules: Record<string, unknown> };
        return [rules[IMPORTS], rules[SYNTAX]];
      };
      const [ofHouse, inUse] = [await rulesOf(eslint), await rulesOf(real)];
      expect(inUse, file).to.deep.equal(ofHouse);
      expect((ofHouse as unknown[])[1], file).not.to.equal(undefined);
    }
  });

  for (const [suffix, { allowed, forbidden }] of Object.entries(SUFFIXES)) {
    describe(`for ${suffix} files`, () => {
      for (const feature of FEATURES) {
        const file = `server/${fileOf(feature, suffix)}`;
        it(`of ${feature} forbid and allow what the table says`, async () => {
          for (const statement of forbidden) {
            expect(await brokenRules(file, statement), `${file}: ${statement}`).to.satisfy(
              (rules: string[]) => rules.includes(IMPORTS) || rules.includes(SYNTAX),
            );
          }
          for (const statement of allowed) {
            expect(await brokenRules(file, statement), `${file}: ${statement}`).to.deep.equal([]);
          }
        });
      }
    });
  }

  describe('for the order of services', () => {
    for (const caller of FEATURES) {
      it(`let ${caller} call only itself and what is lower`, async () => {
        for (const called of FEATURES) {
          for (const suffix of ['service', 'queries', 'plumbing']) {
            const from = fileOf(caller, 'service');
            const statement = `import { X } from '${specifier(from, fileOf(called, suffix))}'`;
            expect(await brokenRules(`server/${from}`, statement), `${from}: ${statement}`).to.deep.equal(
              mayCall(caller, called) ? [] : [IMPORTS],
            );
          }
        }
      });
    }
  });

  describe('around the features', () => {
    const CASES: [file: string, statement: string, allowed: boolean][] = [
      ['server/shared/money.ts', "import { X } from './calendar-day.ts'", true],
      ['server/shared/money.ts', "import { X } from '../../config/town.ts'", false],
      ['server/shared/money.ts', "import { X } from '../cases/case.rules.ts'", false],
      ['server/shared/spreadsheets/csv.ts', "import { X } from '../errors.ts'", true],
      ['server/shared/spreadsheets/csv.ts', "import { X } from '../../cases/case.rules.ts'", false],
      ['server/web/import-view.ts', "import { X } from './form-view.ts'", true],
      ['server/web/import-view.ts', "import { X } from './pages.ts'", false],
      ['server/web/import-view.ts', "import { X } from '../../models/cases.ts'", false],
      ['server/web/session.ts', "import session from 'express-session'", true],
      ['server/web/session.ts', "import { X } from '../../models/accounts.ts'", true],
      ['server/web/session.ts', "import { X } from '../accounts/reader.ts'", true],
      ['server/web/session.ts', "import { X } from '../cases/case.service.ts'", false],
      ['server/web/session.ts', "import { Op } from 'sequelize'", false],
      ['server/web/router.ts', "import type { Route } from '../urls.ts'", true],
      ['server/web/router.ts', "import { routes } from '../urls.ts'", false],
      ['server/web/form-view.ts', "import { newId } from '../shared/ids.ts'", true],
      ['server/web/form-view.ts', "import { X } from './pages.ts'", false],
      ['server/web/form-view.ts', "import { X } from '../../models/cases.ts'", false],
      ['server/app.ts', "import { X } from './cases/case.controller.ts'", true],
      ['server/app.ts', "import { Op } from 'sequelize'", false],
      ['config/index.ts', "import { z } from 'zod'", true],
      ['config/index.ts', "import { X } from '../models/cases.ts'", false],
      ['models/cases.ts', "import { Model } from 'sequelize'", true],
      ['models/cases.ts', "import { X } from '../server/cases/case.rules.ts'", true],
      ['models/cases.ts', "import { X } from '../server/cases/case.service.ts'", false],
      ['models/migrations/0001-areas.ts', "import { X } from '../dialect.ts'", true],
      ['models/migrations/0001-areas.ts', "import { X } from '../../server/cases/case.rules.ts'", false],
      ['models/seeds/demo.ts', "import { X } from '../../server/cases/case.service.ts'", true],
      ['models/seeds/demo.ts', "import { X } from '../../server/web/pages.ts'", false],
      ['jobs/start.ts', "import { X } from '../server/cases/case.service.ts'", true],
      ['jobs/start.ts', "import { X } from '../server/cases/case.controller.ts'", false],
    ];
    for (const [file, statement, allowed] of CASES) {
      it(`${file} ${allowed ? 'may' : 'must not'} hold ${statement}`, async () => {
        expect(await brokenRules(file, statement)).to.deep.equal(allowed ? [] : [IMPORTS]);
      });
    }
  });

  describe('for constructs', () => {
    const only = 'only';
    const skip = 'skip';
    const CASES: [text: string, forbiddenIn: string[], allowedIn: string[]][] = [
      [
        'enum State { open }',
        ['server/cases/case.rules.ts', 'test/cases/case.test.ts', 'models/cases.ts'],
        [],
      ],
      ["order(literal('1'))", ['server/cases/case.queries.ts', 'models/cases.ts', 'models/dialect.ts'], []],
      ["Sequelize.literal('1')", ['server/cases/case.queries.ts'], []],
      ["z.literal('yes')", [], ['server/cases/case.form.ts']],
      ['db.query(`SELECT ${x}`)', ['server/cases/case.queries.ts', 'models/dialect.ts', 'jobs/lease.ts'], []],
      ["db.query('SELECT ' + x)", ['server/cases/case.queries.ts'], []],
      ["db.query('SELECT 1 ' + 'FROM a', { replacements: { x } })", [], ['server/cases/case.queries.ts']],
      ['db.query(`SELECT 1`)', [], ['server/cases/case.queries.ts']],
      [
        'selectRows(`SELECT ${x}`)',
        ['server/cases/case.queries.ts', 'models/cases.ts'],
        ['models/dialect.ts'],
      ],
      ['selectRows(`SELECT 1`, { x: `%${x}` })', [], ['server/cases/case.queries.ts']],
      [
        'find({ order: [[req.query.sort]] })',
        ['server/cases/case.controller.ts', 'server/cases/case.queries.ts'],
        [],
      ],
      ['find({ attributes: req.query.fields })', ['server/cases/case.controller.ts'], []],
      ['find({ where: { id: req.params.id } })', ['server/cases/case.controller.ts'], []],
      ['DisputeCase.create(req.body)', ['server/cases/case.controller.ts'], []],
      [
        'const day = new Date()',
        ['server/cases/case.rules.ts', 'server/cases/case.service.ts', 'models/cases.ts'],
        ['server/shared/clock.ts', 'test/cases/case.test.ts'],
      ],
      [
        'const day = Date.now()',
        ['server/cases/case.rules.ts', 'server/cases/case.service.ts'],
        ['server/shared/clock.ts'],
      ],
      ['const day = new Date(0)', [], ['server/cases/case.rules.ts']],
      [
        "res.render('page', {})",
        ['server/cases/case.controller.ts', 'server/web/error-pages.ts', 'server/app.ts'],
        ['server/web/pages.ts'],
      ],
      [
        "console.log('x')",
        ['server/cases/case.service.ts', 'server/app.ts', 'models/cases.ts'],
        ['server/cli.ts', 'server/demo.ts', 'test/bench/bench.ts'],
      ],
      [`describe.${only}('x', f)`, ['test/cases/case.test.ts'], []],
      [`it.${skip}('x', f)`, ['test/cases/case.test.ts'], []],
      ["xit('x', f)", ['test/cases/case.test.ts'], []],
      ["q.changeColumn('a', 'b')", ['models/migrations/0001-areas.ts'], []],
      ['sequelize.sync()', ['models/dialect.ts', 'models/migrations/0001-areas.ts'], []],
      ['const type = { type: DataTypes.DATE }', ['models/cases.ts'], []],
      ['const type = { type: DataTypes.DATE(3) }', [], ['models/cases.ts']],
    ];
    for (const [text, forbiddenIn, allowedIn] of CASES) {
      it(text, async () => {
        for (const file of forbiddenIn) expect(await brokenRules(file, text), file).to.include(SYNTAX);
        for (const file of allowedIn) expect(await brokenRules(file, text), file).to.deep.equal([]);
      });
    }
  });
});
