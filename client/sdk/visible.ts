/**
 * What others wrote, where it is shown: with an escape sequence it could move a terminal's cursor over the label above it, change colours or write
 * the clipboard; with an override of direction it could read backwards, on paper too.
 */
// C0 but tab and line feed, DEL and C1; embeddings, overrides and isolates of direction
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const UNSEEN_IN_LINE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

const spelled = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The same text with each of them spelled as JSON would, `\u001b`; in JSON it means what it meant. */
export const visible = (text: string): string => text.replaceAll('\r\n', '\n').replace(UNSEEN, spelled);

/** The same of what is one line, or part of one: it ends in no other. */
export const visibleLine = (text: string): string => text.replace(UNSEEN_IN_LINE, spelled);
