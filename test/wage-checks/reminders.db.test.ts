import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Notice, NoticeAddress, OutboxMessage } from '../../models/notifications.ts';
import { Informant, Responsibility } from '../../models/one-duty.ts';
import { WageCheck, WageReport } from '../../models/wage-checks.ts';
import { WarningAction, WageSignal } from '../../models/warnings.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { useChannels } from '../../server/notifications/channels.ts';
import { deliverOutbox } from '../../server/notifications/delivery.service.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock, today } from '../../server/shared/clock.ts';
import { remindInformants, remindLate, remindOfficers } from '../../server/wage-checks/reminders.service.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { completeAction } from '../../server/wage-checks/warning-actions.service.ts';
import { recordSignal } from '../../server/wage-checks/warning-signals.service.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { translator } from '../../server/web/language.ts';
import { useDatabase } from '../support/database.ts';
import {
  anEnterprise,
  anInformant,
  aResponsibility,
  aTown,
  aUser,
  aVillage,
  aWageReport,
} from '../support/factories.ts';
import { bodyOf, MailServer, subjectOf } from '../support/mail-server.ts';

const NAME = '江阴明华纺织有限公司';

describe('reminders', () => {
  useDatabase();
  const mail = new MailServer();
  let town: Area;
  let village: Area;
  let enterprises: Enterprise[];
  let dispatcher: User;

  before(() => mail.open());
  beforeEach(async () => {
    await OutboxMessage.destroy({ where: {} });
    await Notice.destroy({ where: {} });
    await Responsibility.destroy({ where: {} });
    await Informant.update({ activeTo: '2020-12-31' }, { where: {} });
    mail.received.length = 0;
    at('2026-03-02');
    town = await aTown();
    dispatcher = await aUser('陈建国', 'dispatcher', town);
    village = await aVillage(town, '建南村', 1);
    enterprises = [
      await anEnterprise(town, NAME, { villageId: village.id }),
      await anEnterprise(town, '江阴永利机械有限公司', { villageId: village.id }),
      await anEnterprise(town, '江阴顺达物流有限公司'),
    ];
    await openRound({ day: '2026-03-02', inTurn: inTx });
  });
  after(async () => {
    setClock();
    await mail.close();
    useChannels({ mail: null, webhook: null, outboxAttempts: 8, publicUrl: null }, translator);
  });

  const at = (day: CalendarDay, time = '09:00') => setClock(() => instantOf(day, time));
  const run = <T>(job: (context: { day: CalendarDay; inTurn: typeof inTx }) => Promise<T>) =>
    job({ day: today(), inTurn: inTx });
  const toldOn = async (template: string, userId: string): Promise<object[]> =>
    (await Notice.findAll({ where: { template, userId }, order: ['id'] })).map(({ params }) => params);
  const checkOf = async (index: number): Promise<WageCheck> =>
    (await WageCheck.findOne({ where: { enterpriseId: enterprises[index]!.id, month: '2026-03' } }))!;

  describe('of informants', () => {
    let silent: Informant;
    let reporting: Informant;
    beforeEach(async () => {
      [silent, reporting] = [await anInformant(enterprises[0]!), await anInformant(enterprises[1]!)];
      await aWageReport(await checkOf(1), reporting);
    });

    it('reach, on the 15th and on the 19th, who has not reported, once each, however often the job runs', async () => {
      for (const day of [
        '2026-03-14',
        '2026-03-15',
        '2026-03-16',
        '2026-03-18',
        '2026-03-19',
        '2026-03-20',
      ]) {
        at(day);
        await Promise.all([run(remindInformants), run(remindInformants)]);
        await run(remindInformants);
      }
      const due = { month: '2026-03', day: '2026-03-20' };
      expect(await toldOn('round.report', silent.userId)).to.deep.equal([due, due]);
      expect(await toldOn('round.report', reporting.userId)).to.deep.equal([]);
    });

    it('wait for the morning, and say in their count how many', async () => {
      at('2026-03-15', '07:59');
      expect(await run(remindInformants)).to.deep.equal({ informantsReminded: 0 });
      at('2026-03-15', '08:00');
      expect(await run(remindInformants)).to.deep.equal({ informantsReminded: 1 });
    });

    it('come once where the process slept over both days, and not at all after the report was due', async () => {
      at('2026-03-20');
      expect(await run(remindInformants)).to.deep.equal({ informantsReminded: 1 });
      await Notice.destroy({ where: {} });
      at('2026-03-21');
      expect(await run(remindInformants)).to.deep.equal({ informantsReminded: 0 });
    });

    it('leave out who serves no more, and whose enterprise is left out', async () => {
      await silent.update({ activeTo: '2026-03-14' });
      const third = await anInformant(enterprises[2]!);
      await WageCheck.update({ leftOutReason: 'seasonal' }, { where: { enterpriseId: enterprises[2]!.id } });
      at('2026-03-15');
      expect(await run(remindInformants)).to.deep.equal({ informantsReminded: 0 });
      expect(await toldOn('round.report', third.userId)).to.deep.equal([]);
    });

    it('stop with the report', async () => {
      at('2026-03-15');
      await run(remindInformants);
      await WageReport.update({ reportedOn: '2026-03-17' }, { where: { informantId: reporting.id } });
      await aWageReport(await checkOf(0), silent);
      at('2026-03-19');
      expect(await run(remindInformants)).to.deep.equal({ informantsReminded: 0 });
    });

    it('go out by mail without the enterprise, the informant’s code or a word of wages', async () => {
      const from = { name: '三个一', address: 'notice@three-ones.example' };
      const publicUrl = new URL('https://three-ones.example');
      useChannels(
        { mail: { server: mail.url, from }, webhook: null, outboxAttempts: 8, publicUrl },
        translator,
      );
      await NoticeAddress.create({ userId: silent.userId, mail: 'worker@example.cn' });
      at('2026-03-15');
      await run(remindInformants);
      await deliverOutbox({ day: today(), inTurn: inTx });
      expect(mail.received.map(({ to }) => to)).to.deep.equal(['worker@example.cn']);
      const [letter] = mail.received as [(typeof mail.received)[0]];
      expect(subjectOf(letter)).to.equal('请在 2026-03-20 前完成填报（2026年3月）');
      expect(bodyOf(letter)).to.include('https://three-ones.example/wage-report');
      for (const secret of [NAME, '明华', silent.code, silent.name, '工资', enterprises[0]!.id])
        expect(`${letter.raw}${bodyOf(letter)}`, secret).not.to.include(secret);
    });
  });

  describe('of officers', () => {
    it('say how many enterprises nobody has checked, by enterprise and by village, and come again on the 26th', async () => {
      const [one, ofVillage, idle] = [await aUser('钱志远'), await aUser('孙立新'), await aUser('李国华')];
      await aResponsibility(one, { enterprise: enterprises[2]! });
      await aResponsibility(one, { enterprise: enterprises[0]! });
      await aResponsibility(ofVillage, { village });
      await aResponsibility(ofVillage, { enterprise: enterprises[0]!, kind: 'union' });
      await aResponsibility(idle, { enterprise: enterprises[1]!, toDay: '2026-03-20' });
      at('2026-03-20');
      // Of the month before nothing was opened, so that nothing is unchecked.
      expect(await run(remindOfficers)).to.deep.equal({ officersReminded: 0 });
      at('2026-03-21');
      expect(await run(remindOfficers)).to.deep.equal({ officersReminded: 2 });
      expect(await run(remindOfficers)).to.deep.equal({ officersReminded: 0 });
      await (await checkOf(2)).update({ checkedOn: '2026-03-23', checkedById: one.id });
      await (await checkOf(1)).update({ checkedOn: '2026-03-23', checkedById: ofVillage.id });
      at('2026-04-02');
      await openRound({ day: '2026-04-02', inTurn: inTx });
      expect(await run(remindOfficers), 'asleep on the 26th').to.deep.equal({ officersReminded: 2 });
      const march = (count: number) => ({ month: '2026-03', count });
      expect(await toldOn('round.unchecked', one.id)).to.deep.equal([march(2), march(1)]);
      expect(await toldOn('round.unchecked', ofVillage.id)).to.deep.equal([march(2), march(1)]);
      const [notice] = await Notice.findAll({ where: { template: 'round.unchecked' } });
      expect(notice!.path).to.equal('/wage-checks?month=2026-03');
    });

    it('do not come where everything is checked', async () => {
      const officer = await aUser('钱志远');
      await aResponsibility(officer, { village });
      await WageCheck.update({ checkedOn: '2026-03-10' }, { where: { townId: town.id } });
      at('2026-03-21');
      expect(await run(remindOfficers)).to.deep.equal({ officersReminded: 0 });
    });
  });

  describe('of what is late', () => {
    let officer: Reader;
    beforeEach(async () => {
      const user = await aUser('钱志远', 'officer', town);
      await aResponsibility(user, { enterprise: enterprises[0]!, isLead: true });
      officer = (await findSignedIn(user.id))!.reader;
      const signal = { kind: 'rentUnpaid' as const, since: '2026-03-02', days: null, consentFiled: null };
      await WageSignal.destroy({ where: {} });
      await recordSignal(officer, enterprises[0]!.id, { ...signal, note: '房东来电' });
    });

    it('reach the named person and the dispatcher once, from the day after', async () => {
      const { id, dueOn, warningId } = (await WarningAction.findOne({
        where: { assigneeId: officer.userId },
      }))!;
      at(dueOn);
      expect(await run(remindLate)).to.deep.equal({ lateTold: 0 });
      at('2026-03-10');
      const twice = await Promise.all([run(remindLate), run(remindLate)]);
      expect(twice.reduce((sum, { lateTold }) => sum + lateTold, 0)).to.equal(1);
      at('2026-03-17');
      expect(await run(remindLate)).to.deep.equal({ lateTold: 0 });
      const told = [{ level: 'blue', day: dueOn }];
      expect(await toldOn('warning.late', officer.userId)).to.deep.equal(told);
      expect(await toldOn('warning.late', dispatcher.id)).to.deep.equal(told);
      const [notice] = await Notice.findAll({ where: { template: 'warning.late' } });
      expect([notice!.path, notice!.about, (await WarningAction.findByPk(id))!.lateToldOn]).to.deep.equal([
        `/warnings/${warningId}`,
        enterprises[0]!.name,
        '2026-03-10',
      ]);
    });

    it('do not come when it was done in time', async () => {
      const action = (await WarningAction.findOne({ where: { assigneeId: officer.userId } }))!;
      await completeAction(officer, action.warningId, action.id, { doneOn: '2026-03-02', note: '已走访' });
      at('2026-03-17');
      expect(await run(remindLate)).to.deep.equal({ lateTold: 0 });
    });
  });
});
