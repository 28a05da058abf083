import { expect } from 'chai';
import { pino } from 'pino';
import { Session } from '../../models/accounts.ts';
import { inTx } from '../../models/dialect.ts';
import { JobLease, JobRun } from '../../models/job-runs.ts';
import { endLease, LeaseLost, takeLease, withLease } from '../../jobs/lease.ts';
import { runJob } from '../../jobs/run.ts';
import { JOB_NAMES, JOBS, type Job } from '../../jobs/schedule.ts';
import { setClock } from '../../server/shared/clock.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { runCli } from '../support/cli.ts';
import { useDatabase } from '../support/database.ts';

const log = pino({ level: 'silent' });

/** A job that counts how often it was run, and takes its time. */
function aJob(work: () => unknown = () => undefined) {
  let runs = 0;
  const job: Pick<Job, 'run'> = {
    run: async ({ inTurn }) => {
      runs++;
      await inTurn(async () => void (await work()));
      return { done: 1 };
    },
  };
  return { job, runs: () => runs };
}

describe('jobs', () => {
  const database = useDatabase();
  beforeEach(async () => {
    await JobRun.destroy({ where: {} });
    await JobLease.destroy({ where: {} });
  });
  afterEach(() => setClock());

  it('run once for a minute of the schedule, however many processes hear it', async () => {
    const { job, runs } = aJob(() => new Promise((done) => setTimeout(done, 50)));
    const wish = { slot: '2026-03-02 09:05', day: '2026-03-02' };
    const results = await Promise.all(Array.from({ length: 5 }, () => runJob('one', job, wish, log)));
    const later = await runJob('one', job, wish, log);
    expect(runs()).to.equal(1);
    expect(results.filter(({ state }) => state === 'done')).to.have.length(1);
    expect(later.state).to.equal('elsewhere');
    expect(await JobRun.findAll({ where: { name: 'one' } })).to.have.length(1);
  });

  it('run again for the next minute and whenever somebody asks; every run is kept', async () => {
    const { job, runs } = aJob();
    await runJob('two', job, { slot: '2026-03-02 09:05', day: '2026-03-02' }, log);
    await runJob('two', job, { slot: '2026-03-02 10:05', day: '2026-03-02' }, log);
    await runJob('two', job, { day: '2026-02-01' }, log);
    expect(runs()).to.equal(3);
    const kept = await JobRun.findAll({
      where: { name: 'two' },
      order: [
        ['startedAt', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    expect(kept.map(({ state, day, counts }) => [state, day, counts['done']])).to.deep.equal([
      ['done', '2026-03-02', 1],
      ['done', '2026-03-02', 1],
      ['done', '2026-02-01', 1],
    ]);
    expect(kept.map(({ fence }) => fence)).to.deep.equal([1, 2, 3]);
  });

  it('of a job that runs often are kept where they found something to do, and the last that did not', async () => {
    let found = 0;
    const job = { run: () => Promise.resolve({ sent: found }), often: true as const };
    for (const [minute, count] of [0, 0, 2, 0, 0].entries()) {
      found = count;
      await runJob('often', job, { slot: `2026-03-02 09:0${minute}`, day: '2026-03-02' }, log);
    }
    const kept = await JobRun.findAll({ where: { name: 'often' }, order: [['id', 'ASC']] });
    expect(kept.map(({ slot, counts }) => [slot, counts['sent']])).to.deep.equal([
      ['2026-03-02 09:02', 2],
      ['2026-03-02 09:04', 0],
    ]);
  });

  it('that fail are kept as failed, give the lease back, and can run again', async () => {
    const { job } = aJob(() => Promise.reject(new Error('boom')));
    expect(await runJob('three', job, {}, log)).to.deep.equal({ state: 'failed', failure: 'error' });
    expect((await JobRun.findOne({ where: { name: 'three' } }))!).to.include({
      state: 'failed',
      failure: 'error',
    });
    expect((await runJob('three', aJob().job, {}, log)).state).to.equal('done');
  });

  it('that died are called interrupted by the next run', async () => {
    await JobLease.create({ name: 'four', fence: 7, expiresAt: new Date(0) });
    await JobRun.create({ name: 'four', day: '2026-03-01', fence: 7 });
    await runJob('four', aJob().job, {}, log);
    const states = (await JobRun.findAll({ where: { name: 'four' }, order: [['fence', 'ASC']] })).map(
      ({ state }) => state,
    );
    expect(states).to.deep.equal(['interrupted', 'done']);
  });

  it('that were overtaken write nothing any more', async () => {
    const slow = (await takeLease('five'))!;
    await JobLease.update({ expiresAt: new Date(0) }, { where: { name: 'five' } });
    const next = (await takeLease('five'))!;
    expect(next.fence).to.equal(slow.fence + 1);
    const wrote = await withLease(slow, () => Promise.resolve('written')).catch((error: unknown) => error);
    expect(wrote).to.be.instanceOf(LeaseLost);
    expect(await withLease(next, () => Promise.resolve('written'))).to.equal('written');
    await endLease(slow);
    expect(await takeLease('five')).to.equal(null);
  });

  it('hold their lease by the database’s clock, not by the process’s', async () => {
    await takeLease('six');
    setClock(() => instantOf('2099-01-01', '00:00'));
    expect(await takeLease('six')).to.equal(null);
  });

  it('are started from a terminal for any day', async () => {
    await inTx(() => Session.create({ sid: 'old', expires: new Date(0), data: '{}' }));
    const ran = runCli(database.url, 'job', 'expiredSessions', '--date', '2026-01-05');
    expect([ran.status, ran.stdout.trim()]).to.deep.equal([0, '{"ended":1}']);
    expect(await JobRun.findOne({ where: { name: 'expiredSessions' } })).to.include({
      day: '2026-01-05',
      slot: null,
    });
    expect(await Session.count({ where: { sid: 'old' } })).to.equal(0);
    const unknown = runCli(database.url, 'job', 'nothing');
    expect(unknown.status).to.equal(1);
    expect(unknown.stderr).to.contain('nothing').and.contain('expiredSessions');
    expect(runCli(database.url, 'job', 'expiredSessions', '--date', '2026-02-30').status).to.equal(1);
  });

  it('each have a time that the scheduler understands', async () => {
    const { validate } = await import('node-cron');
    for (const name of JOB_NAMES) expect(validate(JOBS[name].cron), name).to.equal(true);
  });
});
