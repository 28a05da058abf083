import type { CaseStage } from '../support/town-at-work.ts';

/**
 * Who may open what: every address of the program by hand, so that the table of routes and the access rules are
 * checked against words, not against themselves. What is not named here answers 404, the same as an absent object.
 *
 * People of a town: its `dispatcher`; `mediator`, who has the own case, in a village's room; `colleague`, another
 * mediator of that room; `committee`, the mediator of an enterprise in another village; `official` of the town;
 * `villageOfficial` and `villageDispatcher` of the first village, who do there what those of the town do; `callbackClerk` of
 * the town; `officer` of the town, who answers as the union for the enterprise of the first village; `informant` of that
 * enterprise; `administrator`.
 * Objects: `own` lies in the first village (its room, its mediator); `same` in the other village of the same town (the
 * enterprise's room, its mediator). Those of another town, and absent ones, are 404 for everybody.
 */
export const PEOPLE = [
  'dispatcher',
  'villageDispatcher',
  'mediator',
  'colleague',
  'committee',
  'official',
  'villageOfficial',
  'callbackClerk',
  'officer',
  'informant',
  'administrator',
] as const;
export type Person = (typeof PEOPLE)[number];

export type ObjectPlace = 'own' | 'same' | 'other' | 'absent';

export interface Expected {
  /** Who gets the page, and for which objects; `all` where the address names none. */
  open: Partial<Record<Person, 'all' | ('own' | 'same')[]>>;
  /** Who sees the object but may not do this: back to it, 403 or 409. */
  refused?: Partial<Record<Person, ('own' | 'same')[]>>;
  /** The status of an open answer: a GET 200, a POST of a form that was left empty 422 unless said otherwise. */
  status?: number[];
  /** The stage of the case in which the action of the address is open. */
  stage?: CaseStage;
  /** Fields that a POST needs for the object to be looked at. */
  fields?: Record<string, string>;
}

const BOTH: ('own' | 'same')[] = ['own', 'same'];
const OWN: ('own' | 'same')[] = ['own'];
const SAME: ('own' | 'same')[] = ['same'];

/** Everybody with an account, without an object. */
const everybody = (...people: Person[]): Expected['open'] =>
  Object.fromEntries(people.map((person) => [person, 'all']));

const SEES_CASE: Expected['open'] = {
  dispatcher: BOTH,
  mediator: OWN,
  colleague: OWN,
  committee: SAME,
  official: BOTH,
  villageOfficial: OWN,
};
const THE_MEDIATOR: Expected = { open: { mediator: OWN, committee: SAME }, refused: { colleague: OWN } };
const HAS_IT: Expected = {
  open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
  refused: { colleague: OWN },
};
/** The colleague to whom the mediator of `own` offers the case; that of `same` is offered to nobody who is here. */
const THE_RECEIVER: Expected = {
  open: { colleague: OWN },
  refused: { mediator: OWN, committee: SAME },
  stage: 'handedOver',
};
/** Papers are full of personal data: for who has the case, and not for others who see it. */
const PAPERS: Expected = {
  open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
  stage: 'mediated',
};
const REVIEWER: Expected = { open: { dispatcher: BOTH } };
const DISPATCHER: Expected = { open: { dispatcher: BOTH } };
const DIRECTORY_READERS = ['dispatcher', 'officer', 'official', 'villageOfficial', 'administrator'] as const;
const DIRECTORY_EDITORS = ['dispatcher', 'administrator'] as const;
const EDITS: Expected = { open: { dispatcher: BOTH, administrator: BOTH } };
const MANAGES: Expected = { open: { administrator: BOTH } };
/** Who may know an informant: the town's dispatcher, and who answers for the enterprise as the union. */
const INFORMANTS: Expected = { open: { dispatcher: BOTH, officer: OWN } };
const SEES_CHECK: Expected = {
  open: { dispatcher: BOTH, officer: OWN, official: BOTH, villageOfficial: OWN },
};
/** Who answers for an enterprise, and the dispatcher. */
const CHECKS: Expected = { open: { dispatcher: BOTH, officer: OWN } };
/** An officer of the town, whatever they answer for. */
const RECORDS: Expected = { open: { dispatcher: BOTH, officer: BOTH } };
const SEES_OUTREACH: Expected = {
  open: { dispatcher: BOTH, officer: BOTH, official: BOTH, villageOfficial: OWN },
};
const ADMINISTRATOR: Expected = { open: everybody('administrator') };
const TOWN_DISPATCHER: Expected = { open: everybody('dispatcher') };

const STALE = [409];
const DONE = [303];

