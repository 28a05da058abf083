import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { Claimant } from '../../models/cases.ts';
import { currentDatabase } from '../../models/dialect.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { ticketListHref, type TicketFilter } from '../../server/hotline/ticket-filter.rules.ts';
import { readTicketFilter } from '../../server/hotline/ticket-list.form.ts';
import { listTickets } from '../../server/hotline/ticket-list.queries.ts';
import { newId } from '../../server/shared/ids.ts';
import { useDatabase } from '../support/database.ts';
import { planOf, statementsOf } from '../support/statements.ts';
import { aCase, aJurisdiction, aReader, aTicket, aTown, aVillage } from '../support/factories.ts';

describe('the list of tickets', () => {
  useDatabase();
  let jurisdiction: Area;
  let town: Area;
  let village: Area;
  let reader: Reader;

  beforeEach(async () => {
    jurisdiction = await aJurisdiction();
    town = await aTown('祝塘镇', jurisdiction);
    village = await aVillage(town, '建南村');
    reader = await aReader(['dispatcher', town]);
  });

  const numbers = async (filter: TicketFilter, who = reader): Promise<string[]> =>
    (await listTickets(who, filter)).rows.map(({ ticket }) => ticket.number);

  it('shows what waits oldest first, and everything newest first', async () => {
    const old = await aTicket(town, '2026-01-05');
    const recent = await aTicket(town, '2026-03-01');
    const returned = await aTicket(town, '2026-02-01', { state: 'returned', returnReason: 'notLabour' });
    expect(await numbers({ state: 'awaitingRouting' })).to.deep.equal([old.number, recent.number]);
    expect(await numbers({})).to.deep.equal([recent.number, returned.number, old.number]);
    expect((await listTickets(reader, { state: 'returned' })).waiting).to.equal(2);
  });

  it('turns pages there and back without losing a row, also over two towns and on one day', async () => {
    const other = await aTown('长泾镇', jurisdiction);
    for (let n = 0; n < 7; n++) await aTicket(n % 2 ? town : other, n < 4 ? '2026-02-01' : '2026-02-02');
    const clerk = await aReader(['dispatcher', jurisdiction]);
    for (const filter of [{}, { state: 'awaitingRouting' }] as TicketFilter[]) {
      const whole = (await listTickets(clerk, filter)).rows.map(({ ticket }) => ticket.id);
      expect(new Set(whole).size).to.equal(7);
      const seen: string[][] = [];
      let page = await listTickets(clerk, filter, {}, 3);
      expect(page.newer).to.equal(null);
      for (;;) {
        seen.push(page.rows.map(({ ticket }) => ticket.id));
        if (!page.older) break;
        page = await listTickets(clerk, filter, { after: page.older }, 3);
      }
      expect(seen.flat()).to.deep.equal(whole);
      page = await listTickets(clerk, filter, { before: page.newer! }, 3);
      expect(page.rows.map(({ ticket }) => ticket.id)).to.deep.equal(seen[1]);
      page = await listTickets(clerk, filter, { before: page.newer! }, 3);
      expect(page.rows.map(({ ticket }) => ticket.id)).to.deep.equal(seen[0]);
      expect(page.newer).to.equal(null);
    }
  });

  it('never shows or counts another town’s, or for a village’s clerk another village’s', async () => {
    await aTicket(town, '2026-02-01', { number: 'SAME-1' });
    const own = await aTicket(town, '2026-02-01', { villageId: village.id });
    await aTicket(await aTown('长泾镇'), '2026-02-01', { number: 'SAME-2' });
    expect(await numbers({ text: 'SAME' })).to.deep.equal(['SAME-1']);
    const clerk = await aReader(['dispatcher', village]);
    const page = await listTickets(clerk, {});
    expect([page.rows.map(({ ticket }) => ticket.id), page.total, page.waiting]).to.deep.equal([
      [own.id],
      1,
      1,
    ]);
    expect((await listTickets(await aReader(['mediator', town]), {})).rows).to.deep.equal([]);
  });

  it('puts a ticket where its case lies, before that where it lies itself', async () => {
    const elsewhere = await aVillage(town, '河塘村');
    const moved = await aTicket(town, '2026-02-01', {
      villageId: elsewhere.id,
      caseId: (await aCase(town).in(village).saved()).id,
    });
    const placeless = await aTicket(town, '2026-02-02', {
      villageId: village.id,
      caseId: (await aCase(town).saved()).id,
    });
    const waiting = await aTicket(town, '2026-02-03', { villageId: village.id });
    expect(await numbers({ area: village.id })).to.deep.equal([
      waiting.number,
      placeless.number,
      moved.number,
    ]);
    expect(await numbers({ area: elsewhere.id })).to.deep.equal([]);
    expect(await numbers({ area: town.id })).to.have.length(3);
    expect(await numbers({ area: jurisdiction.id })).to.have.length(3);
    expect(await numbers({ area: newId() })).to.deep.equal([]);
    const { rows } = await listTickets(reader, { text: moved.number });
    expect(rows[0]!.village).to.equal('建南村');
  });

  it('counts as received what 接件数 counts', async () => {
    const waiting = await aTicket(town, '2026-02-01');
    await aTicket(town, '2026-02-01', { state: 'returned' });
    for (const outcome of ['notLabour', 'duplicate', 'void'] as const) {
      await aTicket(town, '2026-02-01', {
        caseId: (await aCase(town).closedOn('2026-02-05', outcome).saved()).id,
      });
    }
    const settled = await aTicket(town, '2026-02-01', {
      caseId: (await aCase(town).closedOn('2026-02-05').saved()).id,
    });
    expect(await numbers({ valid: 'yes' })).to.have.members([waiting.number, settled.number]);
    expect(await numbers({ valid: 'yes', receivedFrom: '2026-02-02' })).to.deep.equal([]);
    expect(await numbers({ receivedFrom: '2026-02-01', receivedTo: '2026-02-01' })).to.have.length(6);
  });

  it('finds by the beginning of a number, words, respondent and caller; % and _ are letters', async () => {
    const found = await aTicket(town, '2026-02-01', {
      number: 'WX-20260201-7',
      title: '工资100%没有发',
      respondentText: '宏达针织',
      callerName: '李强',
    });
    const made = await aCase(town)
      .with({ title: '加班费争议', searchTokens: searchTokens('加班费争议', '大成机械') })
      .saved();
    await Claimant.create({ caseId: made.id, position: 1, name: '赵敏' });
    const linked = await aTicket(town, '2026-02-02', { caseId: made.id });
    const first = [found.number];
    for (const text of ['WX-2026', '工资', '100%没', '宏达', '李强']) {
      expect(await numbers({ text }), text).to.deep.equal(first);
    }
    for (const text of ['大成', '加班费', '赵敏']) {
      expect(await numbers({ text }), text).to.deep.equal([linked.number]);
    }
    for (const text of ['20260201', '100%%', '工_没', '"', "' OR 1=1", '*', '😀']) {
      expect(await numbers({ text }), text).to.deep.equal([]);
    }
  });

  it('finds by the end of a number, and by letters in any case', async () => {
    const found = await aTicket(town, '2026-02-01', { number: 'JY20260201-0113' });
    await aTicket(town, '2026-02-01', { number: 'JY20260113-0001' });
    await aTicket(await aTown('长泾镇', jurisdiction), '2026-02-01', { number: 'CJ20260201-0113' });
    for (const text of [
      '0113',
      '113',
      '-0113',
      'jy20260201',
      'JY20260201',
      'y20260201-0113',
      'Y20260201-0113',
    ])
      expect(await numbers({ text }), text).to.deep.equal([found.number]);
    for (const text of ['13', '2026', '0113-', '_0113'])
      expect(await numbers({ text }), text).to.deep.equal([]);
  });

  it('finds by the end of the number of its case', async () => {
    const numbered = await aCase(town).with({ number: '祝劳调〔2026〕0113号' }).saved();
    const other = await aCase(town).with({ number: '祝劳调〔2026〕1130号' }).saved();
    const foreign = await aCase(await aTown('长泾镇', jurisdiction))
      .with({ number: '长劳调〔2026〕0113号' })
      .saved();
    const found = await aTicket(town, '2026-02-01', { caseId: numbered.id });
    await aTicket(town, '2026-02-01', { caseId: other.id });
    expect(foreign.number).to.contain('0113');
    for (const text of ['0113', '113']) expect(await numbers({ text }), text).to.deep.equal([found.number]);
    for (const text of ['011', '1133']) expect(await numbers({ text }), text).to.deep.equal([]);
  });

  it('says what sounds an alarm while it waits', async () => {
    await aTicket(town, '2026-02-01', { title: '要跳楼' });
    await aTicket(town, '2026-02-02', { content: '准备集访' });
    await aTicket(town, '2026-02-03', { title: '要跳楼', state: 'returned' });
    const { rows } = await listTickets(reader, {});
    expect(rows.map(({ alarms }) => alarms.map(({ key }) => key))).to.deep.equal([
      [],
      ['routing.alarms.petition'],
      ['routing.alarms.danger'],
    ]);
  });

  it('does not let who may not know a caller confirm a name by searching for it', async () => {
    const neighbour = await aTown('长泾镇', jurisdiction);
    const values = { title: '李强工资没有发', respondentText: '宏达针织', callerName: '李强' };
    await aTicket(town, '2026-02-01', values);
    const made = await aCase(town).saved();
    await Claimant.create({ caseId: made.id, position: 1, name: '李强' });
    await aTicket(town, '2026-02-02', { caseId: made.id });
    const official = await aReader(['official', town]);
    const both = await aReader(['official', town], ['dispatcher', neighbour]);
    for (const who of [official, both]) {
      expect(await numbers({ text: '李强' }, who)).to.deep.equal([]);
      expect(await numbers({ text: '宏达' }, who)).to.have.length(1);
    }
    expect(await numbers({ text: '李强' })).to.have.length(2);
  });

  it('says nothing of a case that lies out of reach', async () => {
    const elsewhere = await aVillage(town, '河塘村');
    const moved = await aCase(town)
      .in(elsewhere)
      .closedOn('2026-02-05')
      .with({ number: '祝劳调〔2026〕0007号', searchTokens: searchTokens('加班费争议') })
      .saved();
    await aTicket(town, '2026-02-01', { villageId: village.id, caseId: moved.id });
    const clerk = await aReader(['dispatcher', village]);
    const [row] = (await listTickets(clerk, {})).rows;
    expect([row!.disputeCase, row!.village]).to.deep.equal([null, '建南村']);
    expect(await numbers({ text: '加班费' }, clerk)).to.deep.equal([]);
    expect((await listTickets(reader, { text: '加班费' })).rows[0]!.disputeCase!.id).to.equal(moved.id);
  });

  it('is read by an index in its order', async () => {
    await aTicket(town, '2026-02-01');
    const sqlite = currentDatabase().getDialect() === 'sqlite';
    for (const filter of [{}, { state: 'awaitingRouting' }, { state: 'linked' }] as TicketFilter[]) {
      const statements = await statementsOf(() => listTickets(reader, filter));
      const lists = statements.filter((sql) => /FROM `tickets`/.test(sql) && /ORDER BY/.test(sql));
      expect(lists).to.have.length(1);
      expect(await planOf(lists[0]!)).not.to.match(
        sqlite ? /SCAN Ticket|TEMP B-TREE/ : /"type":"ALL"|filesort/,
      );
    }
  });

  describe('its address', () => {
    it('without any condition shows what waits; state=all everything', () => {
      expect(readTicketFilter({})).to.deep.equal({ state: 'awaitingRouting' });
      expect(readTicketFilter({ state: 'all' })).to.deep.equal({});
      expect(ticketListHref({})).to.equal('/tickets?state=all');
    });

    it('is read as it is written, and what is none of its values is left out', () => {
      const filter: TicketFilter = {
        area: newId(),
        state: 'linked',
        valid: 'yes',
        receivedFrom: '2026-01-01',
        receivedTo: '2026-12-31',
        text: '工资 & 100%',
      };
      const query = Object.fromEntries(new URL(ticketListHref(filter), 'http://x').searchParams);
      expect(readTicketFilter(query)).to.deep.equal(filter);
      const wrong = { area: 'x', state: 'no', valid: '1', receivedFrom: '2022-02-30', text: '工资' };
      expect(readTicketFilter(wrong)).to.deep.equal({ text: '工资' });
    });
  });
});
