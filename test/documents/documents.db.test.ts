import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { AuditEntry } from '../../models/accounts.ts';
import { CaseEvent, Claimant, DisputeCase } from '../../models/cases.ts';
import { CaseDocument } from '../../models/documents.ts';
import { decryptBytes } from '../../models/encryption.ts';
import { MediationSession } from '../../models/mediation.ts';
import { Settlement } from '../../models/settlements.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { findPapers, openWholeFile, partsOfFile } from '../../server/documents/case-file.service.ts';
import {
  copyInFull,
  freezePaper,
  openPaper,
  voidPaper,
  type WhichPaper,
} from '../../server/documents/documents.service.ts';
import { availablePapers, type PaperForm } from '../../server/documents/forms.rules.ts';
import { paperAsDocx } from '../../server/documents/paper-docx.ts';
import { footOf } from '../../server/documents/paper-foot.rules.ts';
import { printed } from '../../server/documents/paper.rules.ts';
import { openCaseFile } from '../../server/documents/papers.queries.ts';
import { openParticulars, recordParticulars } from '../../server/documents/particulars.service.ts';
import { zipped } from '../../server/documents/zip-stream.ts';
import { signSettlement } from '../../server/settlements/settlements.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, STAGES, type CaseStage } from '../support/town-at-work.ts';
import { wordsOfPaper } from './paper-data.ts';

