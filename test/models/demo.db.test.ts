import { expect } from 'chai';
import { Op } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { loadDemo } from '../../models/seeds/demo/load.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { DEMO_ACCOUNTS } from '../../models/seeds/demo/town.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { presentHome } from '../../server/cases/home.presenter.ts';
import { loadHome } from '../../server/cases/home.queries.ts';
import { loadIndicators, publishedIndicators } from '../../server/reports/indicator.queries.ts';
import { setClock } from '../../server/shared/clock.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';

/** A Friday. */
const TODAY = '2026-11-20';
const LOAD_LIMIT_MS = 600_000;

/** The demo is a SQLite file, whatever the town itself uses. */
const onSqlite = process.env.TEST_DATABASE_URL === undefined;

if (onSqlite)
  describe('the demo town', () => {
    useDatabase();

    before(async function () {
      this.timeout(LOAD_LIMIT_MS);
      await seedReference('祝塘镇');
      setClock(() => instantOf(TODAY, '07:30'));
      subscribeFeatures();
      await loadDemo(() => {});
      setClock(() => instantOf(TODAY, '12:00'));
    });
    after(() => setClock());

    async function sentencesOf(from: CalendarDay, to: CalendarDay) {
      const town = (await Area.findOne({ where: { kind: 'town' } }))!;
      const question = {
        townIds: [town.id],
        villageId: null,
        period: { from, to },
        basis: 'received' as const,
      };
      return publishedIndicators(await loadIndicators(question)).sentences;
    }

    it('prints the golden sentences of DOMAIN §3', async () => {
      expect((await sentencesOf('2022-01-01', '2022-12-31')).hotline).to.equal(
        '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额817万多元',
      );
      expect((await sentencesOf('2023-01-01', '2023-11-02')).recovery).to.equal(
        '截至11月2日，为184名劳动者追回309.63万元，其中为169名农民工追回298.78万元',
      );
    });

    it('knows of nothing that lies ahead, however early it is made', async () => {
      const ahead = { [Op.gt]: instantOf(TODAY, '07:31') };
      expect(await Ticket.count({ where: { receivedAt: ahead } })).to.equal(0);
      expect(await DisputeCase.count({ where: { receivedAt: ahead } })).to.equal(0);
      expect(await CaseEvent.count({ where: { at: ahead } })).to.equal(0);
    });

    const EXPECTED: Partial<Record<Role, string[]>> = {
      dispatcher: [
        ...['tickets', 'overdue', 'reassignment', 'awaitingRouting', 'decision', 'verification', 'soon'],
        ...['redo', 'roomless', 'duties.home.unanswered'],
        ...['handling.redo', 'handling.awaitingSigning', 'handling.signed'],
      ],
      mediator: ['pressing', 'takeOver', 'acceptance', 'inMediation', 'awaitingSignature', 'instalment'],
      officer: ['duties.home.mine'],
      informant: [],
      official: ['lateTickets', 'groups', 'breach', 'verification', 'overdueByMediator', 'overdueByVillage'],
      callbackClerk: ['followUps'],
      administrator: ['leftBehind', 'roomless', 'withoutPassword'],
    };

    for (const { username, role } of DEMO_ACCOUNTS) {
      it(`has work of every kind on the desk of ${username}`, async () => {
        const user = (await User.findOne({ where: { username } }))!;
        const home = await loadHome((await findSignedIn(user.id))!.reader);
        const { lists } = presentHome((key) => key, home, TODAY);
        const names = lists.map(({ title }) => title.replace('home.lists.', ''));
        expect(names).to.include.members(EXPECTED[role]!);
        if (role !== 'mediator') return;
        const dues = lists.flatMap(({ items }) => items.map(({ due }) => due?.text));
        expect(dues).to.include.members(['cases.due.overdue', 'cases.due.today', 'cases.due.left']);
      });
    }
  });
