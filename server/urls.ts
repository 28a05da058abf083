import type { RequestHandler } from 'express';
import type { Action } from './accounts/access.rules.ts';
import * as account from './accounts/account.controller.ts';
import * as jobRuns from './accounts/job-runs.controller.ts';
import * as signIn from './accounts/sign-in.controller.ts';
import * as users from './accounts/users.controller.ts';
import { caseListPage } from './cases/case-lists.controller.ts';
import * as caseList from './cases/case-list.controller.ts';
import * as danger from './cases/danger.controller.ts';
import * as groups from './cases/groups.controller.ts';
import * as home from './cases/home.controller.ts';
import * as casePage from './cases/case-page.controller.ts';
import * as caseRouting from './case-routing/case-routing.controller.ts';
import * as handOver from './case-routing/hand-over.controller.ts';
import * as goingUp from './case-routing/going-up.controller.ts';
import * as routing from './case-routing/routing.controller.ts';
import * as ticket from './case-routing/ticket.controller.ts';
import * as register from './cases/register.controller.ts';
import * as reveal from './cases/reveal.controller.ts';
import * as claimantImport from './cases/import-claimants.controller.ts';
import * as claims from './cases/claims.controller.ts';
import { merger } from './cases/merger.controller.ts';
import { splitOff } from './cases/split-off.controller.ts';
import * as closing from './cases/closing.controller.ts';
import * as calendar from './deadlines/calendar.controller.ts';
import * as areas from './directory/areas.controller.ts';
import * as attachments from './documents/attachments.controller.ts';
import * as caseFile from './documents/case-file.controller.ts';
import * as documents from './documents/documents.controller.ts';
import * as particulars from './documents/particulars.controller.ts';
import * as cards from './directory/cards.controller.ts';
import * as enterprises from './directory/enterprises.controller.ts';
import * as enterpriseImport from './directory/import-enterprises.controller.ts';
import * as informants from './directory/informants.controller.ts';
import * as outreach from './directory/outreach.controller.ts';
import * as patch from './directory/patch.controller.ts';
import * as people from './directory/people.controller.ts';
import * as responsibilities from './directory/responsibilities.controller.ts';
import * as rooms from './directory/rooms.controller.ts';
import * as visits from './directory/visits.controller.ts';
import * as followUps from './follow-ups/follow-ups.controller.ts';
import * as handling from './hotline/handling.controller.ts';
import * as imports from './hotline/import.controller.ts';
import { mappingPages } from './hotline/import-mappings.controller.ts';
import * as callbacks from './hotline/import-callbacks.controller.ts';
import * as replies from './hotline/import-replies.controller.ts';
import * as ticketList from './hotline/ticket-list.controller.ts';
import * as ticketReveal from './hotline/ticket-reveal.controller.ts';
import * as ledgers from './ledger/ledger.controller.ts';
import { names as ledgerNames } from './ledger/names.controller.ts';
import { undoing } from './ledger/undo-ledger.controller.ts';
import * as coMediators from './mediation/co-mediators.controller.ts';
import * as mediation from './mediation/mediation.controller.ts';
import * as sessions from './mediation/sessions.controller.ts';
import { choices as noticeChoices } from './notifications/choices.controller.ts';
import * as notices from './notifications/notices.controller.ts';
import * as outbox from './notifications/outbox.controller.ts';
import * as reports from './reports/report.controller.ts';
import * as settlements from './settlements/settlements.controller.ts';
import * as wageBoard from './wage-checks/board.controller.ts';
import * as employerTables from './wage-checks/employer-table.controller.ts';
import * as monthForms from './wage-checks/month-form.controller.ts';
import * as wageReports from './wage-checks/reports.controller.ts';
import * as wageChecks from './wage-checks/wage-checks.controller.ts';
import * as warnings from './wage-checks/warnings.controller.ts';

/** One address: how it is asked, who may come in at all, and who answers. Handlers bound what they load by the reader. */
export interface Route {
  method: 'get' | 'post';
  path: string;
  /** `public`: everybody; `signedIn`: everybody with an account; else an action of the access table. */
  access: 'public' | 'signedIn' | Action;
  handle: RequestHandler;
  /** The body is multipart/form-data with one file. */
  upload?: true;
}