/** Addresses that ask for no role. */
export const WITHOUT_ROLE = {
  public: [
    ...(['get /sign-in', 'post /sign-in', 'post /language'] as const),
    ...(['get /welcome/:token', 'post /welcome/:token', 'get /c/:token'] as const),
  ],
  signedIn: [
    ...(['get /account/password', 'post /account/password', 'post /sign-out'] as const),
    ...(['get /account/notices', 'post /account/notices', 'get /notices', 'post /notices/reading'] as const),
    ...(['post /notices/:noticeId/reading', 'post /notices/:noticeId/opening'] as const),
  ],
} as const;

/**
 * A file of the hotline holds a whole town's tickets: its sender's while it waits, then the town's dispatchers'. Whether a
 * ticket goes back to the hotline is the town's to decide.
 */
const OF_THE_TOWN = new Set([
  'get /imports/uploads/:uploadId',
  'post /imports/uploads/:uploadId/mapping',
  'post /imports/uploads/:uploadId/confirmation',
  'get /imports/uploads/:uploadId/faulty-rows',
  'get /imports/uploads/:uploadId/state',
  'post /imports/uploads/:uploadId/saved-mapping',
  'get /imports/mappings/:mappingId/ending',
  'post /imports/mappings/:mappingId/ending',
  'get /imports/:batchId',
  'get /imports/:batchId/faulty-rows',
  'get /enterprises/import',
  'post /enterprises/import',
  'get /enterprises/import/:enterpriseFileId',
  'post /enterprises/import/:enterpriseFileId/confirmation',
  'get /enterprises/import/:enterpriseFileId/faulty-rows',
  // Only who answers for the whole town opens a case again.
  'get /cases/:caseId/reopening',
  'post /cases/:caseId/reopening',
  'get /callbacks',
  'post /callbacks',
  'get /callbacks/:callbacksId',
  'post /callbacks/:callbacksId/confirmation',
  'get /wage-checks/opening',
  'get /wage-tables',
  'post /wage-tables',
  'get /wage-tables/template',
  'get /wage-tables/:wageTableId',
  'post /wage-tables/:wageTableId/confirmation',
  'post /wage-checks/opening',
  'get /wage-checks/:checkId/reports/:reportId/photo',
  'get /informants',
  'get /informants/export',
  'get /informants/new',
  'post /informants',
  'get /informants/:informantId',
  'get /informants/:informantId/reveals',
  'post /informants/:informantId/reveals',
  'get /informants/:informantId/end',
  'post /informants/:informantId/end',
  'post /informants/:informantId/link',
  'get /ledgers',
  'get /ledgers/new',
  'post /ledgers/uploads',
  'get /ledgers/uploads/:ledgerUploadId',
  'post /ledgers/uploads/:ledgerUploadId/mapping',
  'post /ledgers/uploads/:ledgerUploadId/confirmation',
  'get /ledgers/uploads/:ledgerUploadId/faulty-rows',
  'get /ledgers/uploads/:ledgerUploadId/state',
  'post /ledgers/uploads/:ledgerUploadId/saved-mapping',
  'get /ledgers/mappings',
  'get /ledgers/mappings/:ledgerMappingId/ending',
  'post /ledgers/mappings/:ledgerMappingId/ending',
  'get /ledgers/names',
  'post /ledgers/names',
  'get /ledgers/:ledgerId',
  'get /ledgers/:ledgerId/undoing',
  'post /ledgers/:ledgerId/undoing',
  'get /ledgers/:ledgerId/faulty-rows',
  'post /tickets/:ticketId/return',
  'get /tickets/:ticketId/return-request/decision',
  'post /tickets/:ticketId/return-request/decision',
  'get /tickets/:ticketId/return-undoing',
  'post /tickets/:ticketId/return-undoing',
  'get /tickets/:ticketId/reopening',
  'post /tickets/:ticketId/reopening',
]);

