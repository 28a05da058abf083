/** The values of an event that are the ids of other cases; the history leads there. */
export const EVENT_LINKS = ['splitTo', 'splitFrom', 'mergedInto', 'mergedFrom', 'originalId'] as const;
export type EventLink = (typeof EVENT_LINKS)[number];
