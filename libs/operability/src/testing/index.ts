export { CapturedLines, type CapturedLine } from './captured-lines.js';
export { RecordedSpans } from './recorded-spans.js';
