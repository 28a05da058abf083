import { expect } from 'chai';
import { currentDatabase } from '../../models/dialect.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { correctionsAwaited, uncheckedThisMonth } from '../../server/cases/home-wage-checks.queries.ts';
import { enterprisesUnanswered } from '../../server/directory/unanswered.queries.ts';
import { loadBoard } from '../../server/wage-checks/board.queries.ts';
import {
  informantsWithoutReport,
  lateActions,
  uncheckedByOfficer,
} from '../../server/wage-checks/reminders.queries.ts';
import { listChecks } from '../../server/wage-checks/wage-checks.queries.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aReader, aResponsibility, aTown, aUser, aVillage } from '../support/factories.ts';
import { planOf, statementsOf } from '../support/statements.ts';

describe('the lists of the round', () => {
  useDatabase();
  let townId: string;
  let dispatcher: Reader;
  let officer: Reader;

  before(async () => {
    const town = await aTown();
    townId = town.id;
    const village = await aVillage(town, '建南村', 1);
    const enterprise = await anEnterprise(town, '江阴明华纺织有限公司', { villageId: village.id });
    dispatcher = await aReader(['dispatcher', town]);
    const user = await aUser('钱志远', 'officer', town);
    await aResponsibility(user, { village });
    await aResponsibility(user, { enterprise });
    officer = (await findSignedIn(user.id))!.reader;
  });

  const day = '2026-11-21';
  const lists: [name: string, ask: () => Promise<unknown>, sortedByIndex: boolean][] = [
    ['the officer’s list', () => listChecks(officer, { month: '2026-11', officer: 'me' }, {}), true],
    [
      'the dispatcher’s list',
      () => listChecks(dispatcher, { month: '2026-11', show: 'unchecked' }, {}),
      true,
    ],
    ['the enterprises without an officer', () => enterprisesUnanswered(dispatcher, 7), true],
    // A page of the board is sorted by the villages' places in the town.
    ['the board', () => loadBoard(dispatcher, { year: 2026, page: 1 }), false],
    ['the board of an officer', () => loadBoard(officer, { year: 2026, page: 1, officer: 'me' }), false],
    ['what an officer has still to check', () => uncheckedThisMonth(officer, 6), false],
    ['the corrections that an officer awaits', () => correctionsAwaited(officer, 6), false],
    ['the informants to remind', () => informantsWithoutReport(townId, '2026-11', day), false],
    ['the officers to remind', () => uncheckedByOfficer(townId, '2026-11', day), false],
    ['the late actions', () => lateActions(townId, day), false],
  ];

  for (const [name, ask, sortedByIndex] of lists)
    it(`reads ${name} by an index`, async () => {
      if (currentDatabase().getDialect() !== 'sqlite') return;
      const statements = await statementsOf(ask);
      expect(statements).not.to.be.empty;
      for (const sql of statements) {
        const plan = await planOf(sql);
        expect(plan, sql).to.not.match(/SCAN (?!d\b|\d)/);
        if (sortedByIndex && sql.includes('LIMIT')) expect(plan, sql).to.not.include('TEMP B-TREE');
      }
    });
});
