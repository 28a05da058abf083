/** What a file is in a case. */
export const ATTACHMENT_KINDS = ['evidence', 'identity', 'signedScan', 'paymentProof', 'other'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

export const LARGEST_ATTACHMENT = 20 * 1024 * 1024;

/** What a form offers to choose; a phone makes a JPEG of what its camera takes. */
export const ATTACHMENT_ACCEPT =
  'image/jpeg,image/png,application/pdf,audio/*,.amr,.m4a,.doc,.docx,.xls,.xlsx';
