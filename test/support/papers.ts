import type { User } from '../../models/accounts.ts';
import { Attachment, AttachmentChunk, CaseDocument } from '../../models/documents.ts';
import { encryptBytes } from '../../models/encryption.ts';
import { sha256Of } from '../../server/hotline/uploads.service.ts';
import type { Ids } from './town-at-work.ts';

const A_PAPER = {
  ...{
    form: 'withdrawal',
    title: '撤回调解申请书',
    organisation: '祝塘镇',
    number: null,
    madeOn: '2022-03-03',
  },
  blocks: [{ paragraph: '自愿撤回。' }],
};

/** A document that a person made final and an attachment of a case; gives their ids and a form. */
export async function papersOf(caseId: string, by: User): Promise<Ids> {
  const content = Buffer.from(JSON.stringify(A_PAPER));
  const document = await CaseDocument.create({
    ...{ caseId, form: 'withdrawal', openKey: `${caseId}:withdrawal:`, frozenById: by.id },
    ...{ content: encryptBytes(content), sha256: sha256Of(content) },
  });
  const bytes = Buffer.from('%PDF-1.4\n%%EOF');
  const attachment = await Attachment.create({
    ...{ caseId, kind: 'evidence', fileName: '考勤.pdf', contentType: 'application/pdf' },
    ...{ byteLength: bytes.length, sha256: sha256Of(bytes), uploadedById: by.id },
  });
  const part = { attachmentId: attachment.id, position: 0, bytes: encryptBytes(bytes) };
  await AttachmentChunk.create(part);
  return { documentId: document.id, attachmentId: attachment.id, form: 'application' };
}
