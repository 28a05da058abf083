/** Why somebody needs a document with its numbers in full. */
export const COPY_REASONS = ['signing', 'serving', 'arbitrationOrCourt', 'archive'] as const;
export type CopyReason = (typeof COPY_REASONS)[number];

export const COPY_OUTPUTS = ['print', 'docx'] as const;
export const FILE_OUTPUTS = ['print', 'zip'] as const;