const get = (path: string, access: Route['access'], handle: RequestHandler): Route => ({
  method: 'get',
  path,
  access,
  handle,
});
const post = (path: string, access: Route['access'], handle: RequestHandler): Route => ({
  method: 'post',
  path,
  access,
  handle,
});

/** A page with a form: shown at its address, posted to the same one. */
const form = (
  path: string,
  access: Route['access'],
  page: { show: RequestHandler; submit: RequestHandler },
): Route[] => [get(path, access, page.show), post(path, access, page.submit)];

const ticketMappings = mappingPages('tickets', 'mappingId');
const ledgerMappings = mappingPages('ledger', 'ledgerMappingId');

/** Every address of the program. A path parameter that ends in `Id` is an id; anything else there is a 404. */
export const ROUTES: Route[] = [
  get('/sign-in', 'public', signIn.show),
  post('/sign-in', 'public', signIn.submit),
  post('/sign-out', 'signedIn', signIn.leave),
  post('/language', 'public', account.chooseLanguage),
  get('/welcome/:token', 'public', account.showLink),
  post('/welcome/:token', 'public', account.useLink),
  get('/account/password', 'signedIn', account.showPassword),
  post('/account/password', 'signedIn', account.changePassword),
  ...form('/account/notices', 'signedIn', noticeChoices),
  get('/notices', 'signedIn', notices.list),
  post('/notices/reading', 'signedIn', notices.readAll),
  post('/notices/:noticeId/reading', 'signedIn', notices.read),
  post('/notices/:noticeId/opening', 'signedIn', notices.open),

  get('/c/:token', 'public', cards.showPublic),

  get('/', 'home.read', home.show),
  get('/cases', 'cases.list', caseList.list),
  get('/cases/export', 'cases.list', caseList.exportList),
  get('/cases/new', 'cases.register', register.showNew),
  post('/cases', 'cases.register', register.create),
  get('/cases/:caseId', 'cases.read', casePage.show),
  ...form('/cases/:caseId/claimants/:claimantId/reveals', 'cases.reveal', reveal.claimantNumbers),
  ...form('/cases/:caseId/respondents/:respondentId/reveals', 'cases.reveal', reveal.respondentNumbers),
  ...form('/cases/:caseId/complaint/reveals', 'cases.reveal', reveal.complaintText),
  post('/cases/:caseId/take-over', 'cases.takeOver', mediation.takeOver),
  post('/cases/:caseId/proposal', 'cases.refuseProposal', closing.decideProposal),
  ...form('/cases/:caseId/payments', 'cases.recordPayment', settlements.severalPayments),
  ...form('/cases/:caseId/payments/verification', 'cases.verifyPayment', settlements.severalVerifications),
  get('/cases/:caseId/payments/list', 'cases.read', caseListPage('payments')),
  get('/cases/:caseId/payments/:paymentId', 'cases.verifyPayment', settlements.showPayment),
  post('/cases/:caseId/payments/:paymentId/verification', 'cases.verifyPayment', settlements.verification),
  ...form('/cases/:caseId/hand-back', 'cases.handBack', mediation.handBack),
  ...form('/cases/:caseId/hand-over', 'cases.offerHandOver', handOver.offer),
  post('/cases/:caseId/hand-over/withdrawal', 'cases.withdrawHandOver', handOver.withdrawal),
  post('/cases/:caseId/hand-over/acceptance', 'cases.acceptHandOver', handOver.acceptance),
  ...form('/cases/:caseId/hand-over/refusal', 'cases.declineHandOver', handOver.refusal),
  ...form('/cases/:caseId/co-mediators', 'cases.nameCoMediator', coMediators.naming),
  ...form('/cases/:caseId/co-mediators/:coMediatorId/end', 'cases.endCoMediator', coMediators.end),
  ...form('/hand-overs', 'cases.acceptHandOver', handOver.offered),
  ...form('/caseload', 'cases.offerHandOver', handOver.caseload),
  ...form('/caseload/:mediatorId', 'cases.offerHandOver', handOver.caseload),
  ...form('/cases/:caseId/contacts', 'cases.recordContact', mediation.contact),
  ...form('/cases/:caseId/sessions', 'cases.planSession', sessions.session),
  ...form('/cases/:caseId/sessions/:sessionId/minutes', 'cases.recordSession', sessions.minutes),
  ...form('/cases/:caseId/sessions/:sessionId/cancellation', 'cases.cancelSession', sessions.cancellation),
  ...form('/cases/:caseId/extension', 'cases.extend', mediation.extension),
  ...form('/cases/:caseId/going-up', 'cases.goUp', goingUp.request),
  ...form('/cases/:caseId/consents', 'cases.recordConsent', mediation.consents),
  ...form('/cases/:caseId/acceptance', 'cases.accept', mediation.acceptance),
  ...form('/cases/:caseId/claimants', 'cases.recordClaims', claims.newClaimant),
  get('/cases/:caseId/claimants/list', 'cases.read', caseListPage('claimants')),
  get('/cases/:caseId/instalments/list', 'cases.read', caseListPage('instalments')),
  ...form('/cases/:caseId/claimants/agreed', 'cases.recordClaims', claims.agreedAmounts),
  get('/cases/:caseId/claimants/import', 'cases.recordClaims', claimantImport.show),
  post('/cases/:caseId/claimants/import', 'cases.recordClaims', claimantImport.confirm),
  {
    ...post('/cases/:caseId/claimants/import/preview', 'cases.recordClaims', claimantImport.preview),
    upload: true,
  },
  ...form('/cases/:caseId/claimants/:claimantId', 'cases.recordClaims', claims.claims),
  ...form('/cases/:caseId/claimants/:claimantId/split-off', 'cases.splitOff', splitOff),
  ...form('/cases/:caseId/representatives', 'cases.electRepresentatives', groups.representatives),
  ...form('/cases/:caseId/county-report', 'cases.reportToCounty', groups.countyReport),
  ...form('/cases/:caseId/police', 'cases.tellPolice', danger.police),
  ...form('/cases/:caseId/settlement', 'cases.draftSettlement', settlements.draft),
  ...form('/cases/:caseId/settlement/withdrawal', 'cases.withdrawDraft', settlements.draftWithdrawal),
  ...form('/cases/:caseId/signature', 'cases.sign', settlements.signature),
  ...form('/cases/:caseId/confirmation', 'cases.fileConfirmation', settlements.confirmation),
  ...form('/cases/:caseId/instalments/:instalmentId/payments', 'cases.recordPayment', settlements.payment),
  ...form('/cases/:caseId/payments/:paymentId/rejection', 'cases.rejectPayment', settlements.rejection),
  ...form(
    '/cases/:caseId/payments/:paymentId/withdrawal',
    'cases.withdrawPayment',
    settlements.paymentWithdrawal,
  ),
  ...form('/cases/:caseId/confirmation/result', 'cases.recordConfirmation', settlements.confirmationResult),
  ...form('/cases/:caseId/payments/:paymentId/reversal', 'cases.reversePayment', settlements.reversal),
  ...form(
    '/cases/:caseId/payments/:paymentId/reversal/decision',
    'cases.verifyReversal',
    settlements.reversalDecision,
  ),
  ...form('/cases/:caseId/failure', 'cases.fail', closing.failure),
  ...form('/cases/:caseId/withdrawal', 'cases.withdraw', closing.withdrawal),
  ...form('/cases/:caseId/lost-contact', 'cases.loseContact', closing.lostContact),
  ...form('/cases/:caseId/transfer', 'cases.transfer', closing.transfer),
  ...form('/cases/:caseId/transfer/receipt', 'cases.recordReceipt', closing.transferReceipt),
  ...form('/cases/:caseId/not-labour', 'cases.markNotLabour', closing.notLabour),
  ...form('/cases/:caseId/merger', 'cases.merge', merger),
  ...form('/cases/:caseId/duplicate', 'cases.markDuplicate', closing.duplicate),
  ...form('/cases/:caseId/decline', 'cases.proposeDecline', closing.decline),
  ...form('/cases/:caseId/void', 'cases.proposeVoid', closing.voiding),
  ...form('/cases/:caseId/routing', 'cases.route', caseRouting),

  get('/cases/:caseId/documents/:form', 'documents.read', documents.show),
  get('/cases/:caseId/documents/:form/docx', 'documents.read', documents.docx),
  post('/cases/:caseId/documents/:form/copies', 'documents.read', documents.copies),
  post('/cases/:caseId/documents/:form/final', 'documents.keep', documents.makeFinal),
  ...form('/cases/:caseId/finals/:documentId/void', 'documents.keep', documents.voiding),
  ...form('/cases/:caseId/particulars', 'documents.keep', particulars.ofCase),
  ...form('/cases/:caseId/claimants/:claimantId/particulars', 'documents.keep', particulars.ofClaimant),
  ...form('/cases/:caseId/respondents/:respondentId/particulars', 'documents.keep', particulars.ofRespondent),
  get('/cases/:caseId/attachments', 'documents.read', attachments.attachments.show),
  {
    ...post('/cases/:caseId/attachments', 'documents.keep', attachments.attachments.submit),
    upload: true,
  },
  get('/cases/:caseId/attachments/:attachmentId', 'documents.read', attachments.download),
  ...form('/cases/:caseId/attachments/:attachmentId/paper', 'documents.keep', attachments.tie),
  ...form('/cases/:caseId/attachments/:attachmentId/void', 'documents.keep', attachments.voiding),
  get('/cases/:caseId/file', 'documents.read', caseFile.show),
  get('/cases/:caseId/file.zip', 'documents.read', caseFile.zip),
  post('/cases/:caseId/file/copies', 'documents.read', caseFile.copies),

  get('/imports', 'tickets.import', imports.list),
  get('/imports/new', 'tickets.import', imports.showNew),
  { ...post('/imports/uploads', 'tickets.import', imports.upload), upload: true },
  get('/imports/uploads/:uploadId', 'tickets.import', imports.showPreview),
  post('/imports/uploads/:uploadId/mapping', 'tickets.import', imports.changeMapping),
  post('/imports/uploads/:uploadId/confirmation', 'tickets.import', imports.confirm),
  get('/imports/uploads/:uploadId/faulty-rows', 'tickets.import', imports.downloadOfUpload),
  get('/imports/uploads/:uploadId/state', 'tickets.import', imports.showState),
  post('/imports/uploads/:uploadId/saved-mapping', 'tickets.import', imports.keepMapping),
  get('/imports/mappings', 'tickets.import', ticketMappings.list),
  ...form('/imports/mappings/:mappingId/ending', 'tickets.import', ticketMappings.ending),
  get('/imports/:batchId', 'tickets.import', imports.show),
  get('/imports/:batchId/faulty-rows', 'tickets.import', imports.downloadOfBatch),
  get('/ledgers', 'ledger.import', ledgers.list),
  get('/ledgers/new', 'ledger.import', ledgers.showNew),
  { ...post('/ledgers/uploads', 'ledger.import', ledgers.upload), upload: true },
  get('/ledgers/uploads/:ledgerUploadId', 'ledger.import', ledgers.showPreview),
  post('/ledgers/uploads/:ledgerUploadId/mapping', 'ledger.import', ledgers.changeMapping),
  post('/ledgers/uploads/:ledgerUploadId/confirmation', 'ledger.import', ledgers.confirm),
  get('/ledgers/uploads/:ledgerUploadId/faulty-rows', 'ledger.import', ledgers.downloadOfUpload),
  get('/ledgers/uploads/:ledgerUploadId/state', 'ledger.import', ledgers.showState),
  post('/ledgers/uploads/:ledgerUploadId/saved-mapping', 'ledger.import', ledgers.keepMapping),
  get('/ledgers/mappings', 'ledger.import', ledgerMappings.list),
  ...form('/ledgers/mappings/:ledgerMappingId/ending', 'ledger.import', ledgerMappings.ending),
  ...form('/ledgers/names', 'ledger.import', ledgerNames),
  get('/ledgers/:ledgerId', 'ledger.import', ledgers.show),
  ...form('/ledgers/:ledgerId/undoing', 'ledger.import', undoing),
  get('/ledgers/:ledgerId/faulty-rows', 'ledger.import', ledgers.downloadOfBatch),
  get('/tickets', 'tickets.list', ticketList.list),
  get('/tickets/export', 'tickets.list', ticketList.exportList),
  get('/tickets/:ticketId', 'tickets.read', ticket.show),
  ...form('/tickets/:ticketId/reveals', 'tickets.reveal', ticketReveal),
  post('/tickets/:ticketId/routing', 'tickets.route', ticket.route),
  post('/tickets/:ticketId/case-link', 'tickets.route', ticket.link),
  post('/tickets/:ticketId/return', 'tickets.return', ticket.sendBack),
  post('/tickets/signatures', 'tickets.sign', handling.signMany),
  post('/tickets/replies.xlsx', 'tickets.exportReply', replies.download),
  post('/tickets/:ticketId/signature', 'tickets.sign', handling.sign),
  ...form('/tickets/:ticketId/return-request', 'tickets.askReturn', handling.returnRequest),
  ...form('/tickets/:ticketId/return-request/decision', 'tickets.refuseReturn', handling.returnDecision),
  ...form('/tickets/:ticketId/return-undoing', 'tickets.undoReturn', handling.returnUndoing),
  ...form('/tickets/:ticketId/reopening', 'tickets.reopen', handling.reopening),
  ...form('/tickets/:ticketId/extension', 'tickets.extend', handling.extension),
  ...form('/tickets/:ticketId/reply', 'tickets.reply', handling.reply),
  ...form('/tickets/:ticketId/reply/correction', 'tickets.correctReply', handling.replyCorrection),
  get('/callbacks', 'tickets.importCallbacks', callbacks.showNew),
  { ...post('/callbacks', 'tickets.importCallbacks', callbacks.upload), upload: true },
  get('/callbacks/:callbacksId', 'tickets.importCallbacks', callbacks.show),
  post('/callbacks/:callbacksId/confirmation', 'tickets.importCallbacks', callbacks.confirm),
  get('/routing', 'tickets.route', routing.show),
  post('/routing', 'tickets.route', routing.confirm),

  get('/follow-ups', 'followUps.list', followUps.list),
  get('/follow-ups/export', 'followUps.list', followUps.exportList),
  get('/follow-ups/:followUpId', 'followUps.read', followUps.show),
  post('/follow-ups/:followUpId/call', 'cases.followUp', followUps.call),
  ...form('/cases/:caseId/redo', 'cases.answerRedo', followUps.redo),
  ...form('/cases/:caseId/reopening', 'cases.reopen', followUps.reopening),

  get('/reports', 'reports.read', reports.show),
  get('/reports/print', 'reports.read', reports.print),
  get('/reports/export', 'reports.read', reports.exportFigures),

  get('/warnings', 'warnings.read', warnings.list),
  get('/warnings/export', 'warnings.read', warnings.exportList),
  get('/warnings/:warningId', 'warnings.read', warnings.show),
  ...form('/warnings/:warningId/actions/:warningActionId/completion', 'warnings.handle', warnings.completion),
  ...form('/warnings/:warningId/clearance', 'warnings.clear', warnings.clearance),

  get('/enterprises', 'directory.read', enterprises.list),
  get('/enterprises/export', 'directory.read', enterprises.exportList),
  get('/enterprises/import', 'directory.import', enterpriseImport.showNew),
  { ...post('/enterprises/import', 'directory.import', enterpriseImport.upload), upload: true },
  get('/enterprises/import/:enterpriseFileId', 'directory.import', enterpriseImport.show),
  post('/enterprises/import/:enterpriseFileId/confirmation', 'directory.import', enterpriseImport.confirm),
  get(
    '/enterprises/import/:enterpriseFileId/faulty-rows',
    'directory.import',
    enterpriseImport.downloadFaulty,
  ),
  get('/enterprises/new', 'directory.edit', enterprises.showNew),
  post('/enterprises', 'directory.edit', enterprises.create),
  get('/enterprises/:enterpriseId', 'directory.read', enterprises.show),
  get('/enterprises/:enterpriseId/wages', 'warnings.read', warnings.showCourse),
  ...form('/enterprises/:enterpriseId/signals', 'warnings.handle', warnings.signal),
  ...form('/enterprises/:enterpriseId/signals/:signalId/end', 'warnings.handle', warnings.signalEnd),
  get('/enterprises/:enterpriseId/edit', 'directory.edit', enterprises.showEdit),
  post('/enterprises/:enterpriseId/edit', 'directory.edit', enterprises.edit),
  get('/rooms', 'directory.read', rooms.list),
  get('/rooms/export', 'directory.read', rooms.exportList),
  get('/rooms/new', 'directory.edit', rooms.showNew),
  post('/rooms', 'directory.edit', rooms.create),
  get('/rooms/:roomId', 'directory.read', rooms.show),
  get('/rooms/:roomId/edit', 'directory.edit', rooms.showEdit),
  post('/rooms/:roomId/edit', 'directory.edit', rooms.edit),
  post('/rooms/:roomId/mediators', 'directory.edit', rooms.createMediator),
  get('/rooms/:roomId/mediators/:membershipId/end', 'directory.edit', rooms.showMediatorEnd),
  post('/rooms/:roomId/mediators/:membershipId/end', 'directory.edit', rooms.submitMediatorEnd),
  get('/people', 'directory.read', people.list),
  get('/people/export', 'directory.read', people.exportList),
  get('/people/new', 'directory.edit', people.showNew),
  post('/people', 'directory.edit', people.create),
  get('/people/:personId/edit', 'directory.edit', people.showEdit),
  post('/people/:personId/edit', 'directory.edit', people.edit),

  get('/responsibilities', 'responsibilities.read', responsibilities.list),
  get('/responsibilities/export', 'responsibilities.read', responsibilities.exportList),
  get('/responsibilities/new', 'responsibilities.edit', responsibilities.showNew),
  post('/responsibilities', 'responsibilities.edit', responsibilities.create),
  ...form('/responsibilities/hand-over', 'responsibilities.edit', patch),
  ...form('/responsibilities/:responsibilityId/end', 'responsibilities.edit', responsibilities.ending),
  get('/informants', 'informants.manage', informants.list),
  get('/informants/export', 'informants.manage', informants.exportList),
  get('/informants/new', 'informants.manage', informants.showNew),
  post('/informants', 'informants.manage', informants.create),
  get('/informants/:informantId', 'informants.manage', informants.show),
  ...form('/informants/:informantId/reveals', 'informants.manage', informants.secrets),
  ...form('/informants/:informantId/end', 'informants.manage', informants.ending),
  post('/informants/:informantId/link', 'informants.manage', informants.renewal),
  get('/cards', 'cards.manage', cards.list),
  get('/cards/export', 'cards.manage', cards.exportList),
  get('/cards/print', 'cards.manage', cards.printList),
  get('/cards/new', 'cards.manage', cards.showNew),
  post('/cards', 'cards.manage', cards.create),
  get('/cards/:cardId', 'cards.manage', cards.show),
  get('/cards/:cardId/print', 'cards.manage', cards.print),
  ...form('/cards/:cardId/revocation', 'cards.manage', cards.revocation),
  get('/visits', 'visits.read', visits.list),
  get('/visits/export', 'visits.read', visits.exportList),
  get('/visits/new', 'visits.record', visits.showNew),
  post('/visits', 'visits.record', visits.create),
  get('/visits/:visitId', 'visits.read', visits.show),
  ...form('/visits/:visitId/edit', 'visits.record', visits.editing),
  get('/outreach', 'outreach.read', outreach.list),
  get('/outreach/export', 'outreach.read', outreach.exportList),
  get('/outreach/new', 'outreach.record', outreach.showNew),
  post('/outreach', 'outreach.record', outreach.create),
  get('/outreach/:outreachId', 'outreach.read', outreach.show),
  ...form('/outreach/:outreachId/edit', 'outreach.record', outreach.editing),
  ...form('/outreach/:outreachId/void', 'outreach.record', outreach.voiding),
  { ...post('/outreach/:outreachId/photos', 'outreach.record', outreach.addPhoto), upload: true },
  get('/outreach/:outreachId/photos/:photoId', 'outreach.read', outreach.photo),
  ...form('/outreach/:outreachId/photos/:photoId/removal', 'outreach.record', outreach.removal),

  get('/wage-report', 'wageReports.write', wageReports.show),
  get('/wage-report/:checkId', 'wageReports.write', wageReports.ofMonth.show),
  { ...post('/wage-report/:checkId', 'wageReports.write', wageReports.ofMonth.submit), upload: true },
  post('/wage-report/:checkId/unchanged', 'wageReports.write', wageReports.unchanged),
  get('/wage-checks', 'wageChecks.read', wageChecks.list),
  get('/wage-checks/export', 'wageChecks.read', wageChecks.exportList),
  get('/wage-checks/board', 'wageChecks.read', wageBoard.show),
  ...form('/wage-checks/opening', 'wageChecks.open', wageChecks.opening),
  get('/wage-checks/:checkId', 'wageChecks.read', wageChecks.show),
  get('/wage-checks/:checkId/form', 'wageChecks.read', monthForms.show),
  get('/wage-checks/:checkId/form.xlsx', 'wageChecks.read', monthForms.xlsx),
  post('/wage-checks/:checkId/findings', 'wageChecks.check', wageChecks.finding),
  post('/wage-checks/:checkId/rectification', 'wageChecks.check', wageChecks.rectification),
  post('/wage-checks/:checkId/rectification/closure', 'wageChecks.check', wageChecks.rectificationEnd),
  post('/wage-checks/:checkId/exemption', 'wageChecks.leaveOut', wageChecks.leavingOut),
  post('/wage-checks/:checkId/return', 'wageChecks.leaveOut', wageChecks.takingBack),
  get('/wage-checks/:checkId/reports/:reportId/photo', 'wageChecks.readNotes', wageReports.photo),

  get('/wage-tables', 'wageChecks.importTables', employerTables.showNew),
  { ...post('/wage-tables', 'wageChecks.importTables', employerTables.upload), upload: true },
  get('/wage-tables/template', 'wageChecks.importTables', employerTables.template),
  get('/wage-tables/:wageTableId', 'wageChecks.importTables', employerTables.show),
  post('/wage-tables/:wageTableId/confirmation', 'wageChecks.importTables', employerTables.confirm),

  get('/users', 'users.manage', users.list),
  get('/users/new', 'users.manage', users.showNew),
  post('/users', 'users.manage', users.create),
  get('/users/:userId', 'users.manage', users.show),
  post('/users/:userId/roles', 'users.manage', users.addRole),
  post('/users/:userId/roles/:grantId/end', 'users.manage', users.endRole),
  post('/users/:userId/password-reset', 'users.manage', users.resetPassword),
  post('/users/:userId/mail', 'users.manage', users.setMail),
  post('/users/:userId/end', 'users.manage', users.endUser),
  get('/areas', 'users.manage', areas.list),
  get('/areas/new', 'users.manage', areas.showNew),
  post('/areas', 'users.manage', areas.create),
  get('/areas/:areaId/edit', 'users.manage', areas.showEdit),
  post('/areas/:areaId/edit', 'users.manage', areas.edit),
  get('/calendar', 'calendar.manage', calendar.current),
  get('/calendar/:year', 'calendar.manage', calendar.show),
  { ...post('/calendar/:year/notice', 'calendar.manage', calendar.notice), upload: true },
  post('/calendar/:year/days', 'calendar.manage', calendar.setDay),
  get('/jobs', 'jobs.read', jobRuns.list),
  get('/outbox', 'outbox.manage', outbox.show),
  post('/outbox/sending', 'outbox.manage', outbox.again),
];