const BY_HAND: Record<string, Expected> = {
  'get /': { open: everybody(...PEOPLE) },

  'get /cases': {
    open: everybody('dispatcher', 'mediator', 'colleague', 'committee', 'official', 'villageOfficial'),
  },
  'get /cases/export': {
    open: everybody('dispatcher', 'mediator', 'colleague', 'committee', 'official', 'villageOfficial'),
  },
  'get /cases/new': { open: everybody('dispatcher', 'mediator', 'colleague', 'committee', 'officer') },
  'post /cases': { open: everybody('dispatcher', 'mediator', 'colleague', 'committee', 'officer') },
  'get /cases/:caseId': { open: SEES_CASE, stage: 'mediated' },
  'get /cases/:caseId/claimants/:claimantId/reveals': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    stage: 'taken',
  },
  'post /cases/:caseId/claimants/:claimantId/reveals': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    stage: 'taken',
  },
  'post /cases/:caseId/take-over': { ...THE_MEDIATOR, stage: 'offered', status: STALE },
  'post /cases/:caseId/proposal': {
    ...DISPATCHER,
    stage: 'proposed',
    status: STALE,
    fields: { decision: 'refuse' },
  },
  'get /cases/:caseId/respondents/:respondentId/reveals': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    stage: 'taken',
  },
  'post /cases/:caseId/respondents/:respondentId/reveals': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    stage: 'taken',
  },
  'get /cases/:caseId/complaint/reveals': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    stage: 'taken',
  },
  'post /cases/:caseId/complaint/reveals': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    stage: 'taken',
  },
  'get /cases/:caseId/settlement/withdrawal': { ...THE_MEDIATOR, stage: 'drafted' },
  'post /cases/:caseId/settlement/withdrawal': { ...THE_MEDIATOR, stage: 'drafted', status: STALE },
  'get /cases/:caseId/payments/:paymentId': {
    open: { dispatcher: BOTH, mediator: OWN, colleague: OWN, committee: SAME },
    stage: 'paidOnce',
  },
  'post /cases/:caseId/payments/:paymentId/verification': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'paidOnce',
    status: [303, 409],
  },
  'get /cases/:caseId/payments': { ...THE_MEDIATOR, stage: 'paidOnce' },
  'post /cases/:caseId/payments': { ...THE_MEDIATOR, stage: 'paidOnce' },
  'get /cases/:caseId/payments/verification': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'paidTwice',
  },
  'post /cases/:caseId/payments/verification': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'paidTwice',
  },
  'get /cases/:caseId/payments/:paymentId/rejection': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'paidTwice',
  },
  'post /cases/:caseId/payments/:paymentId/rejection': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'paidTwice',
  },
  'get /cases/:caseId/payments/:paymentId/reversal': { ...HAS_IT, stage: 'verified' },
  'post /cases/:caseId/payments/:paymentId/reversal': { ...HAS_IT, stage: 'verified' },
  'get /cases/:caseId/payments/:paymentId/reversal/decision': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'reversing',
  },
  'post /cases/:caseId/payments/:paymentId/reversal/decision': {
    open: { dispatcher: BOTH, colleague: OWN },
    refused: { mediator: OWN, committee: SAME },
    stage: 'reversing',
  },
  'get /cases/:caseId/hand-over': { ...HAS_IT, stage: 'taken' },
  'post /cases/:caseId/hand-over': { ...HAS_IT, stage: 'taken' },
  'post /cases/:caseId/hand-over/withdrawal': { ...HAS_IT, stage: 'handedOver', status: STALE },
  'post /cases/:caseId/hand-over/acceptance': { ...THE_RECEIVER, status: STALE },
  'get /cases/:caseId/hand-over/refusal': THE_RECEIVER,
  'post /cases/:caseId/hand-over/refusal': THE_RECEIVER,
  'get /cases/:caseId/co-mediators': { ...HAS_IT, stage: 'taken' },
  'post /cases/:caseId/co-mediators': { ...HAS_IT, stage: 'taken' },
  'get /cases/:caseId/co-mediators/:coMediatorId/end': { ...HAS_IT, stage: 'taken' },
  'post /cases/:caseId/co-mediators/:coMediatorId/end': { ...HAS_IT, stage: 'taken' },
  'get /hand-overs': { open: everybody('mediator', 'colleague', 'committee') },
  'post /hand-overs': { open: everybody('mediator', 'colleague', 'committee') },
  'get /caseload': { open: everybody('dispatcher', 'mediator', 'colleague', 'committee') },
  'post /caseload': { open: everybody('dispatcher', 'mediator', 'colleague', 'committee') },
  // A mediator's own, and for the dispatcher that of every mediator of the area.
  'get /caseload/:mediatorId': { open: { dispatcher: BOTH, mediator: OWN, committee: SAME } },
  'post /caseload/:mediatorId': { open: { dispatcher: BOTH, mediator: OWN, committee: SAME } },
  'get /cases/:caseId/hand-back': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/hand-back': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/contacts': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/contacts': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/sessions': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/sessions': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/sessions/:sessionId/minutes': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/sessions/:sessionId/minutes': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/sessions/:sessionId/cancellation': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/sessions/:sessionId/cancellation': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/extension': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/extension': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/going-up': { ...HAS_IT, stage: 'mediated' },
  'post /cases/:caseId/going-up': { ...HAS_IT, stage: 'mediated' },
  'get /cases/:caseId/consents': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/consents': { ...THE_MEDIATOR, stage: 'taken', status: STALE },
  'get /cases/:caseId/acceptance': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/acceptance': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/claimants': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/claimants': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/claimants/list': { open: SEES_CASE, stage: 'mediated' },
  'get /cases/:caseId/instalments/list': { open: SEES_CASE, stage: 'mediated' },
  'get /cases/:caseId/payments/list': { open: SEES_CASE, stage: 'mediated' },
  'get /cases/:caseId/claimants/agreed': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/claimants/agreed': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/claimants/import': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/claimants/import': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/claimants/import/preview': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/claimants/:claimantId': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/claimants/:claimantId': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/claimants/:claimantId/split-off': { ...THE_MEDIATOR, stage: 'group' },
  'post /cases/:caseId/claimants/:claimantId/split-off': { ...THE_MEDIATOR, stage: 'group' },
  'get /cases/:caseId/representatives': { ...THE_MEDIATOR, stage: 'group' },
  'post /cases/:caseId/representatives': { ...THE_MEDIATOR, stage: 'group' },
  'get /cases/:caseId/county-report': { ...HAS_IT, stage: 'group' },
  'post /cases/:caseId/county-report': { ...HAS_IT, stage: 'group' },
  'get /cases/:caseId/police': { ...HAS_IT, stage: 'taken' },
  'post /cases/:caseId/police': { ...HAS_IT, stage: 'taken' },
  'get /cases/:caseId/settlement': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/settlement': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/signature': { ...THE_MEDIATOR, stage: 'drafted' },
  'post /cases/:caseId/signature': { ...THE_MEDIATOR, stage: 'drafted' },
  'get /cases/:caseId/confirmation': { ...THE_MEDIATOR, stage: 'paidOnce' },
  'post /cases/:caseId/confirmation': { ...THE_MEDIATOR, stage: 'paidOnce' },
  'get /cases/:caseId/confirmation/result': { ...THE_MEDIATOR, stage: 'paidTwice' },
  'post /cases/:caseId/confirmation/result': { ...THE_MEDIATOR, stage: 'paidTwice' },
  'get /cases/:caseId/payments/:paymentId/withdrawal': { ...THE_MEDIATOR, stage: 'paidTwice' },
  'post /cases/:caseId/payments/:paymentId/withdrawal': { ...THE_MEDIATOR, stage: 'paidTwice' },
  'get /cases/:caseId/instalments/:instalmentId/payments': { ...THE_MEDIATOR, stage: 'paidOnce' },
  'post /cases/:caseId/instalments/:instalmentId/payments': { ...THE_MEDIATOR, stage: 'paidOnce' },
  'get /cases/:caseId/failure': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/failure': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/withdrawal': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/withdrawal': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/lost-contact': { ...THE_MEDIATOR, stage: 'mediated' },
  'post /cases/:caseId/lost-contact': { ...THE_MEDIATOR, stage: 'mediated' },
  'get /cases/:caseId/transfer': { ...DISPATCHER, stage: 'mediated' },
  'post /cases/:caseId/transfer': { ...DISPATCHER, stage: 'mediated' },
  'get /cases/:caseId/transfer/receipt': { ...DISPATCHER, stage: 'transferred' },
  'post /cases/:caseId/transfer/receipt': { ...DISPATCHER, stage: 'transferred' },
  'get /cases/:caseId/not-labour': { ...DISPATCHER, stage: 'taken' },
  'post /cases/:caseId/not-labour': { ...DISPATCHER, stage: 'taken' },
  'get /cases/:caseId/merger': { ...DISPATCHER, stage: 'taken' },
  'post /cases/:caseId/merger': { ...DISPATCHER, stage: 'taken' },
  'get /cases/:caseId/duplicate': { ...DISPATCHER, stage: 'taken' },
  'post /cases/:caseId/duplicate': { ...DISPATCHER, stage: 'taken' },
  'get /cases/:caseId/decline': { ...THE_MEDIATOR, stage: 'taken' },
  'post /cases/:caseId/decline': { ...THE_MEDIATOR, stage: 'taken' },
  'get /cases/:caseId/void': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    refused: { colleague: OWN },
    stage: 'taken',
  },
  'post /cases/:caseId/void': {
    open: { dispatcher: BOTH, mediator: OWN, committee: SAME },
    refused: { colleague: OWN },
    stage: 'taken',
  },
  'get /cases/:caseId/routing': { ...DISPATCHER, stage: 'waiting' },
  'post /cases/:caseId/routing': { ...DISPATCHER, stage: 'waiting', status: [409, 422] },

  'get /cases/:caseId/documents/:form': PAPERS,
  'get /cases/:caseId/documents/:form/docx': PAPERS,
  'post /cases/:caseId/documents/:form/copies': PAPERS,
  'post /cases/:caseId/documents/:form/final': { ...PAPERS, status: STALE, fields: { shown: 'another' } },
  'get /cases/:caseId/finals/:documentId/void': PAPERS,
  'post /cases/:caseId/finals/:documentId/void': PAPERS,
  'get /cases/:caseId/particulars': PAPERS,
  'post /cases/:caseId/particulars': { ...PAPERS, status: STALE },
  'get /cases/:caseId/claimants/:claimantId/particulars': PAPERS,
  'post /cases/:caseId/claimants/:claimantId/particulars': { ...PAPERS, status: STALE },
  'get /cases/:caseId/respondents/:respondentId/particulars': PAPERS,
  'post /cases/:caseId/respondents/:respondentId/particulars': { ...PAPERS, status: STALE },
  'get /cases/:caseId/attachments': PAPERS,
  'post /cases/:caseId/attachments': PAPERS,
  'get /cases/:caseId/attachments/:attachmentId': PAPERS,
  'get /cases/:caseId/attachments/:attachmentId/paper': PAPERS,
  'post /cases/:caseId/attachments/:attachmentId/paper': { ...PAPERS, status: DONE },
  'get /cases/:caseId/attachments/:attachmentId/void': PAPERS,
  'post /cases/:caseId/attachments/:attachmentId/void': PAPERS,
  'get /cases/:caseId/file': PAPERS,
  'get /cases/:caseId/file.zip': PAPERS,
  'post /cases/:caseId/file/copies': PAPERS,

  'get /tickets': { open: everybody('dispatcher', 'official', 'villageOfficial') },
  'get /tickets/export': { open: everybody('dispatcher', 'official', 'villageOfficial') },
  'get /tickets/:ticketId': { open: { dispatcher: BOTH, official: BOTH, villageOfficial: OWN } },
  'get /tickets/:ticketId/reveals': DISPATCHER,
  'post /tickets/:ticketId/reveals': DISPATCHER,
  'post /tickets/:ticketId/routing': { ...DISPATCHER, status: STALE },
  'post /tickets/:ticketId/case-link': DISPATCHER,
  // A village asks for a return, the town decides and does the rest of it.
  'post /tickets/:ticketId/return': DISPATCHER,
  'post /tickets/signatures': { open: everybody('dispatcher'), status: DONE },
  'post /tickets/replies.xlsx': { open: everybody('dispatcher'), status: DONE },
  'post /tickets/:ticketId/signature': { ...DISPATCHER, status: STALE },
  'get /tickets/:ticketId/return-request': DISPATCHER,
  'post /tickets/:ticketId/return-request': DISPATCHER,
  'get /tickets/:ticketId/return-request/decision': { ...DISPATCHER, status: DONE },
  'post /tickets/:ticketId/return-request/decision': { ...DISPATCHER, status: STALE },
  'get /tickets/:ticketId/return-undoing': { ...DISPATCHER, status: DONE },
  'post /tickets/:ticketId/return-undoing': { ...DISPATCHER, status: STALE },
  'get /tickets/:ticketId/reopening': { ...DISPATCHER, status: DONE },
  'post /tickets/:ticketId/reopening': { ...DISPATCHER, status: STALE },
  'get /tickets/:ticketId/extension': { ...DISPATCHER, status: DONE },
  'post /tickets/:ticketId/extension': { ...DISPATCHER, status: STALE },
  'get /tickets/:ticketId/reply': { ...DISPATCHER, status: DONE },
  'post /tickets/:ticketId/reply': { ...DISPATCHER, status: STALE },
  'get /tickets/:ticketId/reply/correction': { ...DISPATCHER, status: DONE },
  'post /tickets/:ticketId/reply/correction': { ...DISPATCHER, status: STALE },
  'get /callbacks': TOWN_DISPATCHER,
  'post /callbacks': TOWN_DISPATCHER,
  'get /callbacks/:callbacksId': { open: { dispatcher: OWN } },
  'post /callbacks/:callbacksId/confirmation': { open: { dispatcher: OWN } },
  'get /ledgers': TOWN_DISPATCHER,
  'get /ledgers/new': TOWN_DISPATCHER,
  'post /ledgers/uploads': TOWN_DISPATCHER,
  'get /ledgers/uploads/:ledgerUploadId': { open: { dispatcher: OWN }, status: [200, ...DONE] },
  'post /ledgers/uploads/:ledgerUploadId/mapping': {
    open: { dispatcher: OWN },
    fields: { part: 'values' },
    status: DONE,
  },
  'post /ledgers/uploads/:ledgerUploadId/confirmation': { open: { dispatcher: OWN }, status: [422, ...DONE] },
  'get /ledgers/uploads/:ledgerUploadId/state': { open: { dispatcher: OWN }, status: [200, ...DONE] },
  'post /ledgers/uploads/:ledgerUploadId/saved-mapping': { open: { dispatcher: OWN } },
  'get /ledgers/mappings': TOWN_DISPATCHER,
  'get /ledgers/mappings/:ledgerMappingId/ending': DISPATCHER,
  'post /ledgers/mappings/:ledgerMappingId/ending': { ...DISPATCHER, status: DONE },
  'get /ledgers/names': TOWN_DISPATCHER,
  'post /ledgers/names': TOWN_DISPATCHER,
  'get /ledgers/uploads/:ledgerUploadId/faulty-rows': { open: { dispatcher: OWN } },
  'get /ledgers/:ledgerId': DISPATCHER,
  'get /ledgers/:ledgerId/undoing': DISPATCHER,
  'post /ledgers/:ledgerId/undoing': { ...DISPATCHER, fields: { reason: '导错了文件' }, status: DONE },
  'get /ledgers/:ledgerId/faulty-rows': DISPATCHER,
  'get /routing': TOWN_DISPATCHER,
  'post /routing': { ...TOWN_DISPATCHER, status: DONE },
  'get /imports': TOWN_DISPATCHER,
  'get /imports/new': TOWN_DISPATCHER,
  'post /imports/uploads': TOWN_DISPATCHER,
  // An upload is its sender's until it is confirmed; `same` was sent by another dispatcher of the town.
  // Where reading it takes longer than an answer, the page of its state says so.
  'get /imports/uploads/:uploadId': { open: { dispatcher: OWN }, status: [200, ...DONE] },
  'post /imports/uploads/:uploadId/mapping': {
    open: { dispatcher: OWN },
    fields: { part: 'categories' },
    status: [422, ...DONE],
  },
  'post /imports/uploads/:uploadId/confirmation': { open: { dispatcher: OWN }, status: [422, ...DONE] },
  'get /imports/uploads/:uploadId/faulty-rows': { open: { dispatcher: OWN } },
  // Where nothing runs it leads back to the preview.
  'get /imports/uploads/:uploadId/state': { open: { dispatcher: OWN }, status: [200, ...DONE] },
  'post /imports/uploads/:uploadId/saved-mapping': { open: { dispatcher: OWN } },
  'get /imports/mappings': TOWN_DISPATCHER,
  'get /imports/mappings/:mappingId/ending': DISPATCHER,
  'post /imports/mappings/:mappingId/ending': { ...DISPATCHER, status: DONE },
  'get /imports/:batchId': DISPATCHER,
  'get /imports/:batchId/faulty-rows': DISPATCHER,

  'get /follow-ups': { open: everybody('callbackClerk', 'dispatcher', 'official', 'villageOfficial') },
  'get /follow-ups/export': {
    open: everybody('callbackClerk', 'dispatcher', 'official', 'villageOfficial'),
  },
  'get /follow-ups/:followUpId': {
    open: { callbackClerk: BOTH, dispatcher: BOTH, official: BOTH, villageOfficial: OWN },
    stage: 'followUp',
  },
  'post /follow-ups/:followUpId/call': { open: { callbackClerk: BOTH }, stage: 'followUp' },
  'get /cases/:caseId/redo': { ...THE_MEDIATOR, stage: 'redo' },
  'post /cases/:caseId/redo': { ...THE_MEDIATOR, stage: 'redo' },
  'get /cases/:caseId/reopening': { ...REVIEWER, stage: 'failed' },
  'post /cases/:caseId/reopening': { ...REVIEWER, stage: 'failed' },

  'get /reports': { open: everybody('dispatcher', 'official', 'villageOfficial') },
  'get /reports/print': { open: everybody('dispatcher', 'official', 'villageOfficial') },
  'get /reports/export': { open: everybody('dispatcher', 'official', 'villageOfficial') },

  'get /enterprises': { open: everybody(...DIRECTORY_READERS) },
  'get /enterprises/export': { open: everybody(...DIRECTORY_READERS) },
  'get /enterprises/import': { open: everybody(...DIRECTORY_EDITORS) },
  'post /enterprises/import': { open: everybody(...DIRECTORY_EDITORS) },
  'get /enterprises/import/:enterpriseFileId': { open: { dispatcher: OWN } },
  'post /enterprises/import/:enterpriseFileId/confirmation': { open: { dispatcher: OWN } },
  'get /enterprises/import/:enterpriseFileId/faulty-rows': { open: { dispatcher: OWN } },
  'get /enterprises/new': { open: everybody(...DIRECTORY_EDITORS) },
  'post /enterprises': { open: everybody(...DIRECTORY_EDITORS) },
  'get /enterprises/:enterpriseId': {
    open: { dispatcher: BOTH, officer: BOTH, official: BOTH, villageOfficial: OWN, administrator: BOTH },
  },
  'get /enterprises/:enterpriseId/edit': EDITS,
  'post /enterprises/:enterpriseId/edit': EDITS,
  'get /rooms': { open: everybody(...DIRECTORY_READERS) },
  'get /rooms/export': { open: everybody(...DIRECTORY_READERS) },
  'get /rooms/new': { open: everybody(...DIRECTORY_EDITORS) },
  'post /rooms': { open: everybody(...DIRECTORY_EDITORS) },
  'get /rooms/:roomId': {
    open: { dispatcher: BOTH, officer: BOTH, official: BOTH, villageOfficial: OWN, administrator: BOTH },
  },
  'get /rooms/:roomId/edit': EDITS,
  'post /rooms/:roomId/edit': EDITS,
  'post /rooms/:roomId/mediators': EDITS,
  'get /rooms/:roomId/mediators/:membershipId/end': EDITS,
  'post /rooms/:roomId/mediators/:membershipId/end': EDITS,
  'get /people': { open: everybody(...DIRECTORY_READERS) },
  'get /people/export': { open: everybody(...DIRECTORY_READERS) },
  'get /people/new': { open: everybody(...DIRECTORY_EDITORS) },
  'post /people': { open: everybody(...DIRECTORY_EDITORS) },
  'get /people/:personId/edit': EDITS,
  'post /people/:personId/edit': EDITS,

  'get /responsibilities': { open: everybody(...DIRECTORY_READERS) },
  'get /responsibilities/export': { open: everybody(...DIRECTORY_READERS) },
  'get /responsibilities/new': { open: everybody(...DIRECTORY_EDITORS) },
  'post /responsibilities': { open: everybody(...DIRECTORY_EDITORS) },
  'get /responsibilities/hand-over': { open: everybody(...DIRECTORY_EDITORS) },
  'post /responsibilities/hand-over': { open: everybody(...DIRECTORY_EDITORS) },
  'get /responsibilities/:responsibilityId/end': EDITS,
  'post /responsibilities/:responsibilityId/end': EDITS,

  'get /informants': { open: everybody('dispatcher', 'officer') },
  'get /informants/export': { open: everybody('dispatcher', 'officer') },
  'get /informants/new': { open: everybody('dispatcher', 'officer') },
  'post /informants': { open: everybody('dispatcher', 'officer') },
  'get /informants/:informantId': INFORMANTS,
  'get /informants/:informantId/reveals': INFORMANTS,
  'post /informants/:informantId/reveals': INFORMANTS,
  'get /informants/:informantId/end': INFORMANTS,
  'post /informants/:informantId/end': INFORMANTS,
  'post /informants/:informantId/link': { ...INFORMANTS, status: [200] },

  'get /cards': { open: everybody('dispatcher', 'officer') },
  'get /cards/export': { open: everybody('dispatcher', 'officer') },
  'get /cards/print': { open: everybody('dispatcher', 'officer') },
  'get /cards/new': { open: everybody('dispatcher', 'officer') },
  'post /cards': { open: everybody('dispatcher', 'officer') },
  'get /cards/:cardId': CHECKS,
  'get /cards/:cardId/print': CHECKS,
  'get /cards/:cardId/revocation': CHECKS,
  'post /cards/:cardId/revocation': CHECKS,

  'get /visits': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /visits/export': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /visits/new': { open: everybody('dispatcher', 'officer') },
  'post /visits': { open: everybody('dispatcher', 'officer') },
  'get /visits/:visitId/edit': { open: { dispatcher: BOTH, officer: BOTH } },
  'post /visits/:visitId/edit': { open: { dispatcher: BOTH, officer: BOTH } },
  'get /visits/:visitId': { open: { dispatcher: BOTH, officer: BOTH, official: BOTH, villageOfficial: OWN } },

  'get /outreach': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /outreach/export': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /outreach/new': { open: everybody('dispatcher', 'officer') },
  'post /outreach': { open: everybody('dispatcher', 'officer') },
  'get /outreach/:outreachId': SEES_OUTREACH,
  'get /outreach/:outreachId/edit': RECORDS,
  'post /outreach/:outreachId/edit': RECORDS,
  'get /outreach/:outreachId/void': RECORDS,
  'post /outreach/:outreachId/void': RECORDS,
  'post /outreach/:outreachId/photos': RECORDS,
  'get /outreach/:outreachId/photos/:photoId': SEES_OUTREACH,
  'get /outreach/:outreachId/photos/:photoId/removal': RECORDS,
  'post /outreach/:outreachId/photos/:photoId/removal': RECORDS,

  // The informant's own enterprise is that of the first village.
  'get /wage-report': { open: everybody('informant') },
  'get /wage-report/:checkId': { open: { informant: OWN } },
  'post /wage-report/:checkId': { open: { informant: OWN } },
  'post /wage-report/:checkId/unchanged': { open: { informant: OWN }, status: STALE },
  'get /warnings': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /warnings/export': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /warnings/:warningId': SEES_CHECK,
  'get /warnings/:warningId/actions/:warningActionId/completion': CHECKS,
  'post /warnings/:warningId/actions/:warningActionId/completion': CHECKS,
  // Nothing is owed that is not on record any more, so that there is nothing to confirm.
  'get /warnings/:warningId/clearance': { open: { dispatcher: BOTH }, status: DONE },
  'post /warnings/:warningId/clearance': DISPATCHER,
  'get /enterprises/:enterpriseId/wages': SEES_CHECK,
  'get /enterprises/:enterpriseId/signals': CHECKS,
  'post /enterprises/:enterpriseId/signals': CHECKS,
  'get /enterprises/:enterpriseId/signals/:signalId/end': CHECKS,
  'post /enterprises/:enterpriseId/signals/:signalId/end': CHECKS,

  'get /wage-checks': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /wage-checks/export': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /wage-checks/board': { open: everybody('dispatcher', 'officer', 'official', 'villageOfficial') },
  'get /wage-checks/:checkId/form': SEES_CHECK,
  'get /wage-checks/:checkId/form.xlsx': SEES_CHECK,
  'get /wage-checks/opening': TOWN_DISPATCHER,
  'post /wage-checks/opening': TOWN_DISPATCHER,
  'get /wage-checks/:checkId': SEES_CHECK,
  'post /wage-checks/:checkId/findings': CHECKS,
  'post /wage-checks/:checkId/rectification': CHECKS,
  'post /wage-checks/:checkId/rectification/closure': CHECKS,
  'post /wage-checks/:checkId/exemption': DISPATCHER,
  'post /wage-checks/:checkId/return': { ...DISPATCHER, status: STALE },
  'get /wage-tables': TOWN_DISPATCHER,
  'post /wage-tables': TOWN_DISPATCHER,
  'get /wage-tables/template': TOWN_DISPATCHER,
  'get /wage-tables/:wageTableId': { open: { dispatcher: OWN } },
  'post /wage-tables/:wageTableId/confirmation': { open: { dispatcher: OWN } },
  // What is told in confidence is the town's and the union's.
  'get /wage-checks/:checkId/reports/:reportId/photo': { open: { dispatcher: BOTH, officer: OWN } },

  'get /users': ADMINISTRATOR,
  'get /users/new': ADMINISTRATOR,
  'post /users': ADMINISTRATOR,
  'get /users/:userId': MANAGES,
  'post /users/:userId/roles': MANAGES,
  'post /users/:userId/roles/:grantId/end': { ...MANAGES, status: DONE },
  'post /users/:userId/password-reset': { ...MANAGES, status: [200] },
  'post /users/:userId/mail': { ...MANAGES, status: DONE },
  'post /users/:userId/end': MANAGES,
  'get /calendar': { ...ADMINISTRATOR, status: DONE },
  'get /calendar/:year': ADMINISTRATOR,
  'post /calendar/:year/notice': ADMINISTRATOR,
  'post /calendar/:year/days': ADMINISTRATOR,
  'get /jobs': ADMINISTRATOR,
  'get /outbox': ADMINISTRATOR,
  'post /outbox/sending': { ...ADMINISTRATOR, status: DONE },
  'get /areas': ADMINISTRATOR,
  'get /areas/new': ADMINISTRATOR,
  'post /areas': ADMINISTRATOR,
  'get /areas/:areaId/edit': MANAGES,
  'post /areas/:areaId/edit': MANAGES,
};

export const ACCESS_TABLE: Record<string, Expected> = Object.fromEntries(
  Object.entries(BY_HAND).map(([address, expected]) => [address, withVillageDispatcher(address, expected)]),
);

function withVillageDispatcher(address: string, expected: Expected): Expected {
  const { dispatcher } = expected.open;
  if (!dispatcher || OF_THE_TOWN.has(address)) return expected;
  return { ...expected, open: { ...expected.open, villageDispatcher: dispatcher === 'all' ? 'all' : OWN } };
}
