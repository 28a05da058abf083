import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { AuditEntry, type User } from '../../models/accounts.ts';
import { CaseEvent } from '../../models/cases.ts';
import { Attachment, AttachmentChunk } from '../../models/documents.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import { paperAsDocx } from '../../server/documents/paper-docx.ts';
import { printed } from '../../server/documents/paper.rules.ts';
import { composePaper } from '../../server/documents/compose.rules.ts';
import { letSignIn, useProgram, type Page, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork, type Corner } from '../support/town-at-work.ts';
import { A_PDF, aJpeg, AN_MP3, aPng } from './files.ts';
import { fullPaperData } from './paper-data.ts';

const MB = 2 ** 20;

describe('the files of a case', () => {
  const program = useProgram();
  let desk: Corner;
  let mediator: Visitor;
  let path: string;
  let sender: User;
  let paymentId: string;

  before(async () => {
    const home = await aTownAtWork('祝塘镇');
    desk = home.own;
    sender = home.sender;
    await letSignIn(sender, ...desk.mediators, ...home.same.mediators);
    mediator = await program.as(desk.mediators[0]!);
  });
  beforeEach(async () => {
    const ids = await aCaseAt(desk, 'paidOnce');
    path = `/cases/${ids['caseId']!}`;
    paymentId = ids['paymentId']!;
  });

  const upload = async (name: string, bytes: Buffer, more: Record<string, string> = {}): Promise<Page> => {
    await mediator.visit(`${path}/attachments`);
    return mediator.submit(`${path}/attachments`, { file: { name, bytes }, kind: 'evidence', ...more });
  };
  const latest = async (): Promise<Attachment> =>
    (await Attachment.findOne({ where: { caseId: path.split('/')[2]! }, order: [['id', 'DESC']] }))!;
  const bytesOf = async (attachment: Attachment) => {
    const answer = await mediator.agent
      .get(`${path}/attachments/${attachment.id}`)
      .buffer(true)
      .parse((res, done) => {
        const pieces: Buffer[] = [];
        res.on('data', (piece: Buffer) => pieces.push(piece));
        res.on('end', () => done(null, Buffer.concat(pieces)));
      });
    return { headers: answer.headers as Record<string, string>, bytes: answer.body as Buffer };
  };

  const office = async (): Promise<[string, Buffer, string][]> => [
    ['说明.docx', await paperAsDocx(printed(composePaper('index', fullPaperData()), 'masked'), []), 'docx'],
    [
      '工资.xlsx',
      Buffer.from(await writeXlsx([{ name: '工资', headerRows: 1, rows: [['姓名'], ['李强']] }])),
      'xlsx',
    ],
  ];

  it('takes photos, PDF, recordings, Word and Excel by what their bytes say', async () => {
    const files: [string, Buffer, string][] = [
      ['现场.jpg', aJpeg().bytes, 'jpg'],
      ['截图.png', aPng(), 'png'],
      ['考勤.pdf', A_PDF, 'pdf'],
      ['录音.mp3', AN_MP3, 'mp3'],
      ['其实是PDF.jpg', A_PDF, 'pdf'],
      ...(await office()),
    ];
    for (const [name, bytes, ending] of files) {
      const page = await upload(name, bytes);
      expect(page.status, name).to.equal(200);
      const { fileName } = await latest();
      expect(page.text, name).to.include(fileName);
      expect(fileName, name).to.match(new RegExp(`^${name.split('.')[0]!}\\.${ending}$`));
    }
  });

  it('a photo loses its place; it is sent to be saved, as what it is', async () => {
    const { bytes: photo, picture } = aJpeg();
    await upload('现场.jpg', photo, { note: '车间门口' });
    const attachment = await latest();
    const { headers, bytes } = await bytesOf(attachment);
    expect(bytes.includes('GPS-31.9N-120.4E')).to.equal(false);
    expect(bytes.includes(picture)).to.equal(true);
    expect(headers['content-type']).to.equal('image/jpeg');
    expect(headers['content-disposition']).to.match(
      /^attachment;.*filename\*=UTF-8''%E7%8E%B0%E5%9C%BA\.jpg/,
    );
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers['content-security-policy']).to.include('sandbox');
    expect(headers['cache-control']).to.equal('no-store');
    const actions = (await AuditEntry.findAll({ where: { objectId: attachment.id } })).map(
      ({ action }) => action,
    );
    expect(actions).to.have.members(['addAttachment', 'downloadAttachment']);
    const parts = await AttachmentChunk.findAll({ where: { attachmentId: attachment.id } });
    expect(parts.every((part) => !part.bytes.includes(picture))).to.equal(true);
  });

  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const REFUSED: [string, Buffer, string][] = [
    ['图.svg', svg, 'SVG'],
    ['图.jpg', Buffer.concat([Buffer.from('\uFEFF<?xml version="1.0"?>'), svg]), 'SVG'],
    ['页面.pdf', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'SVG'],
    ['运行.sh', Buffer.from('#!/bin/sh\nrm -rf /\n'), '脚本'],
    ['文本.pdf', Buffer.from('只是文字'), '这种文件不能上传'],
    ['程序.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), '这种文件不能上传'],
    ['坏.jpg', aJpeg().bytes.subarray(0, 60), '照片文件已损坏'],
    ['空.pdf', Buffer.alloc(0), '文件是空的'],
  ];
  for (const [name, bytes, sentence] of REFUSED) {
    it(`${name} is refused with a sentence`, async () => {
      const page = await upload(name, bytes, { note: '留着' });
      expect(page.status).to.equal(422);
      expect(page.error('file')).to.include(sentence);
      expect(page.value('note'), 'what was typed is kept').to.equal('留着');
      expect(await Attachment.count({ where: { caseId: path.split('/')[2]! } })).to.equal(0);
    });
  }

  it('a file of 20 MB is taken in pieces and given back whole; a larger one is refused', async () => {
    const large = Buffer.concat([A_PDF, Buffer.alloc(20 * MB - A_PDF.length, 7)]);
    expect((await upload('大.pdf', large)).status).to.equal(200);
    const attachment = await latest();
    expect(await AttachmentChunk.count({ where: { attachmentId: attachment.id } })).to.equal(40);
    expect((await bytesOf(attachment)).bytes.equals(large)).to.equal(true);
    const page = await upload('更大.pdf', Buffer.concat([large, Buffer.from('x')]));
    expect(page.status).to.equal(422);
    expect(page.error('file')).to.include('20 MB');
    expect((await upload('太大.pdf', Buffer.concat([large, large, A_PDF]))).status).to.equal(413);
  });

  it('belongs to a payment of this case, and to no other', async () => {
    await upload('回单.pdf', A_PDF, { kind: 'paymentProof', paymentId });
    expect((await latest()).paymentId).to.equal(paymentId);
    const foreign = (await aCaseAt(desk, 'paidOnce'))['paymentId']!;
    const fields = { file: { name: '回单.pdf', bytes: A_PDF }, kind: 'paymentProof', paymentId: foreign };
    const form = (await mediator.visit(`${path}/attachments`)).form(`${path}/attachments`);
    const key = form.controls.find(({ name }) => name === 'idempotencyKey')!.value!;
    const answer = await mediator.send(`${path}/attachments`, { ...fields, idempotencyKey: key }, true);
    expect(answer.status).to.equal(422);
  });

  it('the same form sent twice keeps one file', async () => {
    const form = (await mediator.visit(`${path}/attachments`)).form(`${path}/attachments`);
    const fields = { file: { name: '考勤.pdf', bytes: A_PDF }, kind: 'evidence' };
    await mediator.submit(form, fields);
    await mediator.submit(form, fields);
    expect(await Attachment.count({ where: { caseId: path.split('/')[2]! } })).to.equal(1);
  });

  it('is declared void with a reason, stays on record, and leaves the case file', async () => {
    await upload('错的.pdf', A_PDF);
    await upload('对的.pdf', A_PDF);
    const page = await mediator.visit(`${path}/attachments`);
    const ask = page.links.find(({ href }) => href.endsWith('/void'))!.href;
    expect((await mediator.fill(ask, {})).error('reason')).to.equal('必须填写。');
    const list = await mediator.submit(ask, { reason: '传错了案件' });
    expect(list.text).to.include('已作废').and.include('传错了案件').and.include('错的.pdf');
    expect((await mediator.visit(ask)).status, 'not twice').to.equal(409);
    const shown = await mediator.visit(path);
    expect(shown.text).to.include('对的.pdf').and.not.include('错的.pdf');
    const caseId = path.split('/')[2]!;
    expect(await CaseEvent.count({ where: { caseId, action: 'voidAttachment' } })).to.equal(1);
  });

  const archive = async (): Promise<Record<string, Uint8Array>> => {
    const answer = await mediator.agent
      .get(`${path}/file.zip`)
      .buffer(true)
      .parse((res, done) => {
        const pieces: Buffer[] = [];
        res.on('data', (piece: Buffer) => pieces.push(piece));
        res.on('end', () => done(null, Buffer.concat(pieces)));
      });
    expect(answer.headers['content-disposition']).to.include('attachment');
    return unzipSync(new Uint8Array(answer.body as Buffer));
  };

  it('the archive of the case holds its files as they were kept', async () => {
    await upload('现场.jpg', aJpeg().bytes);
    const files = await archive();
    const photo = Buffer.from(files['附件/01-证据材料-现场.jpg']!);
    expect(photo.includes(aJpeg().picture)).to.equal(true);
    expect(photo.includes('GPS-31.9N-120.4E')).to.equal(false);
  });

  it('is the signed copy of a paper, from the first or afterwards, and lies behind it in the case file', async () => {
    const form = (await mediator.visit(`${path}/attachments`)).form(`${path}/attachments`);
    const papers = form.controls.find(({ name }) => name === 'paper')!;
    const values = papers.choices!.map(({ value }) => value);
    expect(values).to.include('application').and.include('agreement').and.not.include('index');
    await upload('申请书签字.pdf', A_PDF, { kind: 'signedScan', paper: 'application' });
    expect(await latest()).to.include({ form: 'application', sessionId: null });
    await upload('协议签字.pdf', A_PDF, { kind: 'signedScan' });
    const { id } = await latest();
    const ask = `${path}/attachments/${id}/paper`;
    expect((await mediator.visit(ask)).text).to.include('协议签字.pdf');
    const list = await mediator.submit(ask, { paper: 'agreement' });
    expect(list.text).to.include('签字件：调解协议书').and.include('签字件：调解申请书');
    const shown = await mediator.visit(path);
    const rowOf = (title: string) => shown.rows.find(([first]) => first === title)!.join(' ');
    expect(rowOf('调解协议书')).to.include('协议签字.pdf');
    expect(rowOf('调解申请书')).to.include('申请书签字.pdf').and.not.include('协议签字.pdf');
    const names = Object.keys(await archive());
    const behind = (title: string) => {
      const at = names.findIndex((name) => name.endsWith(`${title}.docx`));
      return names[at + 1];
    };
    expect(behind('调解申请书')).to.match(/^\d\d-.*调解申请书-签字件-申请书签字\.pdf$/);
    expect(behind('调解协议书')).to.match(/调解协议书-签字件-协议签字\.pdf$/);
    expect(names.filter((name) => name.startsWith('附件/'))).to.deep.equal([]);
    const print = await mediator.visit(`${path}/file`);
    expect(print.text).to.include('签字件：协议签字.pdf（SHA-256：');

    await mediator.visit(ask);
    expect((await mediator.submit(ask, { paper: '' })).text).not.to.include('签字件：调解协议书');
    expect((await latest()).form).to.equal(null);
    expect(Object.keys(await archive())).to.include('附件/01-签名盖章扫描件-协议签字.pdf');
    const wrong = (await mediator.visit(ask)).form(ask);
    const key = wrong.controls.find(({ name }) => name === 'idempotencyKey')!.value!;
    const refused = await mediator.send(ask, { paper: 'followUp', shown: '', idempotencyKey: key });
    expect(refused.status).to.equal(422);
    const caseId = path.split('/')[2]!;
    for (const action of ['tieAttachment', 'untieAttachment'] as const) {
      expect(await CaseEvent.count({ where: { caseId, action } }), action).to.equal(1);
      expect(await AuditEntry.count({ where: { objectId: id, action } }), action).to.equal(1);
    }
    expect((await mediator.visit(path)).text).to.include('附件不再归到文书');
  });

  it('proves a payment to the second person, as far as they may open it', async () => {
    await upload('回单.jpg', aJpeg().bytes, { kind: 'paymentProof', paymentId });
    const { id } = await latest();
    await upload('现场.jpg', aJpeg().bytes);
    const dispatcher = await program.as(sender);
    const page = await dispatcher.visit(`${path}/payments/${paymentId}`);
    const files = page.links.filter(({ href }) => href.startsWith(`${path}/attachments/`));
    expect(files.map(({ href }) => href)).to.deep.equal([`${path}/attachments/${id}`]);
    const several = await dispatcher.visit(`${path}/payments/verification`);
    expect(several.links.some(({ href }) => href === `${path}/attachments/${id}`)).to.equal(true);
    const colleague = await program.as(desk.mediators[1]!);
    const closed = await colleague.visit(`${path}/payments/${paymentId}`);
    expect(closed.text).to.include('附件只有承办调解员和镇调度员能打开');
    expect(closed.links.filter(({ href }) => href.includes('/attachments/'))).to.deep.equal([]);
  });

  it('two who tie it at once: the second sees that it was tied, and may still say otherwise', async () => {
    await upload('签字.pdf', A_PDF, { kind: 'signedScan' });
    const ask = `${path}/attachments/${(await latest()).id}/paper`;
    const [first, second] = [(await mediator.visit(ask)).form(ask), (await mediator.visit(ask)).form(ask)];
    await mediator.submit(first, { paper: 'agreement' });
    const late = await mediator.submit(second, { paper: 'application' });
    expect(late.status).to.equal(409);
    expect(late.value('paper'), 'what it is now').to.equal('agreement');
    expect(late.text).to.include('您刚才选的是：调解申请书');
    await mediator.submit(late.form(ask));
    expect((await latest()).form, 'sent once more, nothing changes').to.equal('agreement');
    expect((await mediator.fill(ask, { paper: 'application' })).status).to.equal(200);
    expect((await latest()).form).to.equal('application');
  });

  it('stays with a paper that makes no sense any more, when nothing else is said', async () => {
    await upload('签字.pdf', A_PDF, { kind: 'signedScan' });
    const file = await latest();
    await file.update({ form: 'transfer' });
    const ask = `${path}/attachments/${file.id}/paper`;
    await mediator.visit(ask);
    expect((await mediator.submit(ask, {})).status).to.equal(200);
    expect((await latest()).form).to.equal('transfer');
  });

  it('a malformed form is a bad request, and the program lives', async () => {
    const answer = await mediator.agent
      .post(`${path}/attachments`)
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\ncut off');
    expect(answer.status).to.equal(400);
    expect((await mediator.visit(`${path}/attachments`)).status).to.equal(200);
  });
});
