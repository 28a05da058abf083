import { createTable, dropTable } from '../dialect.ts';
import { bytes, code, count, id, instant, longText, optional, ref, text } from './columns.ts';

/** The papers of a case: what only they need to know, their final versions, and the files that belong to them. */
export async function up(): Promise<void> {
  await createTable(
    'particulars',
    { subjectId: id(), caseId: ref('cases'), details: longText(), version: count({ default: 0 }) },
    { primaryKey: ['subjectId'], indexes: [['caseId']] },
  );
  await createTable(
    'documents',
    {
      id: id(),
      caseId: ref('cases'),
      form: code(30),
      subjectId: code(36, optional),
      openKey: code(120, optional),
      content: bytes(),
      sha256: code(64),
      frozenAt: instant(),
      frozenById: ref('users', optional),
      voidedAt: instant(optional),
      voidedById: ref('users', optional),
      voidReason: text(500, optional),
    },
    { unique: [['openKey']], indexes: [['caseId', 'frozenAt', 'id']] },
  );
  await createTable(
    'attachments',
    {
      id: id(),
      caseId: ref('cases'),
      kind: code(20),
      fileName: text(255),
      contentType: code(100),
      byteLength: count(),
      sha256: code(64),
      note: text(500, optional),
      form: code(30, optional),
      sessionId: ref('mediation_sessions', optional),
      paymentId: ref('payments', optional),
      uploadedById: ref('users'),
      uploadedAt: instant(),
      voidedAt: instant(optional),
      voidedById: ref('users', optional),
      voidReason: text(500, optional),
    },
    { indexes: [['caseId', 'uploadedAt', 'id']] },
  );
  await createTable(
    'attachment_chunks',
    { attachmentId: ref('attachments'), position: count(), bytes: bytes() },
    { primaryKey: ['attachmentId', 'position'] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['attachment_chunks', 'attachments', 'documents', 'particulars'])
    await dropTable(table);
}