const NOTHING_LOOSE = /undefined|null|NaN|\[object|Invalid/;

describe('the documents of a case', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let mediator: Reader;
  let colleague: Reader;
  let dispatcher: Reader;

  before(async () => {
    subscribeFeatures();
    town = await aTownAtWork('祝塘镇');
    const readerOf = async ({ id }: { id: string }) => (await findSignedIn(id))!.reader;
    mediator = await readerOf(town.own.mediators[0]!);
    colleague = await readerOf(town.own.mediators[1]!);
    dispatcher = await readerOf(town.sender);
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(() => setClock());

  const at = async (stage: CaseStage): Promise<string> => (await aCaseAt(town.own, stage))['caseId']!;
  const which = (caseId: string, form: PaperForm, sessionId: string | null = null): WhichPaper => ({
    ...{ caseId, form, sessionId },
  });
  const sign = async (caseId: string): Promise<void> => {
    const { version } = (await DisputeCase.findByPk(caseId))!;
    await signSettlement(mediator, caseId, version, { signedOn: '2022-03-07' });
  };
  const final = async (caseId: string, form: PaperForm): Promise<void> => {
    const { sha256 } = await openPaper(mediator, which(caseId, form));
    await freezePaper(mediator, which(caseId, form), sha256);
  };

  for (const stage of STAGES) {
    it(`${stage}: every paper says what it knows and leaves lines for the rest, on the page and in Word`, async () => {
      const caseId = await at(stage);
      await MediationSession.update({ state: 'held', minutes: '第一行\n第二行' }, { where: { caseId } });
      const { data } = await openCaseFile(dispatcher, caseId);
      const papers = availablePapers(data);
      expect(papers.map(({ form }) => form)).to.include('application');
      for (const { form, session } of papers) {
        const { paper } = await openPaper(dispatcher, which(caseId, form, session?.id ?? null));
        expect(wordsOfPaper(paper, 'full'), form).to.not.match(NOTHING_LOOSE);
        const said = await wordsOfDocx(await paperAsDocx(printed(paper, 'full'), footOf(paper, null)));
        expect(said, form).to.not.match(NOTHING_LOOSE);
        expect(said, form).to.include(paper.title);
      }
    });
  }

  it('a Word file names Chinese fonts, counts its pages and says its amounts in words', async () => {
    const { paper } = await openPaper(mediator, which(await at('drafted'), 'agreement'));
    const bytes = await paperAsDocx(printed(paper, 'masked'), footOf(paper, null));
    const files = unzipSync(new Uint8Array(bytes));
    const text = (name: string): string => strFromU8(files[name]!);
    expect(text('word/document.xml')).to.include('方正小标宋简体').and.include('捌仟元整');
    expect(text('word/styles.xml')).to.include('w:eastAsia="仿宋_GB2312"');
    expect(text('word/fontTable.xml')).to.include('<w:altName w:val="仿宋"/>');
    expect(text('word/footer1.xml')).to.include('NUMPAGES').and.include('PAGE');
    expect(text('word/document.xml')).to.include('138****1234').and.not.include('13800001234');
  });

  it('the signature freezes the agreement as it was; the case may change afterwards', async () => {
    const caseId = await at('drafted');
    const before = await openPaper(mediator, which(caseId, 'agreement'));
    expect(before.frozen).to.equal(null);
    await sign(caseId);
    const signed = await openPaper(mediator, which(caseId, 'agreement'));
    expect(signed.frozen).to.include({ by: null, on: '2022-03-07' });
    await Claimant.update({ name: '改名' }, { where: { caseId } });
    await Settlement.update({ terms: '改过的条款' }, { where: { caseId } });
    const later = await openPaper(mediator, which(caseId, 'agreement'));
    expect(later.paper).to.deep.equal(signed.paper);
    expect(wordsOfPaper(later.paper, 'full')).to.include('李强').and.not.include('改过的条款');
    expect(footOf(later.paper, later.frozen).join()).to.include(signed.sha256);
    const other = await openPaper(mediator, which(caseId, 'application'));
    expect(wordsOfPaper(other.paper, 'full')).to.include('改名');
  });

  it('what was frozen lies encrypted, and a changed byte is noticed', async () => {
    const caseId = await at('drafted');
    await sign(caseId);
    const kept = (await CaseDocument.findOne({ where: { caseId, form: 'agreement' } }))!;
    expect(kept.content.includes('李强')).to.equal(false);
    expect(decryptBytes(kept.content).toString('utf8')).to.include('李强');
    await kept.update({ sha256: '0'.repeat(64) });
    const opened = await openPaper(mediator, which(caseId, 'agreement')).catch(
      (error: Error) => error.message,
    );
    expect(opened).to.equal(`document ${kept.id} is not what it was`);
  });

  it('a signature that fails freezes nothing', async () => {
    const caseId = await at('drafted');
    const { version } = (await DisputeCase.findByPk(caseId))!;
    const answer = await refusal(signSettlement(mediator, caseId, version, { signedOn: '2022-03-20' }));
    expect(answer).to.equal('signedOn: errors.dayAfter');
    expect(await CaseDocument.count({ where: { caseId } })).to.equal(0);
  });

  it('is made final as it was shown, once; another content is refused', async () => {
    const caseId = await at('mediated');
    const { sha256 } = await openPaper(mediator, which(caseId, 'acceptance'));
    await DisputeCase.update({ number: '祝劳调〔2022〕0099号' }, { where: { id: caseId } });
    expect(await refusal(freezePaper(mediator, which(caseId, 'acceptance'), sha256))).to.equal(
      'errors.stale',
    );
    await final(caseId, 'acceptance');
    expect(await refusal(freezePaper(mediator, which(caseId, 'acceptance'), sha256))).to.equal(
      'documents.errors.finalAlready',
    );
    const events = await CaseEvent.findAll({ where: { caseId, action: 'freezeDocument' } });
    expect(events.map(({ detail }) => detail)).to.deep.equal([{ document: 'acceptance' }]);
    const shown = await findPapers(mediator, (await DisputeCase.findByPk(caseId))!);
    expect(shown!.papers.find(({ form }) => form === 'acceptance')).to.include({ final: true });
  });

  it('two people who make the same document final at the same moment: one does', async () => {
    const caseId = await at('mediated');
    const { sha256 } = await openPaper(mediator, which(caseId, 'acceptance'));
    const answers = await Promise.allSettled([
      freezePaper(mediator, which(caseId, 'acceptance'), sha256),
      freezePaper(dispatcher, which(caseId, 'acceptance'), sha256),
    ]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    expect(await CaseDocument.count({ where: { caseId } })).to.equal(1);
  });

  it('an agreement is not made final by a button', async () => {
    const caseId = await at('drafted');
    const { sha256 } = await openPaper(mediator, which(caseId, 'agreement'));
    expect(await refusal(freezePaper(mediator, which(caseId, 'agreement'), sha256))).to.equal(
      'documents.errors.finalBySignature',
    );
  });

  it('a final version is declared void with a reason and made anew; the signed one stays', async () => {
    const caseId = await at('drafted');
    await final(caseId, 'application');
    const { frozen } = await openPaper(mediator, which(caseId, 'application'));
    await voidPaper(mediator, caseId, frozen!.id, { reason: '写错了' });
    expect((await openPaper(mediator, which(caseId, 'application'))).frozen).to.equal(null);
    await final(caseId, 'application');
    expect(await CaseDocument.count({ where: { caseId, form: 'application' } })).to.equal(2);
    expect(await refusal(voidPaper(mediator, caseId, frozen!.id, { reason: '再来' }))).to.equal(
      'documents.errors.voidAlready',
    );
    await sign(caseId);
    const agreement = (await openPaper(mediator, which(caseId, 'agreement'))).frozen!;
    expect(await refusal(voidPaper(mediator, caseId, agreement.id, { reason: '不要了' }))).to.equal(
      'documents.errors.signedStays',
    );
  });

  it('a copy in full is on record, without the numbers', async () => {
    const caseId = await at('drafted');
    await copyInFull(mediator, which(caseId, 'agreement'), { reason: 'signing' });
    const event = await CaseEvent.findOne({ where: { caseId, action: 'printDocument' } });
    expect(event!.detail).to.deep.equal({ document: 'agreement', reason: 'signing' });
    const entry = await AuditEntry.findOne({ where: { action: 'printDocument', objectId: caseId } });
    expect(entry!.detail).to.deep.equal({ form: 'agreement', reason: 'signing', numbers: 'full' });
  });

  it('the mediator before taking over, a colleague, and a form of another stage get nothing', async () => {
    const offered = await at('offered');
    expect(await refusal(openPaper(mediator, which(offered, 'application')))).to.equal('errors.notFound');
    const caseId = await at('mediated');
    expect(await refusal(openPaper(colleague, which(caseId, 'application')))).to.equal('errors.notFound');
    expect(await refusal(openPaper(mediator, which(caseId, 'agreement')))).to.equal('errors.notFound');
    expect(await refusal(openPaper(mediator, { caseId, form: 'toString', sessionId: null }))).to.equal(
      'errors.notFound',
    );
    expect(await findPapers(colleague, (await DisputeCase.findByPk(caseId))!)).to.equal(null);
  });

  it('particulars are kept encrypted, stand in the documents, and are not overwritten unseen', async () => {
    const ids = await aCaseAt(town.own, 'mediated');
    const whose = { caseId: ids['caseId']!, subject: 'claimant' as const, id: ids['claimantId']! };
    await recordParticulars(mediator, whose, 0, { address: '建南村12号', monthlyWageFen: 600_000 });
    expect(await openParticulars(mediator, whose)).to.deep.include({ name: '李强', version: 1 });
    const { paper } = await openPaper(mediator, which(whose.caseId, 'application'));
    expect(wordsOfPaper(paper, 'masked')).to.include('建南村12号').and.include('6,000.00元');
    expect(await refusal(recordParticulars(dispatcher, whose, 0, { address: '别处' }))).to.equal(
      'errors.stale',
    );
    await recordParticulars(dispatcher, whose, 1, { address: '文林村3号' });
    expect((await openParticulars(mediator, whose)).known).to.deep.equal({ address: '文林村3号' });
  });

  it('the case file holds its index, every final and required paper, in order, as an archive', async () => {
    const caseId = await at('drafted');
    await final(caseId, 'oralApplication');
    await sign(caseId);
    const file = await openWholeFile(mediator, caseId);
    const forms = file.papers.map(({ form }) => form);
    expect(forms[0]).to.equal('index');
    expect(forms).to.include.members(['application', 'oralApplication', 'agreement', 'performance']);
    expect(forms).to.not.include('arbitrationReview');
    const pieces: Buffer[] = [];
    for await (const piece of zipped(partsOfFile(file, 'masked'))) pieces.push(Buffer.from(piece));
    const files = unzipSync(new Uint8Array(Buffer.concat(pieces)));
    const names = Object.keys(files);
    expect(names[0]).to.equal('00-卷宗目录.docx');
    expect(names).to.have.length(forms.length);
    const agreement = names.find((name) => name.includes('协议书'))!;
    expect(await wordsOfDocx(Buffer.from(files[agreement]!)))
      .to.include('捌仟元整')
      .and.include('李强');
  });
});

/** The words of a .docx, paragraph by paragraph. */
async function wordsOfDocx(bytes: Buffer): Promise<string> {
  const xml = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml']!);
  return xml
    .split('</w:p>')
    .map((paragraph) => [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''))
    .join('\n');
}
